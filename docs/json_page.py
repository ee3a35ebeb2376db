"""The page about the JSON report: its fields, one explained example, its promises."""

from __future__ import annotations

import json
from typing import Any, Final

from rehearse.criterion import Answered, Criterion, Planned, Recalled
from rehearse.delivery import Delivery, Filler, FillerWord, Pause, Window
from rehearse.exchange import MARKS, Exchange
from rehearse.finding import Finding, Level
from rehearse.outputs.fields import FIELDS
from rehearse.outputs.history_json import FIELDS as HISTORY
from rehearse.outputs.json import line
from rehearse.quality import Quality
from rehearse.report import Ear, Report
from rehearse.speakers import Turn, Voices
from rehearse.transcript import Span, Spoken, Transcript

NESTED: Final = {
    "error.message": "what happened, with the value that was wrong",
    "error.hint": "what to do about it; may be empty",
    "engine.name": "the recogniser",
    "engine.model": "the name of its weights, as in `rehearse models`",
    "engine.sha256": "the SHA-256 of the largest file of those weights",
    "transcript.text": "all words, one blank between two; a typed close stands as it was typed",
    "transcript.words[].text": "one word, with its punctuation",
    "transcript.words[].start": "its first character in `transcript.text`, from 0",
    "transcript.words[].end": "the character after its last",
    "transcript.words[].start_s": "when it begins; null for text",
    "transcript.words[].end_s": "when it ends; null for text",
    "transcript.words[].probability": "how sure the recogniser is, 0 to 1; null for text",
    "transcript.words[].heard": "false where the sound does not bear it out: it is not counted",
    "transcript.words[].unheard": "why not: `no voice` lies under it, `no filler` sounds like one, "
    "or the clip makes `no sense`; null where it was heard",
    "transcript.words[].speaker": "which voice says it, from 1; null where there is but one; an "
    "interviewer who was not recorded has a number too",
    "steps.*.present": "whether the step is there",
    "steps.*.evidence": "the words that prove it, as quotations",
    "facets.next_steps": "asks what comes next, or when",
    "facets.business_card": "asks for a card, an address, or leave to write",
    "facets.follow_up": "promises a note or material",
    "facets.quantified": "a number on the size or result of own work",
    "facets.reminder": "recalls something already discussed",
    "voices[].speaker": "its number, in the order in which voices are first heard",
    "voices[].speech_s": "how long it speaks; null where it was not recorded",
    "voices[].candidate": "whether the close is taken to be its: nobody else's words count",
    "recording.level_dbfs": "level of the speech, 0 or less",
    "recording.snr_db": "how far that stands above the background",
    "recording.clipped": "share of the speech that is cut off at full scale, 0 to 1",
    "recording.bandwidth_hz": "below which 99.9 % of the power of speech lies",
    "recording.wordless": "share of the speech that has no word, 0 to 1",
    "measures.duration_s": "the whole input; null for text, as is every measure of sound",
    "measures.span_s": "from the first to the last sound of the candidate, less what others say",
    "measures.speech_s": "the span less its pauses",
    "measures.words": "heard words, fillers included",
    "measures.pace_wpm": "words a minute over the span",
    "measures.articulation_wpm": "words a minute over the speech alone",
    "measures.windows[].start_s": "every ten seconds, in steps of five",
    "measures.windows[].end_s": "ten seconds later",
    "measures.windows[].pace_wpm": "words a minute in these",
    "measures.fillers[].text": "the filler sound, in lower case",
    "measures.fillers[].start_s": "when it begins; null for text",
    "measures.fillers[].end_s": "when it ends; null for text",
    "measures.fillers[].from": "`word`: the recogniser wrote it; `sound`: a detector heard it",
    "measures.fillers_a_minute.value": "filler sounds a minute over the span",
    "measures.fillers_a_minute.low": "the lower end of its 95 % Poisson interval",
    "measures.fillers_a_minute.high": "its upper end",
    "measures.filler_words": "words such as “like” where they fill time, as quotations",
    "measures.pauses[].start_s": "when the pause begins; pauses are of 0.25 s and more",
    "measures.pauses[].end_s": "when it ends",
    "measures.pauses[].where": "`boundary`, `mid-clause` or `after-question` (about concerns)",
    "measures.pitch_sd_st": "standard deviation of the pitch, in semitones; information, no grade",
    "measures.pitch_range_st": "pitch from the 10th to the 90th percentile, in semitones",
    "measures.loudness_range_db": "loudness of speech from the 10th to the 90th percentile, in dB",
    "measures.withheld.*": "a group of measures (`pace`, `fillers`, `pauses`, `pitch`, `loudness`) "
    "that the recording cannot carry, and why: they are null",
    "criteria[].text": "one thing that the job asks for, as the posting has it",
    "criteria[].rank": "its place, from 1: the most important first",
    "criteria[].level": "`must`, or `plus` where it is nice to have",
    "criteria[].covered": "whether something of the candidate's own answers it",
    "criteria[].named": "whether it is spoken of at all",
    "criteria[].evidence": "the sentences that answer it, as quotations, the surest first",
    "criteria[].mentions": "the sentences that only name, claim or promise it, as quotations",
    "discussed[].note": "one line of the notes",
    "discussed[].quotations": "the sentences that recall it, as quotations",
    "plan[].part": "`why`, `criterion 1`, `proof 1` and so on, or `question`",
    "plan[].text": "what was to be said",
    "plan[].said": "whether it was",
    "plan[].quotations": "the sentences that say it, as quotations",
    "exchange.reply": "`concern`, or `no_concern`",
    "exchange.acknowledged": "whether the response takes up what was said",
    "exchange.clarified": "whether it asks what is behind the concern; false without one, as the "
    "next two",
    "exchange.evidence": "whether it answers with something of the candidate's own",
    "exchange.checked": "whether it asks if that helped",
    "exchange.defensive": "whether it fights the concern",
    "exchange.evasive": "whether it goes around it",
    "exchange.dwelling": "whether it dwells on it",
    "exchange.quality": "`good`, `mixed` or `bad`, as a coach would say; null without a response",
    "exchange.asked": "the concerns question before it, as a quotation, or null",
    "exchange.said": "what the interviewer said, as a quotation",
    "exchange.response": "from the first to the last word of the response, as a quotation, or null",
    "exchange.quotations.*": "for each of the seven marks the sentences that earn it",
    "findings[].check": "the check that found it, as in `rehearse checks`",
    "findings[].level": "`fix`, `tip`, `note` or `strength`",
    "findings[].message": "what was noticed, and why it matters",
    "findings[].suggestion": "what to do or say instead; may be empty",
    "findings[].at": "the words it is about as a quotation, or null",
    "quotation.text": "the words, exactly as `transcript.text` has them",
    "quotation.start": "their first character in `transcript.text`",
    "quotation.end": "the character after their last",
    "quotation.start_s": "when they begin; null for text",
    "quotation.end_s": "when they end; null for text",
}
"""Every field below the first level. `steps.*` stands for each of the four steps;
`quotation` for what `evidence`, `filler_words` and `at` hold."""

