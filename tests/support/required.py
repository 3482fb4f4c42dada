"""Tools of the machine that some tests cannot do without."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(name: str, reason: str) -> NoReturn:
    """Skip the test with the reason; fail it where ``name`` must not be missing.

    STEPSIX_TEST_REQUIRE names what must not be missing, separated by commas.
    """
    if name in os.environ.get("STEPSIX_TEST_REQUIRE", "").split(","):
        pytest.fail(f"{name} is required here: {reason}")
    pytest.skip(f"needs {name}: {reason}")
