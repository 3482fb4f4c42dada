"""What no process of the stage may do."""


class EndedByItself(Exception):
    """A process ended that nobody had told to; names it, its exit code and where its log is."""
