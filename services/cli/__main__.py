"""``python -m services.cli``: the same as ``stepsix``."""

from services.cli import main

main()
