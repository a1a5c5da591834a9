import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cockpit.errors import UsageError
from cockpit.formats import harmless
from cockpit.settings import Settings, load


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch) -> Path:
    """An owner's config folder of the test's own."""
    folder = tmp_path / "config" / "cockpit"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder.parent))
    return folder


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "cockpit.toml").write_text(text, "utf-8")
    return folder / "shop.csv"


def test_without_flags_or_files_all_is_default():
    assert load({}, []) == Settings()


def test_every_setting_can_stand_in_the_file(tmp_path):
    export = written(
        tmp_path / "shop",
        """
        as-of = 2025-12-31
        window = 180
        period = "month"
        from = 2025-06-30
        to = "2025-12-31"
        filters = ["country=NO", "orders>=3"]
        dialect = "shopify"
        date_order = "dmy"
        timezone = "Europe/Oslo"
        rates = { eur = 11.6, USD = 10 }
        remember = true
        currency = "nok"
        value = "goods"
        zero_orders = "keep"
        queries = "queries"
        memory = "4gb"
        threads = 2
        [columns]
        order_id = "Invoice"
        """,
    )
    assert load({}, [export]) == Settings(
        as_of=date(2025, 12, 31),
        window=180,
        period="month",
        period_from=date(2025, 6, 30),
        period_to=date(2025, 12, 31),
        filters=("country=NO", "orders>=3"),
        columns={"order_id": "Invoice"},
        dialect="shopify",
        date_order="dmy",
        timezone="Europe/Oslo",
        rates={"EUR": 11.6, "USD": 10.0},
        remember=True,
        currency="NOK",
        value="goods",
        zero_orders="keep",
        queries=tmp_path / "shop" / "queries",
        memory="4GB",
        threads=2,
    )


def test_flags_are_texts_or_values_and_stand_above_the_file(tmp_path):
    export = written(
        tmp_path / "shop", 'window = 90\ncurrency = "NOK"\n[map]\norder_id = "Id"\nemail = "Mail"'
    )
    flags = {
        "window": "180", "as_of": date(2025, 12, 31), "period": None,
        "from": "2025-01-01", "to": "2025-02-01",
        "filter": ["country=NO"], "map": ["order_id=Invoice No"], "queries": "mine",
    }  # fmt: skip
    settings = load(flags, [export])
    assert (settings.window, settings.currency, settings.period) == (180, "NOK", "quarter")
    assert settings.filters == ("country=NO",)
    assert settings.columns == {"order_id": "Invoice No", "email": "Mail"}
    assert settings.queries == Path("mine")


def test_the_nearest_file_is_taken(tmp_path, config):
    written(config, "window = 30")
    elsewhere = tmp_path / "elsewhere"
    assert load({}, [elsewhere / "shop.csv"]).window == 30
    assert load({}, [Path("-")]).window == 30
    export = written(tmp_path / "shop", "threads = 1")
    assert load({}, [export]) == Settings(threads=1)
    assert load({}, [export.parent]) == Settings(threads=1)
    (tmp_path / "other.toml").write_text("window = 60")
    assert load({"settings": str(tmp_path / "other.toml")}, [export]) == Settings(window=60)


