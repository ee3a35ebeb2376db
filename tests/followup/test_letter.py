"""The thank-you note: what was said stands in it, what was not is a gap."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rehearse.errors import FollowUpError, HistoryError
from rehearse.followup import Details, letter
from rehearse.followup.details import Address
from rehearse.followup.letter import MOST
from tests.followup.reports import (
    TALK,
    THANKS,
    criterion,
    quotation,
    report,
    talk,
)

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FIT = "I ran the nights at Ashby for two years, and we cut the falls by half."
ALL = Details(
    name="Zoë Ångström",
    role="ward nurse",
    company="Ashby",
    sender=Address("Kim Roe", "kim@example.org"),
)


def exchange():
    """The concern and the answer of `talk`, to be put into another report."""
    told = talk()
    return {name: told[name] for name in ("exchange", "exchanges")}


def words(text):
    return re.findall(r"[\w'’]+", text.lower())


def in_order(some, all_of_it):
    """Whether these words come in this order, with others between them or not."""
    rest = iter(all_of_it)
    return all(word in rest for word in some)


def brackets(text):
    return re.findall(r"\[[^\]]*\]", text)


class TestWhatWasSaid:
    def test_the_whole_note_of_a_talk(self):
        assert letter(talk(), ALL).text == (
            "Dear Zoë Ångström,\n\n"
            "Thank you for talking with me about the role of ward nurse at Ashby, and for the "
            "tour.\n\n"
            "What I said at the end still holds: “I'd really like to work on this ward.” You said "
            "you need somebody for nights. I ran the nights at Ashby for two years, and we cut the "
            "falls by half.\n\n"
            "Thank you for being open about your concern: “I am a bit worried that you have never "
            "managed a budget.” At Ashby I kept the ward's budget of 90 thousand pounds for a "
            "year.\n\n"
            "The next step, as I understand it, is [the next step, and when it is]. If anything is "
            "still open on your side, I will gladly answer it, by phone or by e-mail, "
            "whichever suits you.\n\n"
            "Kind regards,\nKim Roe"
        )

    def test_fillers_and_words_said_twice_are_left_out(self):
        text = letter(talk(), ALL).text
        assert "um," not in text.lower()
        assert "you, you" not in text

    def test_words_said_twice_without_a_sound_between_are_left_out(self):
        text = "I would love I would love to work here."
        told = report(text, interest=[text])
        assert "“I would love to work here.”" in letter(told, Details()).text

    def test_a_word_that_is_meant_twice_stays(self):
        told = report("I know that that job is mine, and I had had two.", fit=["I know that that"])
        assert "I know that that job is mine, and I had had two." in letter(told, Details()).text

    def test_no_sentence_goes_on_across_what_the_other_said(self):
        text = "I kept two wards and you never did I kept them for years."
        told = report(text, fit=["I kept two wards"]) | exchange()
        told["exchange"] |= {"said": quotation(text, "and you never did"), "response": None}
        told["exchange"]["reply"] = "no_concern"
        told["exchange"]["quotations"] = {}
        assert "two wards I kept" not in letter(told, ALL).text

    def test_a_filler_word_that_the_report_names_is_left_out(self):
        told = report(
            "I want, like, this job.", interest=["I want, like, this job."], filler_words=["like,"]
        )
        assert "“I want, this job.”" in letter(told, Details()).text

    def test_words_that_hang_in_the_air_are_a_gap(self):
        text = "I saw the boat. I would love to be in it."
        note = letter(report(text, interest=["I would love to be in it."]), Details())
        assert note.said == ()

    def test_what_it_is_stays_with_it(self):
        text = "I saw the boat, and I would love to be in it."
        assert f"“{text}”" in letter(report(text, interest=[text]), Details()).text

    def test_a_hedged_proof_is_none(self):
        text = "I guess I ran two wards."
        assert letter(report(text, fit=[text]), Details()).said == ()

    def test_what_was_not_heard_is_not_in_it(self):
        told = report(
            "I want this great job.", unheard=("great",), interest=["I want this great job."]
        )
        assert "“I want this job.”" in letter(told, Details()).text

    def test_what_another_voice_says_is_never_the_candidates(self):
        told = report("We pay well. I want this job.", theirs="I want this job.")
        told["steps"]["interest"]["evidence"] = [
            quotation("We pay well. I want this job.", "I want")
        ]
        assert "I want this job" not in letter(told, Details()).text

    def test_a_typed_concern_is_never_the_candidates(self):
        whole = talk(voices=None)
        for word in whole["transcript"]["words"]:
            word["speaker"] = None
        whole["steps"]["fit"]["evidence"] = [quotation(TALK, "I am a bit worried that you")]
        text = letter(whole, ALL).text
        assert text.count("I am a bit worried") == 1
        assert "concern: “I am a bit worried" in text

    @pytest.mark.parametrize("kind", ["cheesy", "arrogant"])
    def test_a_line_that_the_report_advises_against_is_left_out(self, kind):
        told = talk()
        at = quotation(TALK, FIT)
        flagged = {"check": f"wording.{kind}", "level": "fix", "message": "", "suggestion": ""}
        told["findings"] = [flagged | {"at": at}]
        assert "falls by half" not in letter(told, ALL).text

    def test_a_defensive_sentence_is_no_answer(self):
        told = talk()
        told["exchange"]["quotations"]["evidence"] = []
        told["exchange"]["response"] = quotation(TALK, "It is not my fault that nobody asked.")
        note = letter(told, ALL)
        assert "fault" not in note.text
        assert "your answer in one sentence: what you did, and what came of it" in note.gaps

    def test_an_answer_that_was_none_is_a_gap(self):
        told = talk()
        told["exchange"]["quotations"] = {}
        assert "90 thousand" in letter(told, ALL).text
        told["exchange"]["quality"] = "bad"
        assert "90 thousand" not in letter(told, ALL).text

    def test_a_question_of_the_interviewer_is_told_as_one(self):
        text = "I want this job. What about budgets? I kept one for two years."
        said = report(text, theirs="What about budgets?", interest=["I want this job."])
        told = said | exchange()
        told["exchange"]["said"] = quotation(text, "What about budgets?")
        told["exchange"]["quotations"] = {
            "evidence": [quotation(text, "I kept one for two years.")]
        }
        told["exchange"]["response"] = None
        assert "You asked me: “What about budgets?” I kept one for two years." in (
            letter(told, ALL).text
        )

    def test_no_concern_is_not_written_about(self):
        told = talk()
        told["exchange"]["reply"] = "no_concern"
        assert "concern" not in letter(told, ALL).text

    def test_what_answered_the_concern_is_not_told_twice(self):
        told = talk()
        told["steps"]["fit"]["evidence"] = told["exchange"]["quotations"]["evidence"]
        assert letter(told, ALL).text.count("90 thousand") == 1

    def test_a_close_without_full_stops_is_quoted(self):
        text = "so i want this job and you said nights i ran the nights at ashby for two years"
        told = report(
            text,
            interest=["i want this job"],
            fit=["i ran the nights at ashby for two years"],
        )
        note = letter(told, Details()).text
        assert "I told you: “I ran the nights at ashby for two years.”" in note
        assert "“I want this job.”" in note

    def test_a_promise_is_brought_back_to_mind(self):
        told = report("I'll email you my references tonight.")
        assert "I said: “I'll email you my references tonight”. [attach it, or say when" in (
            letter(told, Details()).text
        )


class TestNothingIsInvented:
    @pytest.mark.parametrize("told", [talk(), talk(criteria=[criterion("calm", rank=1)])])
    def test_every_quotation_was_said(self, told):
        note = letter(told, Details())
        quoted = re.findall(r"“([^”]*)”", note.text)
        criteria = [each["text"] for each in told.get("criteria") or ()]
        assert len(quoted) >= 2
        for each in quoted:
            assert each in criteria or in_order(words(each), words(TALK))

    def test_what_is_called_said_was_said_where_it_says(self):
        for each in letter(talk(), Details()).said:
            assert in_order(words(each.text), words(TALK[each.start : each.end]))

    def test_of_every_sample_as_well(self, command):
        samples = sorted(path for path in SAMPLES.glob("*.txt") if "require" not in path.name)
        _, lines, _ = command("analyze", "--json", "--no-keep", *samples)
        for line in lines.splitlines():
            told = json.loads(line)
            note = letter(told, Details())
            whole = told["transcript"]["text"]
            assert note.said
            assert 80 <= note.words <= MOST
            for each in note.said:
                assert in_order(words(each.text), words(whole[each.start : each.end]))


class TestGaps:
    def test_every_gap_is_counted_once_and_in_order(self):
        note = letter(talk(), Details(card=True))
        shown = brackets(note.text)
        assert shown == list(dict.fromkeys(shown))
        assert [f"[{asks}]" for asks in note.gaps] == shown
        assert note.gaps == (
            "their name",
            "the role",
            "the company",
            "the next step, and when it is",
            "your name",
        )

    def test_brackets_that_somebody_typed_are_no_gap(self):
        note = letter(report("I want [this] job."), Details(name="A [B]"))
        assert "A [B]" in note.text
        assert "B" not in note.gaps
        assert "this" not in note.gaps

    def test_what_was_not_said_is_a_gap(self):
        note = letter(report("Goodbye then."), Details())
        assert note.gaps == (
            "their name",
            "the role",
            "the company",
            "one particular thing that they told or showed you",
            "one sentence that says that you want this work, and why",
            "one thing that you did that this work needs, and what came of it",
            "the next step, and when it is",
            "your name",
        )

    def test_several_interviewers_have_several_names(self):
        assert "their names" in letter(talk(to="panel"), Details()).gaps

    def test_the_subject_has_no_gap(self):
        assert letter(talk(), Details()).subject == "Thank you for the interview"
        assert letter(talk(), ALL).subject == "Thank you for the interview – ward nurse"


class TestThePosting:
    def test_the_criterion_that_was_answered_best_has_their_own_proof(self):
        criteria = [
            criterion("patience", rank=1, evidence=["I understand that."]),
            criterion("care", rank=3, level="plus", evidence=[FIT]),
            criterion("two years of nights", rank=2, evidence=[FIT]),
        ]
        assert f"The role asks for “two years of nights”. {FIT}" in (
            letter(talk(criteria=criteria), ALL).text
        )

    def test_the_most_important_unanswered_criterion_is_a_gap(self):
        criteria = [
            criterion("a licence", rank=1, level="plus"),
            criterion("calm", rank=3),
            criterion("order", rank=2),
        ]
        note = letter(talk(criteria=criteria), ALL)
        assert "One thing more, about “order”: [one thing you did that shows it]." in note.text
        assert "calm" not in note.text

    def test_what_was_noted_stands_in_it(self):
        notes = [{"note": "the roof is gone.", "quotations": [quotation(TALK, "your time")]}]
        assert "I noted what you told me: the roof is gone." in (
            letter(talk(discussed=notes) | {"exchange": None}, ALL).text
        )

    def test_what_was_noted_is_not_told_twice(self):
        notes = [{"note": "nights", "quotations": [quotation(TALK, "need somebody for nights")]}]
        assert "I noted" not in letter(talk(discussed=notes), ALL).text

    @pytest.mark.parametrize("key", ["to", "criteria", "discussed", "exchange", "exchanges"])
    def test_a_report_without_it_reads_as_one_with_null(self, key):
        without = talk()
        without.pop(key, None)
        assert letter(without, ALL) == letter(talk() | {key: None}, ALL)


class TestLength:
    @pytest.mark.parametrize("text", ["Goodbye.", "I want this job.", THANKS])
    def test_little_that_was_said_makes_a_whole_note(self, text):
        steps = {"interest": [text]} if "want" in text else {"thanks": [text]}
        assert 80 <= letter(report(text, **steps), Details()).words <= MOST

    def test_everything_at_its_longest_is_not_too_long(self):
        want = "I want to work here " + "and with you " * 5 + "today."
        fit = "You said it " + "was hard " * 8 + "there. I did it " + "with two men " * 8 + "there."
        doubt = "I doubt that you " + "were ever " * 6 + "there."
        answer = "I was there for " + "two long " * 11 + "years."
        thanks = "Thank you for the long day with the team, and for the very long walk with you."
        text = f"{want} {fit} {doubt} {answer} {thanks} I'll send you what we all wrote down."
        proof = fit.split(". ")[1]
        told = report(text, theirs=doubt, interest=[want], fit=[proof], thanks=[thanks])
        told |= exchange()
        told["exchange"] |= {"said": quotation(text, doubt), "response": quotation(text, answer)}
        told["exchange"]["quotations"] = {}
        told["criteria"] = [criterion("one " * 14, rank=1)]
        told["discussed"] = [{"note": "one " * 14, "quotations": [quotation(text, "walk")]}]
        note = letter(told, Details(card=True))
        assert 120 <= note.words <= MOST
        assert "years." in note.text
        assert "“I doubt" in note.text

    def test_a_long_sentence_ends_with_a_clause(self):
        fit = (
            "I built the first line in two years with four people, and then we moved the whole of "
            "it to another town over one long and very wet weekend without stopping it once."
        )
        told = report(fit, fit=[fit])
        assert " I built the first line in two years with four people.\n" in (
            letter(told, Details()).text
        )


class TestTheCard:
    def test_it_has_two_sentences_and_a_name(self):
        card = letter(talk(), Details(**{**_fields(ALL), "card": True})).card
        assert "".join(map(str, card)) == (
            "Dear Zoë Ångström,\n"
            "Thank you for talking with me about the role of ward nurse at Ashby, and for the "
            "tour. What I said at the end still holds: “I'd really like to work on this ward.”\n"
            "Kim Roe"
        )

    def test_only_who_asks_for_it_has_it(self):
        note = letter(talk(), ALL)
        assert note.card == ()
        assert "card" not in note.text

    def test_details_that_were_asked_for_are_confirmed(self):
        told = talk()
        told["facets"]["business_card"] = True
        assert "their address" in letter(told, Details(card=True)).gaps


def test_a_session_without_words_is_refused():
    with pytest.raises(FollowUpError, match="no words"):
        letter(report("Thank you.", unheard=("Thank", "you.")), Details())


def test_a_damaged_report_is_no_traceback():
    told = talk()
    del told["steps"]["thanks"]
    with pytest.raises(HistoryError, match="cannot be read: KeyError"):
        letter(told, Details())


def test_words_that_may_be_misheard_are_named():
    told = talk()
    for word in told["transcript"]["words"]:
        word["probability"] = 0.3 if word["text"] in {"falls", "bit", "direct"} else 0.9
    assert letter(told, ALL).unsure == ("falls",)


def _fields(details):
    return {name: getattr(details, name) for name in type(details).__slots__}
