"""One module a migration; each can be run forward and back."""
