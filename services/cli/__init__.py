"""The command line, and what it alone may do: put services together into a process.

``commands`` is the list of commands, ``process`` a process of one or several services,
``standalone`` everything at once (``serving_lock``: one of them a folder), ``administration`` what
is done beside them.
"""

from services.cli.commands import main

__all__ = ["main"]
