"""What callers can do with plans: one function a command, on a store of any make."""
