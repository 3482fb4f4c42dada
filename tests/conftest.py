"""Fixtures for every test; each family of them has its own module."""

from __future__ import annotations

pytest_plugins = [
    "tests.support.browser",
    "tests.support.kafka",  # before what imports it, so that its asserts are rewritten
    "tests.support.eventlogs",
    "tests.support.logs",
]
