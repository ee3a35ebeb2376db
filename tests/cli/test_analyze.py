"""`rehearse analyze` as it is called: several inputs, text, parts of a recording, JSON."""

from __future__ import annotations

import json
from itertools import chain
from types import SimpleNamespace

import pytest

from rehearse.timecode import parse_clock

STRONG = (
    "I’d really like to work here. You said the hard part is picking errors. At my last warehouse "
    "I trained fourteen pickers and we cut errors from three percent to one. Do you have any "
    "concerns about hiring me? Thank you for the tour — really.\n"
)
CHEESY = "So, when do I start? Thank you."

NUMBER = (int, float)
TEXT = str
MAYBE_NUMBER = (int, float, type(None))
QUOTATION = {"text": TEXT, "start": int, "end": int, "start_s": MAYBE_NUMBER, "end_s": MAYBE_NUMBER}
STEP = {"present": bool, "evidence": [QUOTATION]}
SCHEMA = {
    "format": int,
    "source": TEXT,
    "error": type(None),
    "engine": {"name": TEXT, "model": TEXT, "sha256": TEXT},
    "transcript": {
        "text": TEXT,
        "words": [{**QUOTATION, "probability": MAYBE_NUMBER, "heard": bool}],
    },
    "steps": {"interest": STEP, "fit": STEP, "concerns": STEP, "thanks": STEP},
    "facets": {
        "next_steps": bool,
        "business_card": bool,
        "follow_up": bool,
        "quantified": bool,
        "reminder": bool,
    },
    "measures": {
        "duration_s": NUMBER,
        "span_s": NUMBER,
        "speech_s": NUMBER,
        "words": int,
        "pace_wpm": NUMBER,
        "articulation_wpm": NUMBER,
        "fillers": [{"text": TEXT, "start_s": MAYBE_NUMBER, "end_s": MAYBE_NUMBER, "from": TEXT}],
        "pauses": [{"start_s": NUMBER, "end_s": NUMBER, "where": TEXT}],
        "pitch_sd_st": MAYBE_NUMBER,
        "pitch_range_st": MAYBE_NUMBER,
        "loudness_range_db": MAYBE_NUMBER,
    },
    "findings": [
        {
            "check": TEXT,
            "level": TEXT,
            "message": TEXT,
            "suggestion": TEXT,
            "at": (dict, type(None)),
        }
    ],
    "fixes": [int],
}
"""What programs outside rely on. Fields may be added; none of these may go or change."""

OF_TEXT = {
    **SCHEMA,
    "engine": type(None),
    "measures": {
        **{name: type(None) for name in SCHEMA["measures"]},
        "words": int,
        "fillers": SCHEMA["measures"]["fillers"],
    },
}


def faults(value, schema, path="report"):
    """Where a value is not as the schema says."""
    if isinstance(schema, dict):
        if not isinstance(value, dict):
            return [f"{path} is no object"]
        missing = [f"{path}.{name} is missing" for name in schema if name not in value]
        inner = [faults(value[n], schema[n], f"{path}.{n}") for n in schema if n in value]
        return missing + list(chain.from_iterable(inner))
    if isinstance(schema, list):
        if not isinstance(value, list):
            return [f"{path} is no list"]
        inner = [faults(each, schema[0], f"{path}[{number}]") for number, each in enumerate(value)]
        return list(chain.from_iterable(inner))
    wanted = schema if isinstance(schema, tuple) else (schema,)
    # A bool is an int to Python, and no number to anybody else.
    right = isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool))
    return [] if right else [f"{path} is {value!r}"]


def quotations(report):
    steps = [each for step in report["steps"].values() for each in step["evidence"]]
    return steps + [each["at"] for each in report["findings"] if each["at"]]


def misquoted(report):
    text = report["transcript"]["text"]
    everything = [*quotations(report), *report["transcript"]["words"]]
    return [each for each in everything if text[each["start"] : each["end"]] != each["text"]]


@pytest.fixture(scope="module")
def typed(program, tmp_path_factory):
    """One run over a text, an input that is not there, standard input, and a text again."""
    folder = tmp_path_factory.mktemp("closes")
    (folder / "strong.txt").write_text(STRONG, "utf-8")
    (folder / "cheesy.txt").write_text(CHEESY, "utf-8")
    sources = [folder / "strong.txt", folder / "missing.m4a", "-", folder / "cheesy.txt"]
    done = program("-m", "rehearse", "analyze", "--json", *sources, stdin=STRONG)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return SimpleNamespace(sources=sources, code=done.returncode, err=done.stderr, reports=reports)


