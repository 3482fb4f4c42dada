"""Which partition a key goes to: as Kafka's Java clients decide, on every log alike."""

from __future__ import annotations

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=65_536)
def partition_of(key: bytes, partitions: int) -> int:
    """The partition of a key among ``partitions``.

    Cached because the hash is 10 us of Python a key and radios repeat: the cache holds every
    radio of the largest force several times over.
    """
    hashed: int = murmur2(key)
    return (hashed & 0x7FFFFFFF) % partitions
