"""What every HTTP side of stepsix has alike: access, problems, health, metrics, serving.

A service is a ``Service``; ``create_app`` makes one application out of one or several, so that
``stepsix up`` can serve them all on one port.
"""
