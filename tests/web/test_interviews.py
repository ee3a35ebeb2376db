"""What comes with a take or a file beside its words."""

from __future__ import annotations

import pytest

from rehearse.errors import PostingError, TextError
from rehearse.interview.audience import NAMES
from rehearse.interview.concerns import ANSWERS
from rehearse.web.api.wishes import Asked
from rehearse.web.interviews import PEOPLE, TITLES, Opponent, interview_of
from rehearse.web.keeping import Wanted
from rehearse.web.voice import BEGINS_S, LONGEST_S, BrowserVoice


def test_every_answer_and_everybody_has_a_name_on_the_page():
    assert tuple(TITLES) == ANSWERS
    assert tuple(PEOPLE) == NAMES


def test_the_address_and_the_message_of_a_take_name_the_same():
    asked = Asked.model_json_schema()["properties"]["to"]
    assert asked["enum"] == ["", *NAMES]
    assert Wanted.model_json_schema()["properties"]["to"]["enum"] == ["", *NAMES]
    assert Opponent.model_json_schema()["properties"]["concern"]["enum"] == list(ANSWERS)


def test_what_is_empty_was_not_given():
    interview = interview_of(" \n", "", "")
    assert (interview.posting, interview.notes, interview.audience) == (None, None, None)


def test_what_was_given_is_read():
    interview = interview_of("Cook\n- a knife of your own", "the roof leaks", "panel")
    assert interview.posting.lines[-1].text == "a knife of your own"
    assert interview.notes == ("the roof leaks",)
    assert interview.audience.name == "panel"


@pytest.mark.parametrize(
    ("job", "discussed", "error", "says"),
    [
        ("word " * 3001, "", PostingError, "The job posting has 3001 words"),
        ("a\0b", "", TextError, "The job posting is not plain text"),
        ("---", "", TextError, "The job posting holds no words"),
        ("", "the roof leaks\n" * 61, PostingError, "What was discussed holds 61 lines"),
        ("", "roof", PostingError, "What was discussed holds no lines"),
    ],
)
def test_what_nothing_can_be_held_against_is_said(job, discussed, error, says):
    with pytest.raises(error, match=says):
        interview_of(job, discussed, "")


class TestTheVoiceOfABrowser:
    @pytest.fixture
    def at(self, monkeypatch):
        """A function that sets the clock, in seconds."""

        def moved(now):
            monkeypatch.setattr("rehearse.web.voice.time.monotonic", lambda: now)

        moved(0.0)
        return moved

    def test_it_speaks_from_the_words_until_the_page_says_that_it_has_ended(self, at):
        voice = BrowserVoice(aloud=True)
        assert voice.say("Well,")
        assert voice.speaking
        voice.told(speaking=True)
        at(LONGEST_S - 1)
        assert voice.speaking
        voice.told(speaking=False)
        assert not voice.speaking

    def test_a_page_that_forgets_is_not_waited_for(self, at):
        voice = BrowserVoice(aloud=True)
        voice.say("Well,")
        at(BEGINS_S)
        assert not voice.speaking
        voice.say("Well,")
        voice.told(speaking=True)
        at(BEGINS_S + LONGEST_S)
        assert not voice.speaking

    def test_what_the_page_tells_unasked_mutes_nothing(self, at):
        voice = BrowserVoice(aloud=True)
        voice.told(speaking=True)
        assert not voice.speaking

    def test_one_that_is_only_shown_is_never_heard(self):
        voice = BrowserVoice(aloud=False)
        assert not voice.there
        assert not voice.say("Well,")
        assert not voice.speaking
