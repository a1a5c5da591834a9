"""Options of all tests."""

import os
import tempfile

import pytest

from tests import idle

for _folder in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):  # no test reads or writes what its runner keeps at home
    os.environ[_folder] = tempfile.mkdtemp(prefix="cockpit-tests-")

idle.install()
idle.spare()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden screens anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
