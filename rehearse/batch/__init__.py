"""Many recordings at once: found below a folder, analysed by workers, kept and summed up.

A recording is a `Task` that a worker does (`work`), in a process of this machine (`local`) or
of a Dask cluster (`cluster`); both are an `Executor` to the loop in `run`.  What is done lies in
a `Results` folder, which knows it again by its content and by what it was `made` with.
"""

from rehearse.batch.executor import EndedError, Executor, LostError
from rehearse.batch.found import Folder, Found, folder_of
from rehearse.batch.made import Made, made_with
from rehearse.batch.results import Results
from rehearse.batch.run import Counts, run
from rehearse.batch.work import Done, Task

__all__ = [
    "Counts",
    "Done",
    "EndedError",
    "Executor",
    "Folder",
    "Found",
    "LostError",
    "Made",
    "Results",
    "Task",
    "folder_of",
    "made_with",
    "run",
]
