"""SQL storage: the only place that knows SQLModel."""
