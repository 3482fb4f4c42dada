"""The demo: a simulated town whose log begins with seven days, and a shift that is under way.

``opening`` brings a log up to now before it is served: ``knowledge`` is what ``reference`` holds of
the town, ``hearing`` what telemetry holds, ``ground`` the streets below it all. From then on
``stepsix simulate`` posts over HTTP.
"""
