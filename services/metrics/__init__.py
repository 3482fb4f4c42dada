"""Metrics reads what was derived and shows it: API, live stream, Prometheus, the page.

``visits``, ``units`` and ``pipeline`` fold the log, purely; ``projection`` holds all three;
``follower`` feeds it. ``board`` joins it with the register into what people see (``resources``);
``lists``, ``track``, ``live`` and ``prometheus`` serve that, ``signing_in`` and ``page`` the
browser. It appends nothing to the log.
"""
