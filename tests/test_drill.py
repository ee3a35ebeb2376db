"""The interviewer of a drill: when it is their turn, and what they say."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rehearse.draft import Draft
from rehearse.drill import ASKED_S, RESPONDED_S, WENT_ON_S, Drill, Said
from rehearse.interview.concerns import bank
from rehearse.interview.posting import Posting, cut
from rehearse.prosody import of_text
from rehearse.transcript import Spoken, Transcript, Unrecorded

CLOSE = "I would love to work here. I ran a ward for two years. "
QUESTION = "Do you have any concerns about hiring me?"
FAIR = "That's a fair point, I can see why you would wonder."
PROOF = "At the depot I looked after forty people every day for two years and nobody ever left."
BEHIND = "Could you tell me more about what is behind that, what worries you most?"
HELPED = "Does that answer your concern?"

POSTING = Posting(
    "posting.txt",
    cut("Requirements\n- Five years of experience with forklift trucks\n- A clean driving licence"),
)


class Spoke:
    """A take as a drill looks at it, with words that were said at times, a word in 0.4 s."""

    def __init__(self, language):
        self._language = language
        self._spoken = []
        self.now_s = 0.0
        self.replies = []
        self.caught_up = True
        self.draft = Draft()
        self.meter = SimpleNamespace(silence_s=0.0, spoken_s=0.0)

    def say(self, text, asked=False):
        for word in text.split():
            self._spoken.append(Spoken(word, self.now_s, self.now_s + 0.35))
            self.now_s += 0.4
        transcript = Transcript.of_speech(self._spoken)
        close = self._language.read(transcript, of_text(transcript))
        steps = frozenset({"concerns"} if QUESTION in transcript.text else ())
        self.draft = Draft(steps, asked, self.now_s, settled=True, close=close)
        self.meter.spoken_s, self.meter.silence_s = self.now_s, 0.0
        return self

    def wait(self, seconds):
        self.now_s += seconds
        self.meter.silence_s += seconds
        return self

    def reply(self, said):
        self.replies.append(Unrecorded(self.now_s, said.text, said.about))
        return said


@pytest.fixture
def spoke(language):
    return Spoke(language)


@pytest.fixture
def drill(reading):
    def made(**options):
        found = Drill(reading, seed=1, **options)
        found.prepare()
        return found

    return made


def asked(spoke, drill):
    """The interviewer's first answer."""
    spoke.say(CLOSE).say(QUESTION, asked=True).wait(ASKED_S)
    return spoke.reply(drill.turn(spoke))


def test_nothing_is_said_before_the_question_and_while_it_is_not_understood(spoke, drill):
    interviewer = drill(wanted="skill")
    assert interviewer.turn(spoke) is None
    spoke.say(CLOSE).wait(10)
    assert interviewer.turn(spoke) is None
    spoke.say(QUESTION, asked=True).wait(ASKED_S / 2)
    assert interviewer.turn(spoke) is None
    spoke.wait(ASKED_S)
    spoke.caught_up = False
    assert interviewer.turn(spoke) is None
    spoke.caught_up = True
    assert interviewer.turn(spoke).kind == "skill"
    assert interviewer.asked


def test_who_goes_on_after_the_question_is_given_more_time(spoke, drill):
    interviewer = drill(wanted="none")
    spoke.say(QUESTION).say("Thank you for your time.").wait(ASKED_S)
    assert interviewer.turn(spoke) is None
    spoke.wait(WENT_ON_S)
    assert interviewer.turn(spoke).text in bank().none
    assert interviewer.over


def test_it_says_nothing_before_it_is_prepared(spoke, reading):
    spoke.say(QUESTION, asked=True).wait(5)
    assert Drill(reading, wanted="none").turn(spoke) is None


def test_a_question_about_what_is_behind_it_is_answered_once(spoke, drill):
    interviewer = drill(wanted="gap")
    concern = asked(spoke, interviewer)
    spoke.wait(1).say(FAIR).say(BEHIND).wait(ASKED_S)
    behind = spoke.reply(interviewer.turn(spoke))
    assert behind.kind == "behind"
    assert (concern.text, behind.text) in {(each.say, each.behind) for each in bank().concerns}
    spoke.wait(1).say(BEHIND).wait(ASKED_S)
    assert getattr(interviewer.turn(spoke), "kind", None) != "behind"


