"""The report as a page, as it is written; tests/web looks at it in a browser."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from rehearse.errors import HistoryError, SoundError
from rehearse.outputs.report_page import html, variables, view
from rehearse.outputs.templating import environment, text_of
from tests.outputs.held_reports import ASKED, CONCERN, duel
from tests.outputs.reports import clockwork, finding, quoted, said, session, told

SOUND = {"src": "/sound", "from_s": 0.0, "waveform_src": "/peaks", "peaks": None}

HOSTILE = (
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "'quoted'",
    "line\u2028separator",
    "]]>",
    "-->",
    "{{7*7}}",
    "{%raw%}",
    "&lt;&#39;",
    "</mark></div>",
)


def fragment(report, **changes):
    shown = variables(session(report), sound=SOUND, checks="/checks/")
    shown["heading"] = "Session 12"  # without the time of day, which is that of the place
    return environment().get_template("parts/report.html").render(**{**shown, **changes})


class Reader(HTMLParser):
    """The elements of a page in order, and the text of the words without that of their marks."""

    SILENT = ("spoken", "step", "pause", "unwritten")
    EMPTY = ("meta", "br", "canvas")

    def __init__(self, page):
        super().__init__()
        self.opened, self.elements, self.text = [], [], ""
        self.feed(page)
        assert self.opened == []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in {"meta", "br"}:
            self.opened.append((tag, (attributes.get("class") or "").split()))

    def handle_endtag(self, tag):
        assert self.opened.pop()[0] == tag

    def handle_data(self, data):
        classes = [name for _, names in self.opened for name in names]
        silent = any(name in self.SILENT for name in classes)
        if "words" in classes and not silent and "sup" not in [tag for tag, _ in self.opened]:
            self.text += data

    def of(self, name):
        return [each for each in self.elements if name in (each[1].get("class") or "").split()]


@pytest.mark.parametrize("name", ["spoken", "typed-strong", "typed-cheesy", "typed-bracketed"])
def test_a_report_is_shown_as_agreed(name, golden):
    report = told(name)
    sound = SOUND if report["engine"] else None
    golden(f"{name}.html", fragment(report, sound=sound))


@pytest.mark.parametrize("name", ["spoken", "typed-strong", "typed-cheesy", "typed-bracketed"])
def test_the_words_can_be_read_as_they_stand(name):
    report = told(name)
    shown = Reader(fragment(report)).text.replace("\xa0", "")
    assert shown.split() == report["transcript"]["text"].split()


def test_whoever_made_the_words_they_are_shown_and_nothing_else_happens():
    report = said(HOSTILE, source=HOSTILE[0], notes=list(HOSTILE))
    report["findings"] = [
        finding(HOSTILE[0], quoted(report, 0, 3), suggestion=HOSTILE[1], check="a/../b?c#d"),
        finding(HOSTILE[5], quoted(report, 2, 5), level="strength"),
    ]
    report |= {"fixes": [0], "steps": report["steps"] | {"fit": {"present": True, "evidence": []}}}
    report["steps"]["fit"]["evidence"] = [quoted(report, 1, 4)]
    report["measures"]["withheld"] = {HOSTILE[0]: HOSTILE[1]}
    page = Reader(html(session(report, label=HOSTILE[0])))
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert not [name for _, attributes in page.elements for name in attributes if name[:2] == "on"]
    assert page.text.replace("\xa0", "").split() == report["transcript"]["text"].split()
    links = [each["href"] for tag, each in Reader(fragment(report)).elements if tag == "a"]
    assert links == ["/checks/a/../b%3Fc%23d", "/checks/wording.cheesy"]


def test_what_would_turn_a_line_around_or_is_no_character_does_no_harm():
    report = said(["a\u202eb", "c\x1b[31m", "\ud800", "\u2067d"])
    report["measures"]["filler_words"] = [quoted(report, 3)]
    page = fragment(report)
    page.encode("utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b\ud800]", page)
    assert len(Reader(page).of("filler")) == 3  # the word, its mark, and the legend


def test_ten_thousand_words_are_shown():
    report = said([f"word{number}" for number in range(10_000)])
    report["findings"] = [finding("Too much.", quoted(report, 10, 9_000))]
    report["fixes"] = [0]
    page = Reader(fragment(report))
    assert len(page.of("word")) == 10_000


@pytest.mark.parametrize("words", [[], ["One"]])
def test_a_report_of_which_nothing_is_known_is_shown(words):
    report = said(words, engine=None, voices=None, recording=None)
    for word in report["transcript"]["words"]:
        word.update(start_s=None, end_s=None, probability=None)
    page = fragment(report, sound=None, heading="")
    assert "Nothing to change" in page
    assert "What you wrote" in page
    assert "None" not in page


def test_with_sound_and_no_known_times_there_is_a_player_and_nothing_to_click():
    report = said(["One", "two"])
    for word in report["transcript"]["words"]:
        word.update(start_s=None, end_s=None)
    page = Reader(fragment(report))
    assert page.of("player")
    assert not [each for _, each in page.elements if "data-start" in each]


def test_a_measure_that_is_withheld_says_why():
    report = said(["One"])
    report["measures"]["withheld"] = {"loudness": "the sound is clipped"}
    assert "not told: the sound is clipped" in fragment(report)


def test_other_voices_stand_apart_and_their_fillers_are_not_counted():
    report = said(["I", "um,", "Right.", "um,", "so"])
    for word, speaker in zip(report["transcript"]["words"], [1, 1, 2, 2, 1], strict=True):
        word["speaker"] = speaker
    voices = [{"speaker": n, "speech_s": 2.0, "candidate": n == 1} for n in (1, 2)]
    report |= {"voices": voices}
    report["measures"]["fillers"] = [{"text": "um", "start_s": 1.0, "end_s": 1.5, "from": "word"}]
    page = fragment(report)
    assert re.findall(r'class="voice"><span class="step">(voice \d)', page) == ["voice 2"]
    assert len(Reader(page).of("filler")) == 3  # the word, its mark, and the legend


def test_words_that_were_not_heard_are_struck_with_the_reason():
    report = said(["So.", "Thank", "you."])
    for word in report["transcript"]["words"][1:]:
        word.update(heard=False, unheard="no voice")
    page = fragment(report)
    assert page.count("<s title=") == 1
    assert "not counted: nothing like a voice is there" in page
    report["transcript"]["words"][1]["unheard"] = "a reason of another version"
    assert "the sound does not bear it out" in fragment(report)


def test_a_filler_that_was_not_written_and_a_pause_stand_where_they_are_heard():
    report = said(["One", "two", "three"])
    report["measures"] |= {
        "fillers": [{"text": "um", "start_s": 0.6, "end_s": 0.8, "from": "sound"}],
        "pauses": [{"start_s": 1.5, "end_s": 2.0, "where": "mid-clause"}],
    }
    words = [
        (each["class"], each["data-start"])
        for _, each in Reader(fragment(report)).elements
        if "data-start" in each and not each["class"].startswith("place")
    ]
    assert words == [
        ("word", "0.0"),
        ("word filler unwritten", "0.6"),
        ("word", "1.0"),
        ("pause mid-clause", "1.5"),
        ("word", "2.0"),
    ]


def test_a_remark_across_two_steps_is_numbered_once():
    report = said(["One", "two", "three", "four"])
    report["findings"] = [finding("It is said twice.", quoted(report, 1, 2))]
    report["fixes"] = [0]
    report["steps"] |= {
        "interest": {"present": True, "evidence": [quoted(report, 0, 1)]},
        "fit": {"present": True, "evidence": [quoted(report, 2, 3)]},
    }
    page = fragment(report)
    assert page.count("<sup>") == 1
    assert page.count("<u>") == 2


def test_two_steps_in_the_same_words_are_named_together():
    report = said(["One", "two"])
    there = {"present": True, "evidence": [quoted(report, 0, 1)]}
    report["steps"] |= {"interest": there, "thanks": there}
    (turn,) = view(report)["turns"]
    assert [passage["title"] for passage in turn["passages"]] == ["interest + thanks"]


def test_what_comes_first_comes_first_and_has_its_number_in_the_words():
    report = said(["One", "two", "three"])
    report["findings"] = [
        finding("The first that was found.", quoted(report, 0), level="tip"),
        finding("The worst.", quoted(report, 2)),
    ]
    report["fixes"] = [1, 0]
    shown = view(report)
    assert [(each["number"], each["message"]) for each in shown["fixes"]] == [
        (1, "The worst."),
        (2, "The first that was found."),
    ]
    assert [m["text"] for m in shown["marks"] if m["kind"] == "remark"] == ["1", "2"]


def test_times_are_those_of_the_source():
    report = said(["One", "two"])
    report["findings"] = [finding("It.", quoted(report, 1))]
    report["fixes"] = [0]
    page = fragment(report, sound=SOUND | {"from_s": 0.75})
    assert 'data-from="0.75"' in page
    assert 'data-play="1.0" hidden>Play from 0:01<' in page


def test_the_marks_are_told_in_words():
    marks = view(told("spoken"))["marks_told"]
    assert marks == "interest at 0:00; concerns question at 0:04; 1 filler; 4 pauses."


def test_a_name_that_is_missing_is_an_error():
    shown = variables(session(told("spoken")), sound=None, checks=None)
    for name in shown:
        less = {key: value for key, value in shown.items() if key != name}
        with pytest.raises(UndefinedError):
            environment().get_template("parts/report.html").render(**less)


def test_a_report_that_was_damaged_is_told():
    with pytest.raises(HistoryError, match="cannot be read"):
        view({"format": 1})


def section(page, name):
    """A section of a page, as it is written."""
    return re.search(rf'<section aria-labelledby="report-{name}">.*?</section>', page, re.DOTALL)[0]


def told_by(part):
    """What a part of a page says, a blank between two."""
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


class TestWhatItIsHeldAgainst:
    def test_an_exchange_stands_with_their_words_and_each_mark_plays_its_own(self):
        part = section(fragment(duel()), "round-1")
        assert "They named a concern: half of an answer" in part
        assert f"Interviewer : {CONCERN}" in told_by(part)
        signs = re.findall(r'class="sign"[^>]*>(.)</span> <span class="title">([^<]+)', part)
        assert signs == [
            ("✓", "acknowledged"),
            ("✓", "asked what is behind it"),
            ("✓", "answered with evidence"),
            ("✗", "checked that it helped"),
            ("!", "defensive"),
        ]
        # The interviewer's words take no time of the recording.
        assert re.findall(r'data-play="([^"]+)"', part) == ["7.0", "9.0", "13.0", "17.0"]

    def test_a_sign_never_stands_alone(self):
        page = fragment(duel())
        states = re.findall(r'class="state">([^<]+)</span></p>', page)
        assert len(states) == len(re.findall('class="sign"', page)) == 11
        assert all(state.strip() for state in states)

    def test_criteria_stand_in_order_with_how_important_they_are_and_what_answers_them(self):
        part = told_by(section(fragment(duel(), sound=None), "criteria"))
        assert (
            "Of the 3 things they require, you answer 1 with something of your own; 1 is only"
            in part
        )
        rows = [
            "✓ You have led a team. must, answered “I led twelve people.” at 0:13",
            "~ You plan shifts. must, only named “Fair point.” at 0:07",
            "✗ You hold a licence. must, missing",
            "· You speak Welsh. a plus, missing",
        ]
        assert part.endswith(" ".join(rows))

    def test_what_was_talked_about_is_recalled_or_not(self):
        part = told_by(section(fragment(duel(), sound=None), "recalled"))
        assert "✓ the team is new recalled “I led twelve people.”" in part
        assert part.endswith("· nights are short not recalled")

    def test_several_exchanges_can_be_told_apart(self):
        report = duel()
        report["exchanges"] *= 2
        titles = re.findall(r'<h2 id="report-round-.">([^<]+)', fragment(report))
        assert titles == [f"{n}. They named a concern: half of an answer" for n in (1, 2)]

    def test_no_concern_and_no_response_have_no_marks_to_earn(self):
        report = duel()
        silent = {"reply": "no_concern", "response": None, "quality": None}
        silent["quotations"] = dict.fromkeys(report["exchange"]["quotations"], ())
        report["exchanges"] = [report["exchange"] | silent]
        part = section(fragment(report), "round-1")
        assert "They have no concern: you said nothing to it" in part
        assert 'class="sign"' not in part

    def test_a_plan_is_counted(self):
        report = duel()
        led = report["criteria"][0]["evidence"]
        said = {"part": "why", "text": "the team", "quotations": led}
        report["plan"] = [said, {"part": "question", "text": "any doubts?", "quotations": []}]
        part = told_by(section(fragment(report, sound=None), "planned"))
        assert part.startswith("Your plan: 1 of 2 said")

    def test_a_report_of_before_all_that_has_none_of_it(self):
        report = told("spoken")
        for name in ("exchange", "exchanges", "criteria", "discussed", "plan", "to"):
            report.pop(name, None)
        assert 'class="against"' not in fragment(report)

    def test_whoever_wrote_them_they_are_shown_and_nothing_else_happens(self):
        report = duel("<script>alert(1)</script> &amp; <b>no</b>")
        report["criteria"][0]["text"] = HOSTILE[0]
        report["discussed"][1]["note"] = HOSTILE[1]
        page = Reader(html(session(report)))
        assert [tag for tag, _ in page.elements].count("script") == 1
        assert not [name for _, given in page.elements for name in given if name[:2] == "on"]
        assert not [tag for tag, _ in page.elements if tag == "b"]

    def test_who_was_not_recorded_is_the_interviewer_and_cannot_be_played(self):
        page = fragment(duel())
        assert re.findall(r'class="voice"><span class="step">([^<]+)', page) == ["interviewer"]
        words = re.findall(r'<span class="word"([^>]*)>([^<]+)</span>', page)
        silent = [text for times, text in words if not times]
        assert silent == CONCERN.split()
        assert len(words) - len(silent) > len(ASKED.split())


class TestOneFile:
    def test_it_runs_its_own_script_and_style_and_nothing_else(self):
        page = html(session(told("spoken")))
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
        assert "unsafe" not in policy
        for tag in ("script", "style"):
            ((inside),) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            digest = b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy

    def test_it_names_no_other_file_or_place(self, tmp_path):
        page = html(session(told("spoken")), sound=clockwork(tmp_path / "a.flac", 1))
        for _, attributes in Reader(page).elements:
            for name in ("src", "href", "srcset", "data", "action", "poster"):
                assert attributes.get(name, "data:").startswith("data:")
        assert not re.search(r"url\(|@import|import\(|XMLHttp|WebSocket", page)

    def test_the_sound_is_in_it_as_it_is(self, tmp_path):
        path = clockwork(tmp_path / "a.flac", 1)
        page = html(session(told("spoken"), from_s=2.5), sound=path)
        (audio,) = [each for tag, each in Reader(page).elements if tag == "audio"]
        assert b64decode(audio["src"].partition(",")[2]) == path.read_bytes()
        assert 'data-from="2.5"' in page
        assert "your voice" in page

    def test_without_sound_there_is_no_player_and_nothing_to_play(self):
        page = Reader(html(session(told("spoken"))))
        assert not page.of("player")
        assert not page.of("play")
        assert not [each for _, each in page.elements if "data-start" in each]

    def test_a_sound_that_cannot_be_read_is_told(self, tmp_path):
        path = tmp_path / "a.flac"
        with pytest.raises(SoundError, match=r"a\.flac cannot be read"):
            html(session(told("spoken")), sound=path)
        path.write_bytes(b"fLaC")
        with pytest.raises(SoundError, match=r"a\.flac cannot be read"):
            html(session(told("spoken")), sound=path)

    @pytest.mark.parametrize("name", ["report.js", "report.css", "page.css"])
    def test_what_is_put_into_it_does_not_end_its_element(self, name):
        assert "</" not in text_of(name)
