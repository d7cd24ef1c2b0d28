"""Fictional sample plans, one a plan type of the policy package."""