def test_an_answer_with_proof_helps_and_ends_it(spoke, drill):
    interviewer = drill(wanted="seniority")
    asked(spoke, interviewer)
    spoke.wait(1).say(FAIR).say(PROOF).say(HELPED).wait(ASKED_S)
    said = interviewer.turn(spoke)
    assert (said.kind, interviewer.over) == ("helped", True)
    assert said.text in bank().helped


def test_who_asks_whether_nothing_helped_is_told_once_that_it_did_not(spoke, drill):
    interviewer = drill(wanted="skill")
    asked(spoke, interviewer)
    spoke.wait(1).say("I am a quick learner.").say(HELPED).wait(ASKED_S)
    unsure = spoke.reply(interviewer.turn(spoke))
    assert (unsure.kind, interviewer.over) == ("unsure", False)
    spoke.wait(1).say("I would give it everything.").say(HELPED).wait(ASKED_S)
    assert interviewer.turn(spoke).kind == "noted"
    assert interviewer.over


def test_a_response_without_a_question_ends_after_a_longer_silence(spoke, drill):
    interviewer = drill(wanted="skill")
    asked(spoke, interviewer)
    spoke.wait(1).say(FAIR).say(PROOF).wait(ASKED_S)
    assert interviewer.turn(spoke) is None
    spoke.wait(RESPONDED_S)
    assert interviewer.turn(spoke).kind == "helped"


def test_rounds_bring_other_concerns(spoke, drill):
    interviewer = drill(wanted="skill", rounds=3)
    said = [asked(spoke, interviewer)]
    for _ in range(2):
        spoke.wait(1).say(FAIR).say(PROOF).wait(RESPONDED_S)
        said.append(spoke.reply(interviewer.turn(spoke)))
    assert {each.kind for each in said} == {"skill"}
    assert len({each.text for each in said}) == 3
    spoke.wait(1).say(FAIR).say(PROOF).wait(RESPONDED_S)
    assert interviewer.turn(spoke).kind == "helped"


def test_what_the_job_leaves_open_becomes_a_concern(spoke, drill):
    interviewer = drill(wanted="job", posting=POSTING)
    said = asked(spoke, interviewer)
    assert said.kind == "job"
    assert "forklift" in said.text


def test_the_same_seed_is_the_same_interviewer_and_any_includes_none(language, reading):
    def first(seed):
        interviewer = Drill(reading, seed=seed)
        interviewer.prepare()
        return asked(Spoke(language), interviewer)

    assert first(7) == first(7)
    assert {first(seed).kind == "none" for seed in range(12)} == {True, False}


def test_when_a_kind_is_used_up_no_other_follows(spoke, drill):
    listed = [each for each in bank().concerns if each.kind == "overqualified"]
    interviewer = drill(wanted="overqualified", rounds=5)
    said = [asked(spoke, interviewer)]
    while not interviewer.over:
        spoke.wait(1).say(FAIR).say(PROOF).wait(RESPONDED_S)
        said.append(spoke.reply(interviewer.turn(spoke)))
    assert [each.kind for each in said] == ["overqualified"] * len(listed) + ["helped"]


def test_a_response_is_read_once_however_often_it_is_looked_at(spoke, drill, monkeypatch):
    interviewer, read = drill(wanted="skill"), []
    asked(spoke, interviewer)
    reading = type(interviewer._reader).read

    def counted(self, *given):
        read.append(given)
        return reading(self, *given)

    monkeypatch.setattr(type(interviewer._reader), "read", counted)
    spoke.wait(1).say(FAIR).say(PROOF).wait(ASKED_S)
    for _ in range(5):
        assert interviewer.turn(spoke) is None
    assert len(read) == 1
    spoke.say(PROOF).wait(ASKED_S)
    assert interviewer.turn(spoke) is None
    assert len(read) == 2


def test_that_it_helped_settles_it_and_that_it_did_not_is_about_the_same():
    about = {kind: Said("", kind).about for kind in ("skill", "none", "unsure", "behind", "helped")}
    assert about == {
        "skill": "concern",
        "none": "no_concern",
        "unsure": "the same",
        "behind": "the same",
        "helped": "settled",
    }
