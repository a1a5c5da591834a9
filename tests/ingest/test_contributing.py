"""The dialect that CONTRIBUTING adds in ten lines is recognised and read, as it stands there."""

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from cockpit.ingest import read
from cockpit.ingest.dialects import detector
from cockpit.ingest.dialects.catalog import read_dialects
from cockpit.settings import Settings

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The TOML of CONTRIBUTING, put beside the dialects that there are."""
    text = CONTRIBUTING.read_text("utf-8")
    toml = re.search(r"```toml\n(name = .*?)```", text, re.DOTALL)
    assert toml is not None
    with as_file(files("cockpit.ingest.dialects")) as folder:
        shutil.copytree(folder, tmp_path / "dialects", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "dialects" / "myshop.toml").write_text(toml[1], "utf-8")
    dialects = read_dialects(tmp_path / "dialects")
    monkeypatch.setattr(detector, "every_dialect", lambda: dialects)
    return toml[1]


def test_a_dialect_is_added_in_ten_lines(added: str, tmp_path: Path):
    path = tmp_path / "orders.csv"
    path.write_text(
        "Order No,E-mail,Placed,Amount\n1,a@x.example,2024-01-01,10\n1,a@x.example,2024-01-01,10\n"
    )

    intake = read([path], Settings())

    assert len([line for line in added.splitlines() if line]) <= 10
    assert intake.files["dialect"].to_list() == ["myshop"]
    assert intake.orders.select("order_id", "customer_id", "gross").rows() == [("1", "a@x.example", 10.0)]
