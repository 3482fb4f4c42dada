"""Metrics reads what was derived and shows it: API, live stream, Prometheus, the page.

``visits``, ``timesheets``, ``units`` and ``pipeline`` fold the log, purely, with ``settling``;
``projection`` holds them all; ``follower`` feeds it. ``board`` joins it with the register into what
people see (``resources``); ``lists``, ``track``, ``live`` and ``prometheus`` serve that,
``visit_list``, ``timesheet_list`` and ``duty_list`` the last days (``accounts``, ``spreadsheet``),
``signing_in`` and ``page`` the browser. It appends nothing to the log.
"""
