"""History: what the log says happened, accounted for once more, each unit's fixes in time order.

``gathering`` reads a partition's fixes and ``packing`` keeps them small; ``boundaries`` says by
which hot spots they are judged. ``replay`` answers what a period came to, or would have come to
with other boundaries; ``settlement`` makes a day final, with ``before`` for what was shown of it.
"""
