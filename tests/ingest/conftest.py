import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cockpit.ingest import Intake, read
from cockpit.settings import Settings


@pytest.fixture(scope="session")
def data() -> Path:
    folder = os.environ.get("COCKPIT_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("COCKPIT_DATA names no folder of test data")
    return Path(folder)


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Intake]:
    """Read a made CSV file: `read_text("a,b\\n1,2\\n", name="x.csv", settings=…)`."""

    def read_made(text: str | bytes, name: str = "orders.csv", settings: Settings = Settings()) -> Intake:  # noqa: B008
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read([path], settings)

    return read_made
