"""The log in one SQLite file: for a pilot, a laptop or a demo, with nothing to install.

One process does the work; others on the same machine (``token``, ``settle``) may append and read
beside it. ``store`` is the file, ``writer`` and ``reader`` are its two threads, ``arrivals`` tells
waiting readers of new records, ``group`` is claims and their fence, ``retention`` forgets, and
``log`` puts them behind the port (docs/decisions/0002-embedded-log.md).
"""
