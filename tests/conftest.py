"""Fixtures for every test; each family of them has its own module."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# How long an example takes is the machine's affair; what it shows is ours.
settings.register_profile("stepsix", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stepsix")

pytest_plugins = [
    "tests.support.browser",
    "tests.support.kafka",  # before what imports it, so that its asserts are rewritten
    "tests.support.eventlogs",
    "tests.support.logs",
    "tests.support.metrics",
    "tests.support.town",
]
