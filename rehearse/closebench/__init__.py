"""CloseBench: how right a program is about closes that people have labelled.

docs/closebench.md defines the task, the rules and the splits.
"""
