"""The transcript with its marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.outputs.kept import report as kept
from rehearse.outputs.marked import marked
from rehearse.speakers import Turn, Voices
from rehearse.transcript import Span, Spoken, Transcript
from tests.outputs.held_reports import CONCERN, duel


@pytest.fixture
def shown(spoken):
    """A function that marks words of (text, reason, speaker) with steps."""

    def write(words, steps=()):
        transcript = Transcript.of_speech(
            Spoken(text, float(at), at + 0.9, 0.9, unheard)
            for at, (text, unheard, _) in enumerate(words)
        )
        turns = tuple(Turn(at, at + 0.9, who) for at, (_, _, who) in enumerate(words))
        told = Voices(turns, candidate=1).told(transcript)
        spans = {step: (span,) for step, span in steps}
        every = {step: spans.get(step, ()) for step in spoken.steps}
        report = replace(spoken, transcript=told, steps=every)
        return "".join(text for text, _ in marked(report))

    return write


def test_words_alone_have_no_marks(shown):
    assert shown([("I", None, 1), ("do.", None, 1)]) == "I do."


def test_a_step_stands_in_brackets(shown):
    words = [("Well,", None, 1), ("thank", None, 1), ("you.", None, 1)]
    assert shown(words, [("thanks", Span(6, 16))]) == "Well, [thanks: thank you.]"


def test_words_that_were_not_heard_are_struck_together(shown):
    words = [("Yes.", None, 1), ("Thank", "no voice", 1), ("you.", "no voice", 1)]
    assert shown(words) == "Yes. ~~Thank you.~~"


def test_what_somebody_else_says_stands_in_parentheses(shown):
    words = [("Hi.", None, 1), ("Thank", None, 2), ("you.", None, 2), ("Bye.", None, 1)]
    assert shown(words) == "Hi. (voice 2: Thank you.) Bye."


def test_marks_that_meet_are_closed_in_turn(shown):
    words = [("Um", "no filler", 2), ("yes.", None, 2), ("Thanks.", None, 1)]
    text = shown(words, [("thanks", Span(8, 15))])
    assert text == "(voice 2: ~~Um~~ yes.) [thanks: Thanks.]"


def test_who_was_not_recorded_is_the_interviewer():
    report = kept(duel())
    text = "".join(text for text, _ in marked(report))
    assert f"about me? (interviewer: {CONCERN}) Fair point." in text


def test_a_voice_that_was_recorded_keeps_its_number():
    told = duel()
    told["transcript"]["words"][8] |= {"end_s": 7.3}
    text = "".join(text for text, _ in marked(kept(told)))
    assert f"(voice 2: {CONCERN})" in text
