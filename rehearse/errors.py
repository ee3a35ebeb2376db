"""Everything that can go wrong for a person, as one tree.

    RehearseError
    ├── InputError            what was handed over cannot be analysed
    │   ├── SoundError        it cannot be decoded, or its sound cannot be used
    │   │   └── NoSpeechError nobody speaks in it
    │   ├── TextError         it cannot be read as a typed close
    │   ├── RangeError        `--from` and `--to` do not name a part of it
    │   ├── SpeakerError      `--speaker` names a voice that is not in it
    │   ├── PostingError      a job posting, or notes, that nothing can be held against
    │   └── LanguageError     another language than English is spoken
    ├── AssetError            weights are missing, damaged or cannot be put in place
    ├── ModelError            verified weights would not load or run
    ├── UnknownNameError      a check, a weight or a command that does not exist
    ├── PlanError             a plan lacks something or is too long, or there is none
    ├── DeviceError           a microphone is missing, busy, refused or gone
    ├── TakeError             a take could not be kept on disk, or found there
    ├── HistoryError          the history cannot be read or written
    │   ├── NoExportError     what is to be imported is no export, or damaged
    │   ├── NoSessionError    a session that is not in it
    │   └── NoSoundError      a session of which there is no sound
    ├── OutputError           a report could not be written
    ├── ClusterError          a cluster cannot be reached, or its workers are not like this program
    ├── WorkersError          the workers of this machine cannot be started
    ├── FollowUpError         a note after an interview cannot be made of what was given
    ├── UploadError           what was handed to the page could not be taken
    │   ├── BusyError         too much is waiting already
    │   ├── TooLargeError     it is larger than the page takes
    │   └── UnwritableError   there is no room for it, or no right to write
    └── ServerError           the page cannot be opened

Each says what happened, with the value that was wrong, and in `hint` what to do
about it.  The command line shows both and exits with 2; a traceback means a bug.
"""

from __future__ import annotations


class RehearseError(Exception):
    """Something a person can act on.

    Parameters
    ----------
    message
        What happened, as one sentence, with the value that was wrong.
    hint
        What to do about it, as one sentence; empty where nothing can be done.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(RehearseError):
    """What was handed over cannot be analysed."""


class SoundError(InputError):
    """It cannot be decoded, or its sound cannot be used."""


class NoSpeechError(SoundError):
    """Nobody speaks in it."""


class TextError(InputError):
    """It cannot be read as a typed close."""


class RangeError(InputError):
    """`--from` and `--to` do not name a part of it."""


class SpeakerError(InputError):
    """`--speaker` names a voice that is not in it."""


class PostingError(InputError):
    """A job posting, or notes, that nothing can be held against."""


class LanguageError(InputError):
    """Another language than English is spoken."""


class AssetError(RehearseError):
    """Weights are missing, damaged or cannot be put in place."""


class ModelError(RehearseError):
    """Verified weights would not load or run."""


class UnknownNameError(RehearseError):
    """A check, a weight or a command that does not exist."""


class PlanError(RehearseError):
    """A plan lacks something or is too long, or there is none."""


class DeviceError(RehearseError):
    """A microphone is missing, busy, refused or gone."""


class TakeError(RehearseError):
    """A take could not be kept on disk, or found there."""


class HistoryError(RehearseError):
    """The history cannot be read or written."""


class NoExportError(HistoryError):
    """What is to be imported is no export, or damaged."""


class NoSessionError(HistoryError):
    """A session that is not in it."""


class NoSoundError(HistoryError):
    """A session of which there is no sound."""


class OutputError(RehearseError):
    """A report could not be written."""


class ClusterError(RehearseError):
    """A cluster cannot be reached, or its workers are not like this program."""


class WorkersError(RehearseError):
    """The workers of this machine cannot be started."""


class FollowUpError(RehearseError):
    """A note after an interview cannot be made of what was given."""


class UploadError(RehearseError):
    """What was handed to the page could not be taken."""


class TooLargeError(UploadError):
    """It is larger than the page takes."""


class BusyError(UploadError):
    """Too much is waiting already."""


class UnwritableError(UploadError):
    """There is no room for it, or no right to write."""


class ServerError(RehearseError):
    """The page cannot be opened."""
