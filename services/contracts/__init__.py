"""What the services say to each other: messages, topics and codecs. Pure: no I/O, no clock.

Every time is UTC in integer milliseconds since 1970 and every duration integer milliseconds
(``_ms``), because minutes that add up exactly are worth more than a pretty log; the HTTP API
speaks RFC 3339 and seconds. Other units stand in the name (``accuracy_m``, ``speed_mps``).
"""
