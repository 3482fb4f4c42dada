"""The signal table: simulated forces whose radios fall silent for reasons that are known."""
