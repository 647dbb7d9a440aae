"""The whole space of plans."""
