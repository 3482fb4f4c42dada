"""What decoding a record costs, way by way: `python -m tests.bench.codec`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import msgspec
from pydantic import BaseModel, TypeAdapter

from services.contracts.codec import decode_all, encode
from services.contracts.telemetry import Gps, Telemetry

RECORDS = 200_000
BATCH = 5_000
ROUNDS = 5


class _Fix(BaseModel):
    """The same fix as pydantic would have it."""

    kind: str
    radio_id: str
    source: str
    lat: float
    lon: float
    fix_time: int
    received_at: int
    accuracy_m: float | None = None
    message_id: str | None = None


_message = msgspec.json.Decoder(Telemetry)
_messages = msgspec.json.Decoder(list[Telemetry])
_fixes = TypeAdapter(list[_Fix])

WAYS: dict[str, Callable[[Sequence[bytes]], object]] = {
    "msgspec, each by itself": lambda values: decode_all("telemetry", values),
    "msgspec, joined as lines": lambda values: _message.decode_lines(b"\n".join(values)),
    "msgspec, joined as an array": lambda values: _messages.decode(b"[" + b",".join(values) + b"]"),
    "pydantic, joined as an array": lambda values: _fixes.validate_json(
        b"[" + b",".join(values) + b"]"
    ),
}


def main() -> None:
    """Print the best of some rounds for each way."""
    values = [
        encode(
            Gps(
                radio_id=f"T-{number % 5000}",
                source="airwave",
                lat=53.4 + number * 1e-6,
                lon=-2.2,
                fix_time=1793469600000 + number,
                received_at=1793469601250 + number,
                accuracy_m=8.5,
                message_id=f"m{number}",
            )
        )
        for number in range(RECORDS)
    ]
    batches = [values[start : start + BATCH] for start in range(0, RECORDS, BATCH)]
    for name, decode_batch in WAYS.items():
        best = min(_timed(decode_batch, batches) for _ in range(ROUNDS))
        print(f"{name:<32}{best / RECORDS * 1e6:6.2f} us a record")


def _timed(
    decode_batch: Callable[[Sequence[bytes]], object], batches: Sequence[Sequence[bytes]]
) -> float:
    started = time.perf_counter()
    for batch in batches:
        decode_batch(batch)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
