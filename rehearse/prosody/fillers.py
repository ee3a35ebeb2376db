"""Filler sounds that the recogniser, or the typist, wrote down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rehearse.delivery import Filler

if TYPE_CHECKING:
    from rehearse.transcript import Transcript

SOUNDS: Final = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|a+h+|h+m+|m{2,}|uhm)", re.IGNORECASE)


def fillers_in(transcript: Transcript) -> tuple[Filler, ...]:
    """Every heard word that is a filler sound and nothing else."""
    found = []
    for word in transcript.heard_words:
        bare = word.text.strip(".,!?;:…–—-\"'“”()")
        # An apostrophe makes it a word: "hardly know 'er".
        if not word.text.startswith(("'", "’")) and SOUNDS.fullmatch(bare):
            found.append(Filler(bare.lower(), word.start_s, word.end_s, "word"))
    return tuple(found)
