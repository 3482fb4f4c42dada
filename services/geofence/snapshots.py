"""A unit's state as bytes, and back."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import msgspec

from services.geofence.trail import Trail
from services.geofence.unit import Unit


def encode(unit: Unit) -> bytes:
    """A unit as JSON."""
    return _ENCODER.encode(unit)


def decode(body: bytes) -> Unit:
    """The unit that was encoded."""
    return _DECODER.decode(body)


def _pack(trail: Trail) -> tuple[bytes, list[str]]:
    return trail.packed()


def _unpack(_: type[Trail], packed: Any) -> Trail:  # noqa: ANN401 - as JSON gives it
    rows, sources = packed
    return Trail(b64decode(rows), sources)


_ENCODER = msgspec.json.Encoder(enc_hook=_pack)
_DECODER = msgspec.json.Decoder(Unit, dec_hook=_unpack)