HEAD: Final = """\
<!-- Written by docs/generate.py from `rehearse/outputs/fields.py`,
`rehearse/outputs/history_json.py`, `docs/json_page.py`. -->

# The JSON report

`rehearse analyze --json FILE…` writes one object a line, one line a file, in the order given.
Errors are lines too, so that the number of lines is the number of files.

- `start` and `end` count characters (Unicode code points) of `transcript.text`, from 0; `end` is
  the one after the last.
- What ends in `_s` is in seconds, counted from the start of the source, also with `--from`.
- What cannot be known is `null`, never 0.
- `format` is 1. Fields may be added to it. None of those below changes its meaning without a new
  number.

## Fields

"""

TAIL: Final = """
Where a file could not be analysed, `format`, `source` and `error` are filled and all else is
`null`. The exit code is then 2.

## Example

The form is exact, the values are made up, and the line is broken up for reading.

"""


OF_A_HISTORY: Final = """
## A history

`rehearse history --json` writes one object. Its `measures` are in the units that `standings` name,
and times of day in UTC. `rehearse show N --json` writes a kept report once more, and
`rehearse export` all of them.

"""


def page() -> str:
    """The whole page."""
    rows = [f"| `{name}` | {what} |" for name, what in FIELDS.items()]
    nested = [f"| `{name}` | {what} |" for name, what in NESTED.items()]
    head = ["| field | what it holds |", "| --- | --- |"]
    return (
        HEAD
        + "\n".join([*head, *rows])
        + "\n\n## Inside them\n\n`steps.*` stands for each of the four steps, and `quotation` for\n"
        "each entry of `evidence` and `filler_words`, and for `at`.\n\n"
        + "\n".join([*head, *nested])
        + "\n"
        + TAIL
        + f"```json\n{json.dumps(json.loads(line(example())), indent=2, ensure_ascii=False)}\n```\n"
        + OF_A_HISTORY
        + "\n".join([*head, *(f"| `{name}` | {what} |" for name, what in HISTORY.items())])
        + "\n"
    )


