"""The four steps of a strong close."""
