"""stepsix: tracking for hot spots policing, from a radio's ping to patrol minutes."""