class TestTypedCloses:
    def test_every_input_has_its_line_in_the_order_given(self, typed):
        assert [each["source"] for each in typed.reports] == [str(each) for each in typed.sources]

    def test_an_input_that_cannot_be_analysed_makes_the_exit_code_two(self, typed):
        assert typed.code == 2

    def test_an_input_that_cannot_be_analysed_says_why_and_nothing_else(self, typed):
        report = typed.reports[1]
        assert set(report["error"]) == {"message", "hint"}
        assert "missing.m4a" in report["error"]["message"]
        others = [name for name in SCHEMA if name not in {"format", "source", "error"}]
        assert all(report[name] is None for name in others)

    def test_an_error_is_two_lines_and_no_traceback(self, typed):
        said = [line for line in typed.err.splitlines() if not line.startswith("Kept as session")]
        first, second = said
        assert first.startswith("error: ")
        assert second.startswith("       ")

    @pytest.mark.parametrize("number", [0, 2, 3])
    def test_a_report_has_the_fields_of_a_text(self, typed, number):
        assert faults(typed.reports[number], OF_TEXT) == []
        assert typed.reports[number]["format"] == 1

    def test_standard_input_is_judged_like_a_file(self, typed):
        assert {**typed.reports[2], "source": typed.reports[0]["source"]} == typed.reports[0]

    def test_all_four_steps_are_found(self, typed):
        assert all(step["present"] for step in typed.reports[0]["steps"].values())

    @pytest.mark.parametrize("number", [0, 2, 3])
    def test_every_quotation_is_exact(self, typed, number):
        assert quotations(typed.reports[number])
        assert misquoted(typed.reports[number]) == []

    def test_a_cheesy_line_is_quoted(self, typed):
        (found,) = (f for f in typed.reports[3]["findings"] if f["check"] == "wording.cheesy")
        assert (found["level"], found["at"]["text"]) == ("fix", "So, when do I start?")


def test_a_report_that_is_piped_is_plain_and_its_findings_are_no_failure(program):
    done = program("-m", "rehearse", "analyze", "--no-keep", "-", stdin=CHEESY, FORCE_COLOR="")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("1 of 4 steps · 7 words   typed close\n")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--from", "1:00", "--to", "0:30"), "--from 1:00 is not before --to 0:30"),
        (("--from", "0:30", "--to", "30"), "--from 0:30 is not before --to 30"),
        (("--from", "soon"), "--from 'soon' is not a time"),
        (("--model", "enormous"), "no weights called 'enormous'"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(arguments, says, command):
    code, out, err = command("analyze", "nowhere.wav", *arguments)
    assert (code, out) == (2, "")
    assert says in err


FROM, TO = "0:10", "0:25.5"


@pytest.fixture(scope="module")
def part(program, tmp_path_factory):
    """One run over a part of a recording, and a text that has no parts."""
    text = tmp_path_factory.mktemp("closes") / "strong.txt"
    text.write_text(STRONG, "utf-8")
    done = program(
        *("-m", "rehearse", "analyze", "--json", "--no-keep", "--from", FROM, "--to", TO),
        *("samples/strong-close.wav", text),
    )
    return done.returncode, *map(json.loads, done.stdout.splitlines())


@pytest.mark.weights
class TestPartOfARecording:
    def test_has_the_fields_of_a_recording(self, part):
        _, report, _ = part
        assert faults(report, SCHEMA) == []
        assert (report["engine"]["name"], report["engine"]["model"]) == ("faster-whisper", "base")

    def test_is_as_long_as_was_picked(self, part):
        assert part[1]["measures"]["duration_s"] == pytest.approx(15.5, abs=0.05)

    def test_counts_its_times_from_the_start_of_the_source(self, part):
        report = part[1]
        first, last = parse_clock(FROM, "--from"), parse_clock(TO, "--to")
        timed = [*report["transcript"]["words"], *report["measures"]["pauses"], *quotations(report)]
        assert len(timed) > 20
        assert all(first <= each["start_s"] < each["end_s"] <= last + 0.1 for each in timed)

    def test_holds_only_what_was_said_in_it(self, part):
        text = part[1]["transcript"]["text"]
        assert "fourteen" in text or "14" in text
        assert "before we finish" not in text.lower()
        assert "thank you for the tour" not in text.lower()

    def test_quotes_exactly(self, part):
        assert quotations(part[1])
        assert misquoted(part[1]) == []

    def test_measures_agree_with_each_other(self, part):
        measures = part[1]["measures"]
        assert 0 < measures["speech_s"] <= measures["span_s"] <= measures["duration_s"]
        pace = 60 * measures["words"] / measures["span_s"]
        assert measures["pace_wpm"] == pytest.approx(pace, rel=0.01)
        silent = sum(each["end_s"] - each["start_s"] for each in measures["pauses"])
        assert measures["span_s"] - silent == pytest.approx(measures["speech_s"], abs=0.05)

    def test_a_text_has_no_parts(self, part):
        code, _, report = part
        assert code == 2
        assert "--from and --to pick a part of a recording" in report["error"]["message"]
