"""The takes that were kept, what became of each measure, and habits.

Everything is in one SQLite file of the data folder, and the sound beside it.
"""

from rehearse.history.store import History

__all__ = ["History"]
