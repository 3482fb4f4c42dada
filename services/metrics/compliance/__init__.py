"""Planned patrols against delivered ones: rules that a sergeant can check by hand. Pure.

One rule a module, each number from the visits it names (DESIGN: Compliance; docs/compliance.md):

1. ``presence``: time as stretches (``metrics.spans``), for sure, as estimated and at most;
2. ``planned``: the windows of a plan on a day of the force;
3. ``stays``: one radio's visits as one stay, and what of it counts;
4. ``patrols``: stays that overlap are one patrol;
5. ``shares``: whose minutes they are;
6. ``verdicts``: whether a patrol qualifies;
7. ``belonging``: which window and day a patrol belongs to;
8. ``windows``: whether a window was delivered;
9. ``day``: a hot spot's day, from all of these.
"""
