"""Which tables are asked for."""

from __future__ import annotations

import pytest

from tests.truth.__main__ import main


def test_a_table_that_is_not_there_is_refused_before_any_is_made(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["signals", "hours"]) == 2
    assert capsys.readouterr().err == "no table 'hours': name minutes or signals, or nothing\n"
