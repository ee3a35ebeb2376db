"""What no text may hold, wherever it came from."""

from __future__ import annotations

import re


def cleaned(text: str) -> str:
    r"""The text with a blank for what moves a cursor, and a mark for half a character.

    A half, which only an escape in JSON can name, is no character that could be written down.

    >>> ascii(cleaned("one\r\ntwo\x1b[2J \ud800"))
    "'one\\ntwo [2J \\ufffd'"
    """
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text.replace("\r\n", "\n"))
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)
