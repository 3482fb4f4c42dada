"""Keys go where Kafka's own clients would send them."""

from __future__ import annotations

import pytest

from services.eventlog.partitioning import partition_of


@pytest.mark.parametrize(
    ("key", "murmur2"),
    [
        # org.apache.kafka.common.utils.UtilsTest.testMurmur2
        (b"21", -973932308),
        (b"foobar", -790332482),
        (b"a-little-bit-long-string", -985981536),
        (b"a-little-bit-longer-string", -1486304829),
        (b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
        (b"abc", 479470107),
    ],
)
@pytest.mark.parametrize("partitions", [1, 4, 12])
def test_a_key_goes_where_a_java_client_sends_it(key: bytes, murmur2: int, partitions: int) -> None:
    assert partition_of(key, partitions) == (murmur2 & 0x7FFFFFFF) % partitions
