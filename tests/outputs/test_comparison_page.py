"""Two sessions side by side as a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.history import History
from rehearse.outputs import comparison_page
from rehearse.outputs.links import Links
from rehearse.outputs.templating import environment
from tests.history.reports import entry
from tests.outputs.reading import Page

pytestmark = pytest.mark.usefixtures("in_utc")

EVIL = "<script>alert(1)</script> & \" ' </section> \u2028 \u202eback {{ 7 * 7 }}"
WORDS = "I would love this job. You need a calm person. Any concerns? Thank you."


def fragment(first, second, **options):
    """The part of a page of the server."""
    told = comparison_page.fields(first, second, **({"links": Links()} | options))
    return environment().get_template(comparison_page.PART).render(**told)


@pytest.fixture
def pair(tmp_path):
    """A function that keeps two takes and gives their sessions."""

    def keep(*entries):
        with History(tmp_path) as opened:
            for each in entries:
                opened.add(each)
            return opened.sessions()

    return keep


def test_two_sessions_in_the_server_are_written_as_agreed(month, golden):
    with History(month) as opened:
        first, last = opened.session(1), opened.sessions(last=1)[0]
    golden("comparison-page.html", fragment(first, last, sounds={1: "/sessions/1/sound.flac"}))


def test_a_file_refers_to_nothing_and_runs_nothing(pair):
    page = Page(comparison_page.html(*pair(entry(1, WORDS), entry(2))))
    assert page.refers == page.scripts == page.handlers == page.styled == []
    assert "audio" not in page.tags


def test_there_is_a_player_for_each_side_that_has_sound(pair):
    first, second = pair(entry(1), entry(2))
    sounds = {first.number: None, second.number: "/sound/2"}
    page = Page(fragment(first, second, sounds=sounds))
    assert page.tags.count("audio") == 1
    assert "/sound/2" in page.refers


def test_what_only_one_says_is_marked_with_more_than_a_colour(pair):
    text = fragment(*pair(entry(1, WORDS), entry(2, WORDS.replace("a calm person", "calm people"))))
    assert "<del>‹a›</del> calm <del>‹person.›</del>" in " ".join(text.split())
    assert "calm <ins>‹people.›</ins>" in " ".join(text.split())


def test_words_are_said_as_they_were(pair):
    first, second = pair(entry(1, WORDS), entry(2, WORDS.replace("a calm person", "calm people")))
    said = Page(fragment(first, second)).said.replace("‹", "").replace("›", "")
    assert WORDS in said
    assert WORDS.replace("a calm person", "calm people") in said


def test_the_same_words_are_shown_once(pair):
    said = Page(fragment(*pair(entry(1, WORDS), entry(2, WORDS)))).said
    assert said.count(WORDS) == 1
    assert "The same in both." in said
    assert "the same as session 1" in said


def test_too_little_in_common_is_said(pair):
    page = Page(fragment(*pair(entry(1, WORDS), entry(2, "Good evening to everybody"))))
    assert "too few words in common" in page.said
    assert not {"ins", "del"} & set(page.tags)


def test_steps_that_came_and_went_are_named(pair):
    first, second = pair(entry(1, steps=("interest", "fit")), entry(2, steps=("fit", "thanks")))
    said = Page(fragment(first, second)).said
    assert "interest ✓there ✗missing gone " in said
    assert "thanks ✗missing ✓there new " in said


def test_a_session_may_stand_beside_itself(pair):
    (only,) = pair(entry(1, WORDS))
    page = Page(fragment(only, only))
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert "The same in both." in page.said


def test_what_was_said_runs_nothing_and_stands_as_it_is(pair):
    first, second = pair(entry(1, EVIL, label=EVIL), entry(2, f"{EVIL} more", cheesy=1))
    first, second = replace(first, source=EVIL), replace(second, source=EVIL)
    (finding,) = second.report["findings"]
    finding["at"]["text"] = EVIL
    for text in (fragment(first, second), comparison_page.html(first, second)):
        page = Page(text)
        assert page.scripts == page.handlers == page.styled == []
        assert set(page.isolated) == {EVIL}
        assert page.said.count("<script>alert(1)</script>") == 6
        assert "49" not in page.said
