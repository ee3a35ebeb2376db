"""Which turn answers which, and where an exchange ends."""

from __future__ import annotations

import pytest

from rehearse.checks.steps.evidence import evidence
from rehearse.interview.turns import read
from rehearse.matching.exchange import exchanges, turns_of
from rehearse.pipeline import analyze_turns
from rehearse.prosody import of_text
from rehearse.transcript import Span, Spoken, Transcript, Unrecorded

ASKED = "Candidate: I would love to work here. Do you have any concerns about hiring me?\n"
FAR = "Interviewer: You live quite far away, I'm afraid.\n"
FLAT = (
    "Candidate: That's fair, it is a long way. I have rented a flat in town from the first of May. "
    "Does that answer it?\n"
)


@pytest.fixture
def judged(reading):
    def exchanges(conversation):
        report = analyze_turns(read(conversation, "talk.txt"), "talk.txt", reading)
        text = report.transcript.text
        return report.exchanges, lambda span: None if span is None else text[span.start : span.end]

    return exchanges


def test_turns_are_the_words_of_one_speaker_after_the_other():
    spoken = [Spoken("Doubts?", 1.0, 1.4), Spoken("True.", 5.0, 5.3)]
    transcript = Transcript.of_speech(spoken).with_replies([Unrecorded(2.0, "You are far.")])
    assert turns_of(transcript) == [
        (Span(0, 7), False),
        (Span(8, 20), True),
        (Span(21, 26), False),
    ]


def test_a_concern_and_the_response_to_it(judged):
    (found,), words = judged(ASKED + FAR + FLAT)
    assert found.reply == "concern"
    assert words(found.asked) == "Do you have any concerns about hiring me?"
    assert words(found.said) == "You live quite far away, I'm afraid."
    assert words(found.response).startswith("That's fair")
    assert [words(span) for span in found.marks["evidence"]] == [
        "I have rented a flat in town from the first of May."
    ]
    assert found.has("acknowledged")
    assert found.has("checked")
    assert not any(found.has(mark) for mark in ("defensive", "evasive", "dwelling"))
    assert found.quality == "good"


def test_words_before_the_question_are_no_answer_to_it(judged):
    small_talk = "Interviewer: Was the way long?\nCandidate: Not at all, thank you.\n"
    (found,), words = judged(small_talk + ASKED + FAR + FLAT)
    assert words(found.said).startswith("You live")


def test_what_is_behind_a_concern_is_no_new_one(judged):
    asked_back = "Candidate: Is it the mornings that worry you, or the winters?\n"
    behind = "Interviewer: The winters. The road is closed more often than it is open.\n"
    found, words = judged(ASKED + FAR + asked_back + behind + FLAT)
    assert len(found) == 1
    assert found[0].has("clarified")
    assert found[0].has("evidence")
    assert words(found[0].response).startswith("Is it the mornings")
    assert words(found[0].response).endswith("Does that answer it?")


def test_thanks_for_an_answer_end_it_and_another_concern_is_another_round(judged):
    helped = "Interviewer: It does, thank you.\nCandidate: Good. Thank you for your time.\n"
    found, _ = judged(ASKED + FAR + FLAT + helped)
    assert len(found) == 1
    again = "Interviewer: And you have never led a team, which worries me a little.\n"
    led = "Candidate: You're right, not by title. I ran the night crew of nine for a year.\n"
    found, words = judged(ASKED + FAR + FLAT + again + led)
    assert [each.reply for each in found] == ["concern", "concern"]
    assert "night crew" in words(found[1].response)


def test_a_concern_that_nobody_answered_has_no_response(judged):
    (found,), words = judged(ASKED + FAR)
    assert (found.reply, found.response, found.quality) == ("concern", None, None)
    assert not any(found.marks.values())
    assert words(found.asked) is not None


def test_no_concern_is_confirmed(judged):
    none = "Interviewer: No, none at all. You have been very clear.\n"
    (found,), _ = judged(ASKED + none + "Candidate: I'm glad to hear that. Thank you both.\n")
    assert found.reply == "no_concern"
    assert found.has("acknowledged")
    assert not any(found.has(mark) for mark in ("evidence", "checked", "clarified"))


def test_where_nobody_asked_what_is_responded_to_is_the_answer(judged):
    close = "Candidate: I would love to work here. Thank you for your time.\n"
    (found,), _ = judged(close + FAR + FLAT)
    assert (found.asked, found.reply) == (None, "concern")


def test_small_talk_is_no_answer_to_what_nobody_asked(judged):
    talk = "Interviewer: Is there anything that you would like to add?\n"
    close = "Candidate: Yes. I would love to work here. Thank you for your time.\n"
    assert judged(talk + close)[0] == ()
    bye = "Interviewer: Thank you for coming in.\nCandidate: Thank you. Goodbye.\n"
    assert judged(talk + close + bye)[0] == ()


def test_nobody_else_speaking_is_no_exchange(reading):
    from rehearse.pipeline import analyze_text

    assert analyze_text("I would love to work here.", "close.txt", reading).exchanges == ()


@pytest.fixture
def drilled(reading):
    """What is made of a take in which the interviewer said something after each thing said."""

    def found(said, replied, known=True):
        spoken, replies, now_s = [], [], 0.0
        for text, (reply, about) in zip(said, [*replied, (None, None)], strict=True):
            for word in text.split():
                spoken.append(Spoken(word, now_s, now_s + 0.3))
                now_s += 0.4
            if reply:
                replies.append(Unrecorded(now_s + 2, reply, about))
            now_s += 4.0
        transcript = Transcript.of_speech(spoken).with_replies(replies)
        language = reading.language()
        close = language.read(transcript, of_text(transcript))
        told = {each.at_s: each.about for each in replies} if known else {}
        judged = exchanges(close, evidence(close, "concerns"), language, reading.reader(), told)
        return judged, lambda span: transcript.text[span.start : span.end]

    return found


DOUBT = ("You live far away, I'm afraid.", "concern")
QUESTION = "Do you have any concerns about hiring me?"
RENTED = "That's fair, I rented a flat."


def test_what_a_drill_knows_to_go_on_is_no_new_concern(drilled):
    """Whatever the words sound like."""
    said = (QUESTION, RENTED, "Yes.")
    still = ("I still have a concern about the distance.", "the same")
    assert len(drilled(said, (DOUBT, still), known=False)[0]) == 2
    (found,), words = drilled(said, (DOUBT, still))
    assert words(found.response).endswith("Yes.")


def test_what_is_said_after_a_drill_was_answered_is_no_response(drilled):
    said = (QUESTION, RENTED, "Good. Then thank you for your time.")
    (found,), words = drilled(said, (DOUBT, ("That helps, thank you.", "settled")))
    assert words(found.response) == RENTED


def test_a_drill_knows_its_answer_where_the_question_was_not_understood(drilled):
    said = ("Two you have any count sirens?", RENTED, "Any other concerns about hiring me?")
    replied = (DOUBT, ("It does.", "the same"))
    (found,), words = drilled(said, replied)
    assert (found.reply, words(found.said)) == ("concern", DOUBT[0])
