"""Silence: who is not heard, or says no position, and whose fault that is. Pure, driven by ticks.

``patience`` says how long a radio may be silent, ``expecting`` whether anybody expects it,
``explaining`` what it gave as a reason, ``outages`` what is our own fault or a source's, and
``watch`` puts them together at the first tick of a second. ``awaiting`` does so for the radios on
the roster that were never heard. Nothing here costs anything per ping.
"""
