"""One message of a conversation as a person posts it, and the message it becomes.

Who says it and when is for the service to say: by the token, and at receipt.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from services.contracts.people import Feedback
from services.ingest.pings import Id, Text
from services.ingest.posted import Posted
from services.ingest.verdicts import Code, Fault

THREAD_ID = r"^[A-Za-z0-9._:/-]{1,128}(?![\s\S])"
"""As other ids, and the slashes of an alert's."""
_ABOUT_WORDS = (
    "an object with one of visit_id, episode_id and hotspot_id, 1 to 64 of the letters A-Z, a-z, "
    "digits and . _ : -"
)
_SAID = Meta(max_length=2000, description="text of 1 to 2000 characters")
_EVIDENCE = Meta(max_length=20, description="a list of at most 20 texts of at most 200 characters")
_THREAD = Meta(
    pattern=THREAD_ID,
    description="1 to 128 of the letters A-Z, a-z, digits and . _ : / -, such as an alert_id",
)


class About(msgspec.Struct, kw_only=True, gc=False):
    """What is talked about: one of these."""

    visit_id: Id | None = None
    episode_id: Id | None = None
    hotspot_id: Id | None = None


class FeedbackItem(msgspec.Struct, kw_only=True, gc=False):
    """What somebody says of a visit, an episode or a hot spot, in a thread."""

    thread_id: Annotated[str, _THREAD]
    kind: Literal["note", "dispute", "reply", "decision", "acknowledge"]
    about: Annotated[About, Meta(description=_ABOUT_WORDS)]
    text: Annotated[str, _SAID] | None = None
    evidence: Annotated[list[Text], _EVIDENCE] | None = None


def to_message(item: FeedbackItem, by: str, received_at: int) -> Feedback | Fault:
    """The message for the log in the name of ``by``, or what is wrong with the item as a whole."""
    about = [each for each in item.about.__struct_fields__ if getattr(item.about, each) is not None]
    if len(about) != 1:
        given = f"names {' and '.join(about)}" if about else "names nothing"
        words = f"about {given}; it must be {_ABOUT_WORDS}"
        return Fault("about", Code.MISSING if not about else Code.AMBIGUOUS, words)
    text = (item.text or "").strip()
    if not text and item.kind != "acknowledge":
        words = "text is needed: only an acknowledge may be without"
        return Fault("text", Code.MISSING, words)
    return Feedback(
        thread_id=item.thread_id,
        type=item.kind,
        by=by,
        at=received_at,
        text=text,
        visit_id=item.about.visit_id,
        episode_id=item.about.episode_id,
        hotspot_id=item.about.hotspot_id,
        evidence=item.evidence or [],
    )


def feedback(by: str) -> Posted[FeedbackItem, Feedback]:
    """Feedback as posted in the name of ``by``, an officer or a token."""

    def in_the_name(item: FeedbackItem, _source: str, received_at: int) -> Feedback | Fault:
        return to_message(item, by, received_at)

    return Posted(
        name="feedback",
        item=FeedbackItem,
        example='{"thread_id": "t-1", "kind": "note", "about": {"hotspot_id": "a"}, "text": "..."}',
        to_message=in_the_name,
    )
