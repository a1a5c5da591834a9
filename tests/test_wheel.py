"""What an installed cockpit needs is in its wheel."""

import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    builder = pytest.importorskip("hatchling.builders.wheel", reason="the build backend is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = builder.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    ("folder", "pattern", "inside"),
    [
        ("queries", "**/*.sql", "cockpit/queries"),
        ("cockpit", "**/*.toml", "cockpit"),
        ("cockpit", "**/*.tcss", "cockpit"),
        ("cockpit", "**/*.py", "cockpit"),
        ("sample_data", "shop.parquet", "cockpit/sample_data"),
    ],
)
def test_the_wheel_holds(names, folder, pattern, inside):
    wanted = {f"{inside}/{path.relative_to(ROOT / folder)}" for path in (ROOT / folder).glob(pattern)}
    assert wanted
    assert wanted <= names


def test_the_wheel_holds_nothing_else(names):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"cockpit", f"cockpit-{version}.dist-info"}


def test_the_version_is_said_once():
    import cockpit

    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert pyproject["project"]["version"] == cockpit.__version__
