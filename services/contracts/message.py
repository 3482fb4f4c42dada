"""The base of every message in the log."""

from __future__ import annotations

import msgspec


class Message(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    gc=False,
    tag_field="kind",
):
    """A message says its own kind, leaves out what was not given, and never changes.

    Each message repeats ``frozen`` and ``kw_only``, which are not inherited. Unknown fields are
    passed over: a field added by a newer service must not turn every message into poison for an
    older one during a rolling upgrade.
    """