def test_the_config_folder_is_found_without_xdg(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".config" / "cockpit").mkdir(parents=True)
    written(tmp_path / ".config" / "cockpit", "window = 45")
    assert load({}, []).window == 45


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("windw = 3", r"no setting “windw” in .*cockpit\.toml\. Did you mean “window”\?"),
        ("wholly_other = 3", r"no setting “wholly_other” in .*cockpit\.toml\.$"),
        ("window = 0", r"“window” in .* must be a whole number from 1 to 3650, not “0”"),
        ("window = 3651", "from 1 to 3650"),
        ("window = true", "not “True”"),
        ("window = 1.5", "not “1.5”"),
        ('period = "monthly"', r"one of month, quarter, year, not “monthly”\. Did you mean “month”"),
        ("period = 3", "one of month, quarter, year, not “3”"),
        ("as_of = 2025-12-31T10:00:00", "a date such as 2025-12-31"),
        ('as_of = "31.12.2025"', r"a date such as 2025-12-31, not “31\.12\.2025”"),
        ('currency = "kroner"', "like NOK, not “kroner”"),
        ('memory = "lots"', "like 4GB"),
        ("filters = 3", "a list of texts"),
        ("filters = [3]", "a text, not “3”"),
        ('dialect = " "', "a text"),
        ("columns = 3", "a list of texts"),
        ("[columns]\norder_id = 3", "“columns” in .* must be a text, not “3”"),
        ('filter = "a=1"\nfilters = ["b=2"]', r"“filters” in .* is set twice"),
        ("from = 2025-01-01", "--from is given without --to"),
        ("to = 2025-01-01", "--to is given without --from"),
        ("from = 2025-01-02\nto = 2025-01-02", "ends before it begins"),
        ("window 180", r"cockpit\.toml is not TOML: .*window = 180"),
        ('dialect = "\x1b"', "is not TOML"),
    ],
)
def test_a_wrong_file_is_explained(tmp_path, text, said):
    export = written(tmp_path / "shop", text)
    with pytest.raises(UsageError, match=said) as caught:
        load({}, [export])
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"window": "many"}, "--window must be a whole number from 1 to 3650, not “many”"),
        ({"zero_orders": "kep"}, "--zero-orders must be one of .* Did you mean “keep”"),
        ({"map": ["order_id"]}, "--map must be a field and a column such as order_id=Invoice"),
        ({"as_of": "\x1b[2J" * 99}, "--as-of must be a date"),
        ({"colour": "red"}, "no setting --colour"),
    ],
)
def test_a_wrong_flag_is_explained(flags, said):
    with pytest.raises(UsageError, match=said) as caught:
        load(flags, [])
    assert str(caught.value).isprintable()
    assert caught.value.exit_status == 2


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(UsageError, match=r"none\.toml can't be read: No such file"):
        load({"settings": tmp_path / "none.toml"}, [])
    (tmp_path / "latin.toml").write_bytes(b'dialect = "\xe5"')
    with pytest.raises(UsageError, match="is not TOML"):
        load({"settings": tmp_path / "latin.toml"}, [])


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.sampled_from([*Settings.__slots__, "from", "map", "nonsense"]),
    value=st.recursive(
        st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=4,
    ),
)
def test_any_value_is_read_or_refused(key, value):
    try:
        load({key: value}, [])
    except UsageError as error:
        assert harmless(str(error)) == str(error)


def test_importing_settings_is_cheap():
    heavy = "{'babel', 'polars', 'numpy', 'duckdb', 'tomllib'}"
    code = f"import cockpit.settings, cockpit.conditions, sys; assert not {heavy} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("given", "remedy"), [("Europe/Olso", "Europe/Oslo"), ("../etc/passwd", ""), ("CET+1", "")]
)
def test_a_time_zone_has_the_name_of_a_place(given, remedy):
    with pytest.raises(UsageError, match="--timezone must be a time zone such as Europe/Oslo") as refusal:
        load({"timezone": given}, [])
    assert remedy in refusal.value.remedy


@pytest.mark.parametrize("rates", ["11.6", "{ EUR = 0 }", "{ EUR = -1 }", "{ euro = 11 }", "{ EUR = true }"])
def test_a_rate_is_a_number_above_zero_for_a_currency(tmp_path, rates):
    export = written(tmp_path / "shop", f"rates = {rates}")
    with pytest.raises(UsageError, match=r"“rates” in .* must be"):
        load({}, [export])


def test_remembering_is_yes_or_no_and_needs_a_mapping(tmp_path):
    assert load({"remember": True, "map": ["order_id=Nr"]}, []).remember
    with pytest.raises(UsageError, match=r"no mapping to remember.*--map"):
        load({"remember": True}, [])
    with pytest.raises(UsageError, match=r"“remember” in .* must be true or false"):
        load({}, [written(tmp_path / "shop", 'remember = "often"')])
