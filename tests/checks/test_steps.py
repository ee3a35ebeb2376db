"""The four steps: there with their words, or absent with what to say."""

from __future__ import annotations

import pytest

from rehearse.checks import named
from rehearse.checks.steps.evidence import evidence, proofs
from rehearse.finding import Level
from rehearse.steps import STEPS

WHOLE = (
    "I would really like to work here. You said the hard part is picking errors; at my last "
    "warehouse I trained fourteen pickers and we cut errors from three percent to one. Do you "
    "have any concerns or reservations about hiring me for this role? Thank you for the tour."
)

SENTENCE_OF = dict(
    zip(
        STEPS,
        (
            "I would really like to work here.",
            (
                "You said the hard part is picking errors; at my last warehouse I trained fourteen "
                "pickers and we cut errors from three percent to one."
            ),
            "Do you have any concerns or reservations about hiring me for this role?",
            "Thank you for the tour.",
        ),
        strict=True,
    )
)


def quoted(close, step):
    return [close.transcript.text[span.start : span.end] for span in evidence(close, step)]


def levels(close, step):
    return [finding.level for finding in named(f"steps.{step}").run(close)]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_proved_by_its_own_sentence(step, imagine):
    assert quoted(imagine(WHOLE), step) == [SENTENCE_OF[step]]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_there_is_a_strength_with_its_quotation(step, imagine):
    close = imagine(WHOLE)
    (finding,) = (f for f in named(f"steps.{step}").run(close) if f.level is Level.STRENGTH)
    assert close.transcript.text[finding.at.start : finding.at.end] == SENTENCE_OF[step]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_left_out_is_a_fix_with_a_suggestion(step, imagine):
    close = imagine(WHOLE.replace(SENTENCE_OF[step], "").strip())
    (finding,) = named(f"steps.{step}").run(close)
    assert finding.level is Level.FIX
    assert finding.suggestion
    assert finding.at is None


@pytest.mark.parametrize("step", STEPS)
def test_a_step_said_twice_is_praised_once(step, composed):
    close = composed((6, {step, "quantified"}, ()), (6, {step, "quantified"}, ()))
    assert len(proofs(close, step)) == 2
    assert levels(close, step) == [Level.STRENGTH]


def test_a_step_taken_back_in_the_same_breath_is_absent(composed):
    close = composed((6, {"interest"}, ()), (4, (), {"taken_back"}))
    assert proofs(close, "interest") == ()
    assert levels(close, "interest") == [Level.FIX]


def test_a_long_sentence_takes_nothing_back(composed):
    close = composed((6, {"interest"}, ()), (9, (), {"taken_back"}))
    assert len(proofs(close, "interest")) == 1


def test_what_is_said_again_after_taking_it_back_counts(composed):
    close = composed((6, {"interest"}, ()), (4, (), {"taken_back"}), (6, {"interest"}, ()))
    assert proofs(close, "interest") == close.sentences[2:]


def test_experience_without_a_number_gets_a_tip(composed):
    assert levels(composed((8, {"fit"}, ())), "fit") == [Level.STRENGTH, Level.TIP]


def test_a_need_without_an_answer_is_told_apart_from_no_need(composed):
    (named_need,) = named("steps.fit").run(composed((8, {"criterion"}, ())))
    (nothing,) = named("steps.fit").run(composed((8, (), ())))
    assert "named what they need" in named_need.message
    assert "named what they need" not in nothing.message


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("interest", "It was great to meet the team. I look forward to hearing from you."),
        ("interest", "I wanted this kind of job when I was a student."),
        ("fit", "I'm hard-working, reliable and a quick learner."),
        ("concerns", "How do I compare with the other candidates?"),
        ("concerns", "What are the next steps?"),
        ("thanks", "It was a pleasure."),
        ("thanks", "Thankfully the traffic was light."),
        ("thanks", "No thanks, I have had two coffees already."),
    ],
)
def test_what_only_resembles_a_step_is_not_taken_for_it(step, text, imagine):
    assert evidence(imagine(text), step) == ()


def test_the_order_of_the_steps_does_not_matter(imagine):
    backwards = " ".join(reversed(SENTENCE_OF.values()))
    assert all(evidence(imagine(backwards), step) for step in STEPS)


def test_an_unheard_thank_you_is_not_credited(language):
    from rehearse.prosody import of_text
    from rehearse.transcript import Spoken, Transcript

    said = [
        Spoken(word, 0.0, 1.0) for word in ["I", "would", "really", "like", "to", "work", "here."]
    ]
    invented = [Spoken(word, 9.0, 9.5, unheard="no voice") for word in ["Thank", "you."]]
    transcript = Transcript.of_speech([*said, *invented])
    close = language.read(transcript, of_text(transcript))
    assert evidence(close, "thanks") == ()
    assert evidence(close, "interest") != ()
