"""Practise the last minute of a job interview, on your own computer."""
