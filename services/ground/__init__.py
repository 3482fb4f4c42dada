"""Where things lie on the ground: planes on which metres are metres, and a hot spot's two rings.

Pure, and shared by all who measure, so that a ring is the same wherever it is drawn or judged by.
"""
