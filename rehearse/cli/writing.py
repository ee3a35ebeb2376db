"""Files that a command writes where its user says."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from rehearse.errors import OutputError
from rehearse.takes.files import whole_or_absent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the disk says of a file into an `OutputError`."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}.",
            hint="Name a file in a folder of yours, with room on its disk.",
        ) from error


def write_file(path: Path, text: str) -> None:
    """Write a file, readable by its owner alone: what somebody said is in it.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    with told(path):
        if path.exists() and not path.is_file():
            path.write_text(text, "utf-8", newline="\n")  # a pipe, or a terminal
            return
        with whole_or_absent(path) as half:
            half.write_text(text, "utf-8", newline="\n")


def write_page(path: Path, text: str) -> None:
    """Write a page for its owner alone, and say where.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    write_file(path, text)
    click.echo(f"Written: {path}", err=True)
