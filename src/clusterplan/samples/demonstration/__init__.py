"""Fictional plans of the demonstration; years are moved to the day it is shown."""
