"""Times as the API takes and gives them."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from services.ingest.times import LATEST_MS, ApiTime, QueryTime, rfc3339

TIME: TypeAdapter[int] = TypeAdapter(ApiTime)


@pytest.mark.parametrize(
    ("given", "ms"),
    [
        (0, 0),
        (1_780_000_000_123, 1_780_000_000_123),
        ("1970-01-01T00:00:00Z", 0),
        ("2026-05-28T21:26:40.123+01:00", 1_780_000_000_123),
        ("9999-12-31T23:59:59.999Z", LATEST_MS),
    ],
)
def test_a_time_in_a_resource(given: object, ms: int) -> None:
    assert TIME.validate_python(given) == ms
    assert TIME.validate_python(rfc3339(ms)) == ms


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("2026-05-28T21:26:40", "has no offset from UTC"),
        ("1780000000000", "must be a time as RFC 3339"),
        (1.5, "must be a time as RFC 3339"),
        (True, "must be a time as RFC 3339"),
        (None, "must be a time as RFC 3339"),
        (LATEST_MS + 1, "must be a time as RFC 3339"),
        ("1969-12-31T23:59:59Z", "must not lie before 1970"),
    ],
)
def test_what_is_no_time(given: object, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        TIME.validate_python(given)


@pytest.mark.parametrize(
    ("given", "ms"),
    [("1780000000123", 1_780_000_000_123), ("2026-05-28T20:26:40.123Z", 1_780_000_000_123)],
)
def test_a_time_in_a_query(given: str, ms: int) -> None:
    assert TypeAdapter(QueryTime).validate_python(given) == ms


def test_a_number_too_long_to_be_one_is_no_time() -> None:
    with pytest.raises(ValidationError, match="must be a time as RFC 3339"):
        TypeAdapter(QueryTime).validate_python("9" * 5000)
