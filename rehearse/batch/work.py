"""What a worker does with one recording: read it, know it by its content, analyse it.

Only this runs on workers.  A worker loads the models once, at its first recording.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from rehearse.batch.made import made_with
from rehearse.errors import AssetError, ClusterError, InputError, ModelError, RehearseError
from rehearse.inputs import HEAD, require_no_document, require_readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.models import Models

ALIAS: Final = 12
"""Characters of a digest that stand for a name."""

OVERDUE: Final = 1
"""The exit code of a worker that ended itself because a recording took too long."""

_ONE: Final = threading.Lock()
"""A Dask worker may have several threads, and the models are for one recording at a time."""


@dataclass(frozen=True, slots=True)
class Task:
    """One recording that is to be analysed.

    Parameters
    ----------
    source
        What its report calls it.
    address
        A path, or an address for fsspec.
    content
        Its bytes, where a worker cannot reach it.
    model, threads
        The recogniser's weights; threads of a processor, 0 for what is quickest alone.
    page
        Whether a page is wanted as well.
    anonymous
        Whether its name is to be nowhere.
    known
        The digest of content whose report is there; such a recording is only looked at.
    look
        Whether it is only looked at in any case.
    limit_s
        After so many seconds the worker ends itself, and the recording is given up.
    made
        The key of what reports are made with; empty where the worker is sure to be the same.
    """

    source: str
    address: str
    content: bytes | None = None
    model: str = "base"
    threads: int = 0
    page: bool = False
    anonymous: bool = False
    known: str = ""
    look: bool = False
    limit_s: float = 600.0
    made: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it.

    Parameters
    ----------
    sha256
        Of its content; empty where that could not be read.
    line
        Its report as JSON; None where there is none.
    page
        The same as a page, if that was wanted.
    error, hint
        Why there is no report, and what to do; empty where there is one, or it was only looked at.
    work_s
        Seconds that its analysis took, from open file to report or refusal.
    peak_bytes
        The most memory that this worker ever had, 0 where the system does not say.
    """

    sha256: str
    line: str | None = None
    page: str | None = None
    error: str = ""
    hint: str = ""
    work_s: float = 0.0
    peak_bytes: int = 0


def do(task: Task) -> Done:
    """Analyse one recording.

    Raises
    ------
    AssetError, ModelError
        Where the weights of this worker are missing, damaged or do not load: that is no fault of
        the recording's, and none would fare better.
    ClusterError
        Where this worker would make another report: it came when the others had been asked.
    """
    with _ONE, given_up_after(task.limit_s):
        if task.made and task.made != _key(task.model):
            raise ClusterError(
                f"Worker {platform.node()} came later, with another version.",
                hint="Install the same version of rehearse on every machine, and give the same "
                "command again.",
            )
        sha256 = ""
        try:
            with opened(task) as (file, sha256):
                if task.look or sha256 == task.known:
                    return Done(sha256)
                return _analysed(task, file, sha256)
        except (AssetError, ModelError):
            raise
        except RehearseError as error:
            return _refused(task, sha256, error.message, error.hint)
        except Exception as error:
            what = f"The program failed at {_title(task)}: {_why(task, error)}."
            return _refused(task, sha256, what, "This is a mistake of the program; report it.")


@contextlib.contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """End this process after so many seconds, whatever hangs in it; it is started anew.

    The clock is a thread of C, which waits for no lock of Python's.
    """
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - it is no file
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def opened(task: Task) -> Iterator[tuple[BinaryIO, str]]:
    """Open a recording, wherever it is, and tell the SHA-256 of its content.

    Raises
    ------
    InputError
        Where it is missing, empty, unreadable or a document.
    """
    if task.content is None and "://" not in task.address:
        path = Path(task.address)
        require_readable(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            yield file, sha256
        return
    # FFmpeg seeks, and looks at the suffix: a file of this machine.
    with tempfile.NamedTemporaryFile(suffix=PurePosixPath(task.address).suffix) as copy:
        _fetch(task, copy.file)  # type: ignore[arg-type]
        sha256 = hashlib.file_digest(copy.file, "sha256").hexdigest()  # type: ignore[arg-type]
        copy.seek(0)
        head = copy.read(HEAD)
        if not head:
            raise InputError(f"{_title(task)} is empty: it holds 0 bytes.", hint="Copy it again.")
        require_no_document(head, _title(task))
        copy.seek(0)
        yield copy.file, sha256  # type: ignore[misc]


def _fetch(task: Task, copy: BinaryIO) -> None:
    if task.content is not None:
        copy.write(task.content)
    else:
        import fsspec

        try:
            with fsspec.open(task.address, "rb") as file:
                shutil.copyfileobj(file, copy, 1 << 20)
        except Exception as error:  # each kind of place has errors of its own
            raise InputError(
                f"{_title(task)} cannot be read: {_why(task, error)}.",
                hint="Check that the workers may read it.",
            ) from error
    copy.flush()
    copy.seek(0)


def _analysed(task: Task, file: BinaryIO, sha256: str) -> Done:
    from rehearse.audio.decode import SoundFile
    from rehearse.outputs import json as as_json
    from rehearse.pipeline import analyze

    models = _models(task.model, task.threads)
    models.language()  # what is loaded once is not this recording's
    name = alias(sha256, task.address) if task.anonymous else _title(task)
    began = time.perf_counter()
    try:
        report = analyze(SoundFile(Path(name), file=file), models)
    except InputError as error:
        return _refused(task, sha256, error.message, error.hint, time.perf_counter() - began)
    took_s = time.perf_counter() - began
    line = as_json.line(replace(report, source=name if task.anonymous else task.source))
    return Done(sha256, line, page_of(line) if task.page else None, "", "", took_s, _peak_bytes())


@cache
def _key(model: str) -> str:
    return made_with(model).key


def page_of(line: str) -> str:
    """A report as a page that needs no other file."""
    import json

    from rehearse.outputs.report_page import page_of as written

    return written(json.loads(line))


@cache
def _models(model: str, threads: int) -> Models:
    from rehearse.models import Models

    loaded = Models(model, threads=threads)
    loaded.engine()
    return loaded


def alias(sha256: str, address: str) -> str:
    """What a recording is called that has no name: after its content, with its own suffix.

    >>> alias("c0ffee" * 10, "group/anna.m4a")
    'c0ffeec0ffee.m4a'
    """
    return sha256[:ALIAS] + PurePosixPath(address).suffix


def _why(task: Task, error: Exception) -> str:
    """What others say of an error; that may name anything."""
    kind = type(error).__name__
    return kind if task.anonymous else f"{kind}: {error}"


def _title(task: Task) -> str:
    """What errors and notes call it."""
    return PurePosixPath(task.address.replace(os.sep, "/")).name


def _refused(task: Task, sha256: str, error: str, hint: str, work_s: float = 0.0) -> Done:
    if task.anonymous:
        name = alias(sha256, task.address) if sha256 else "A recording"
        for known in (task.address, task.source, _title(task)):
            error, hint = error.replace(known, name), hint.replace(known, name)
    return Done(sha256, None, None, error, hint, work_s, _peak_bytes())


def _peak_bytes() -> int:
    try:
        import resource
    except ImportError:  # there is none on Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
