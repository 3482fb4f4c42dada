"""The truth laboratory: simulated officers whose true minutes are known to the second."""
