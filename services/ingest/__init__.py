"""Ingest: the only way into the log. It checks, stamps and appends, and answers after that.

Pings go ``bodies`` (bytes to items) -> ``items`` (one item's check, in words) -> ``pings`` (the
message) -> ``publisher`` (the log). What people decide goes through ``changes``, plans after
``planning`` has judged them by what else is in force. ``heartbeat`` carries time.
"""
