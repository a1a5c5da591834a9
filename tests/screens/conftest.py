"""Screens held against their files."""

import pytest

from tests.ui.golden import Golden


@pytest.fixture
def golden(update_golden: bool) -> Golden:
    return Golden(update_golden)
