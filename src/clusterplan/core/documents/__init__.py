"""Documents as text and data: what people write, send and store."""
