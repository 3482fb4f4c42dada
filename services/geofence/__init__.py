"""Geofence: computes visits, minutes and positions from telemetry.

The engine is pure and deterministic (``engine``); the task drives one for each partition of the
log (``task``: the protocol of exactly once), and the worker runs the tasks of one process.
"""
