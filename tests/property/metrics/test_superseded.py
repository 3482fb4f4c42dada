"""Live figures that are told anew in one batch can be passed over, wherever batches end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.derived import Settlement
from services.metrics.revisions import without_superseded
from tests.property.metrics.test_settled_figures import Said, Stream, histories, projected, seen


@given(histories(), st.integers(1, 12))
def test_what_is_passed_over_would_have_changed_nothing(
    streams: dict[Stream, list[Said]], length: int
) -> None:
    whole: list[tuple[Stream, Said]] = []
    shortened: list[tuple[Stream, Said]] = []
    for stream, said in streams.items():
        whole += [(stream, each) for each in said]
        for start in range(0, len(said), length):
            some = without_superseded(said[start : start + length])
            shortened += [(stream, each) for each in some if isinstance(each, Said)]
    assert seen(projected(shortened)) == seen(projected(whole))


@given(histories())
def test_settlements_and_final_figures_are_never_passed_over(
    streams: dict[Stream, list[Said]],
) -> None:
    for said in streams.values():
        kept = without_superseded(said)
        for each in said:
            assert each in kept or not (isinstance(each, Settlement) or each.settled)
