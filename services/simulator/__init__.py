"""Input as a radio system would give it: a small simulated town, and recorded tracks.

It talks to stepsix over HTTP alone and imports no service. The town (``streets``, ``town``,
``officer``, ``gpsnoise``, ``radio``, ``world``) is pure: from a seed and a time, the pings that its
radios send. ``shifts``, ``roster``, ``tasking`` and ``planning`` say who is on duty and what is
due. ``sending``, ``drawing``, ``simulate`` and ``feed`` carry it all to a service.
"""
