"""How the things of the API may be named: radios, sources, hot spots, duties, officers."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from services.ingest.verdicts import refused

ID = "[A-Za-z0-9._:-]{1,64}"
"""The whole of an id, as a regular expression without anchors."""
ID_WORDS = "1 to 64 of the letters A-Z, a-z, digits and . _ : -"
EXACT_ID = rf"^{ID}(?![\s\S])"
"""The same for who would let a line end follow ``$``, in the words of Python and of ECMA."""
Id = Annotated[str, StringConstraints(pattern=f"^{ID}$")]
"""An id in the body of a resource."""


def each_once(names: list[str]) -> list[str]:
    """The names, none of which may stand there twice."""
    twice = next((each for number, each in enumerate(names) if each in names[:number]), None)
    if twice is not None:
        words = f"{twice} is named twice; name each once"
        raise refused(words)
    return names