def example() -> Report:
    """A report with something in every field."""
    said = [("Um,", 0.4, 0.7), ("thank", 1.2, 1.5), ("you,", 1.5, 1.8), ("like.", 18.1, 18.4)]
    voices = Voices((Turn(0.3, 18.4, 1), Turn(19.0, 20.0, 2)), candidate=1)
    transcript = voices.told(
        Transcript.of_speech(
            [
                *(Spoken(word, start_s, end_s, 0.98) for word, start_s, end_s in said),
                Spoken("Sure.", 19.2, 19.8, 0.91),
                Spoken("You.", 21.1, 21.2, 0.31, "no voice"),
            ]
        )
    )
    thanks, like = Span(4, 14), Span(15, 20)
    return Report(
        source="close.m4a",
        engine=Ear("faster-whisper", "base", "d01c3014…"),
        transcript=transcript,
        delivery=Delivery(
            duration_s=22.0,
            span_s=18.0,
            speech_s=1.4,
            words=4,
            pace_wpm=13.3,
            articulation_wpm=171.4,
            fillers=(Filler("um", 0.4, 0.7, "word"),),
            pauses=(Pause(1.8, 18.1, "boundary"),),
            pitch_sd_st=2.9,
            pitch_range_st=7.1,
            loudness_range_db=None,
            windows=(Window(0.4, 10.4, 18.0),),
            withheld={"loudness": "the sound is clipped"},
        ),
        steps={"interest": (), "fit": (), "concerns": (), "thanks": (thanks,)},
        facets=dict.fromkeys(
            ("next_steps", "business_card", "follow_up", "quantified", "reminder"), False
        ),
        findings=(
            Finding(
                Level.FIX,
                "You never said that you want this job.",
                "Say it plainly and say why.",
                weight=30,
                check="steps.interest",
            ),
            Finding(Level.STRENGTH, "You thanked them.", at=thanks, check="steps.thanks"),
        ),
        filler_words=(FillerWord("like", like, 18.1, 18.4),),
        voices=voices,
        quality=Quality(-24.1, 41.0, 0.031, 7600.0, 0.0),
        exchanges=(_exchange(thanks),),
        criteria=(
            Answered(Criterion("two years on a busy ward", 1, "must"), evidence=(thanks,)),
            Answered(Criterion("Polish", 2, "plus"), named=(like,)),
        ),
        recalled=(Recalled("nights are short of people", at=(thanks,)),),
        planned=(
            Planned("question", "Do you have any concerns?"),
            Planned("why", "Ann", (thanks,)),
        ),
        to="panel",
    )


def _exchange(response: Span) -> Exchange:
    marks = dict.fromkeys(MARKS, (response,))
    return Exchange("concern", response, Span(21, 26), response, marks, "mixed")


def paths(value: Any, at: str = "") -> set[str]:
    """The names of all fields inside a report, in the form that `NESTED` has them."""
    if isinstance(value, list):
        if at.endswith(("evidence", "filler_words", "mentions", "quotations", "quotations.*")):
            return {at}.union(*(paths(each, "quotation") for each in value))
        return set().union(*(paths(each, f"{at}[]") for each in value)) or {at}
    if not isinstance(value, dict):
        return {at}
    quoted = at.endswith((".at", ".asked", ".said", ".response"))
    found: set[str] = {at} if quoted else set()
    at = "quotation" if quoted else at
    for name, inner in value.items():
        if name == "exchanges" and not at:
            continue  # each as in `exchange`
        any_name = at in ("steps", "measures.withheld", "exchange.quotations")
        found |= paths(inner, f"{at}.{'*' if any_name else name}" if at else name)
    return found
