"""Statuses as a source might post them: in its codes, in ours, in nobody's, and not at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from services.contracts.reference import Source
from services.contracts.register import Register
from services.ingest.statuses import StatusReport, statuses
from services.ingest.vocabulary import OFFICER_STATUSES
from tests.support.pings import NOW, any_json

TRANSLATED_SINCE = NOW - 3_600_000
CODES = {"2": "on_patrol", "é": "off_duty", "committed": "at_scene"}
_LATER = st.integers(TRANSLATED_SINCE, NOW + 86_400_000)


def _register() -> Register:
    register = Register()
    acme = Source(
        source="acme",
        name="Acme",
        effective_from=TRANSLATED_SINCE,
        changed_by="t",
        status_map=CODES,
    )
    register.apply(0, acme)
    return register


STATUSES = statuses(_register())
"""Those of the source acme, which has codes of its own for the last hour."""


def posted_statuses() -> st.SearchStrategy[dict[str, Any]]:
    """A status in which nothing is wrong."""
    return st.fixed_dictionaries(
        {
            "radio_id": st.from_regex(r"[A-Za-z0-9._:-]{1,64}", fullmatch=True),
            "status": st.sampled_from([*OFFICER_STATUSES, *CODES]),
        },
        optional={"at": _LATER},
    )


@st.composite
def any_status(draw: st.DrawFn) -> dict[str, Any]:
    """A status in which up to two fields are anything, or of before there were codes, or gone."""
    status = draw(posted_statuses())
    if draw(st.booleans()):
        status["at"] = draw(st.integers(0, NOW))
    for name in draw(st.lists(st.sampled_from(StatusReport.__struct_fields__), max_size=2)):
        status[name] = draw(any_json())
    for name in draw(st.lists(st.sampled_from(sorted(status)), max_size=1)):
        del status[name]
    return status | draw(st.dictionaries(st.text() | st.just("\udfff"), any_json(), max_size=1))
