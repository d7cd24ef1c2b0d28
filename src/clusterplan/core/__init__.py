"""The domain: plain Python that knows no framework, no web and no tables."""
