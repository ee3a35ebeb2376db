"""`rehearse plan`, as it is called: by questions, by options, and where it cannot be done."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.cli import cards
from rehearse.history import History
from rehearse.interview.plan import QUESTION, Point
from tests.history.reports import entry
from tests.live.terminal import Terminal

TOP = Path(__file__).resolve().parents[2]
ACME = "Acme, hiring manager"
OPTIONS = (
    *("--role", "Ward nurse, nights", "--criterion", "calm on a busy ward"),
    *("--proof", "I ran the night shift at St Bride's, 40 beds", "--why", "I like calm mornings"),
)
CARD = f"""\
Your cues · {ACME}
  want   calm mornings
  1      busy ward → night shift, St Bride's, 40 beds
  ask    concerns?
  thank
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def answering(command, monkeypatch):
    """A function that runs `rehearse plan` with lines on standard input."""

    def ran(*arguments, lines=(), bytes_=None):
        typed = "".join(f"{line}\n" for line in lines).encode() if bytes_ is None else bytes_
        stdin = io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        return command("plan", *arguments)

    return ran


def plan_of(home, label=""):
    with History(home) as history:
        return history.plan(label)


def nothing_kept(home):
    with History(home) as history:
        return history.plans() == {}


class TestOptions:
    def test_a_plan_by_options_asks_nothing(self, answering, home):
        code, out, err = answering("--for", f" {ACME} ", *OPTIONS)
        assert (code, out) == (0, CARD)
        assert err == f"Kept: your plan for {ACME}.\n"
        plan = plan_of(home, ACME)
        assert plan.role == "Ward nurse, nights"
        assert plan.points == (
            Point("calm on a busy ward", "I ran the night shift at St Bride's, 40 beds"),
        )
        assert (plan.why, plan.question) == ("I like calm mornings", QUESTION)

    def test_what_is_not_given_stays(self, answering, home):
        answering(*OPTIONS)
        before = plan_of(home)
        assert answering("--question", "What would stop you?")[0] == 0
        assert answering("--why", "")[0] == 0
        after = plan_of(home)
        assert after == replace(before, question="What would stop you?", why="", cues=after.cues)
        assert {cue.text for cue in after.cues if cue.part == "question"} == {"stop"}

    def test_what_is_needed_and_not_given_is_asked(self, answering, home):
        code, _, err = answering(
            "--role", "Baker", lines=("early hours", "two years of nights", "")
        )
        assert code == 0
        assert "What is the role?" not in err
        assert "How will you ask" not in err
        assert plan_of(home).points == (Point("early hours", "two years of nights"),)

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            (("--role", ""), "The role is missing."),
            (("--role", "…"), "The role is missing."),
            (("--why", "x" * 301), "The reason has 301 characters, and 300 are the most."),
            (("--proof", "x"), "1 times --criterion and 2 times --proof"),
            (("--criterion", "x", "--proof", ""), "Proof 2 is missing."),
            (("--criterion", "x", "--proof", "y") * 3, "this one has 4."),
            (("--show",), "do not go together"),
            (("--forget",), "do not go together"),
            (("--for", "x" * 201), "has 201 characters, and 200 are the most"),
        ],
    )
    def test_what_is_no_plan_is_told_and_not_kept(self, answering, home, options, why):
        code, out, err = answering(*OPTIONS, *options)
        assert (code, out) == (2, "")
        assert why in " ".join(err.split())
        assert nothing_kept(home)


class TestQuestions:
    LINES = (
        *("Ward nurse, nights", "calm on a busy ward"),
        *("I ran the night shift at St Bride's, 40 beds", "", "", "I like calm mornings"),
    )

    def test_one_after_the_other(self, answering, home):
        code, out, err = answering("--for", ACME, lines=self.LINES)
        assert (code, out) == (0, CARD)
        assert f"Enter keeps: {QUESTION}" in err
        by_questions = plan_of(home, ACME)
        answering("--for", "options", *OPTIONS)
        assert by_questions == plan_of(home, "options")

    def test_three_criteria_are_the_most(self, answering, home):
        lines = ("Baker", "a1", "b1", "a2", "b2", "a3", "b3", "Any doubts?", "")
        assert answering(lines=lines)[0] == 0
        plan = plan_of(home)
        assert plan.points == tuple(Point(f"a{each}", f"b{each}") for each in (1, 2, 3))
        assert (plan.question, plan.why) == ("Any doubts?", "")

    def test_again_enter_keeps_every_answer(self, answering, home):
        answering("--for", ACME, lines=self.LINES)
        before = plan_of(home, ACME)
        code, out, err = answering("--for", "ACME, Hiring Manager", lines=[""] * 6)
        assert (code, out) == (0, CARD)
        assert plan_of(home, ACME) == before
        for answer in self.LINES:
            assert not answer or f"Enter keeps: {answer}" in err

    def test_a_dash_leaves_out_what_is_there(self, answering, home):
        answering(lines=("Baker", "a1", "b1", "a2", "b2", "a3", "b3", "", "because of the bread"))
        code, _, _ = answering(lines=("", "-", "", "", "", "new b3", "", "", "-"))
        assert code == 0
        plan = plan_of(home)
        assert plan.points == (Point("a2", "b2"), Point("a3", "new b3"))
        assert plan.why == ""

    def test_an_empty_answer_is_asked_again_twice(self, answering, home):
        code, _, err = answering(lines=("", "", *self.LINES))
        assert code == 0
        assert err.count("What is the role?") == 3
        assert plan_of(home).role == "Ward nurse, nights"

    @pytest.mark.parametrize(
        ("lines", "why"),
        [
            (("", " \t", "…"), "The role is missing, and nothing was kept."),
            (("-",) * 3, "The role is missing, and nothing was kept."),
            (("Baker", "", "", ""), "Criterion 1 is missing, and nothing was kept."),
            (("Baker", "a", "", "", ""), "Proof 1 is missing, and nothing was kept."),
            (("x" * 301,) * 3, "The role has 301 characters, and 300 are the most, and nothing"),
            (("x" * 20_000,), "The role has more than 10000 characters"),
            ((), "The input ended before the role was answered, and nothing was kept."),
            (("Baker", "a"), "The input ended before proof 1 was answered, and nothing was kept."),
            (LINES[:-1], "The input ended before the reason was answered, and nothing was kept."),
        ],
    )
    def test_what_cannot_be_a_plan_ends_with_two_lines(self, answering, home, lines, why):
        code, out, err = answering(lines=lines)
        assert (code, out) == (2, "")
        error, hint = err[err.index("error: ") :].splitlines()
        assert why in error
        assert hint.startswith("       ")
        assert nothing_kept(home)

    def test_a_plan_that_is_there_survives_an_end_in_the_middle(self, answering, home):
        answering(lines=self.LINES)
        before = plan_of(home)
        assert answering(lines=("Baker",))[0] == 2
        assert plan_of(home) == before

    def test_a_long_answer_may_be_shortened(self, answering, home):
        code, _, err = answering(lines=("x" * 301, *self.LINES))
        assert code == 0
        assert "The role has 301 characters, and 300 are the most." in err

    def test_bytes_that_are_no_text_and_what_moves_the_cursor(self, answering, home):
        typed = b"Caf\xff\x1b[31m chef\x00\n" + "\n".join(self.LINES[1:]).encode() + b"\n"
        assert answering(bytes_=typed)[0] == 0
        assert plan_of(home).role == "Caf\ufffd[31m chef"

    def test_ends_of_lines_of_windows(self, answering, home):
        assert answering(bytes_="\r\n".join((*self.LINES, "")).encode())[0] == 0
        assert plan_of(home).role == "Ward nurse, nights"

    @pytest.mark.parametrize("closed", [None, "closed"])
    def test_no_standard_input_at_all(self, command, home, monkeypatch, closed):
        stdin = None
        if closed:
            stdin = io.TextIOWrapper(io.BytesIO())
            stdin.close()
        monkeypatch.setattr(sys, "stdin", stdin)
        code, _, err = command("plan")
        assert code == 2
        assert "The input ended before the role was answered" in err


class TestShowing:
    def test_the_plan_and_its_card(self, answering, home):
        answering("--for", ACME, *OPTIONS)
        code, out, err = answering("--for", "acme, HIRING manager", "--show")
        assert (code, err) == (0, "")
        assert out.startswith(f"Your plan · {ACME}\n  role   Ward nurse, nights\n")
        assert out.endswith(f"\n\n{CARD}")
        assert answering("--for", ACME, "--card")[:2] == (0, CARD)

    def test_the_card_becomes_shorter_with_the_takes(self, answering, home):
        answering("--for", ACME, *OPTIONS)
        shown = []
        for number in range(3):
            with History(home) as history:
                history.add(self.take(history.plan(ACME), number))
            shown.append(answering("--for", ACME, "--card")[1].splitlines()[2])
        assert shown == [
            "  1      busy ward → St Bride's, 40 beds",
            "  1      b… w… → St B…, 40",
            "  1      –",
        ]
        out = answering("--for", ACME, "--show")[1]
        assert "calm on a busy ward  (said in 3 takes)" in out
        assert f"{QUESTION}\n         (not said yet)" in out

    @staticmethod
    def take(plan, number):
        kept = entry(number, label=ACME)
        report = json.loads(kept.line)
        report["plan"] = [
            {"part": name, "text": text, "said": name != "question", "quotations": []}
            for name, text in plan.parts()
        ]
        return replace(kept, line=json.dumps(report))

    def test_forgetting(self, answering, home):
        answering("--for", ACME, *OPTIONS)
        code, out, _ = answering("--for", ACME, "--forget")
        assert (code, out) == (0, f"Your plan for {ACME} is forgotten.\n")
        assert nothing_kept(home)

    @pytest.mark.parametrize("option", ["--show", "--card", "--forget"])
    def test_where_there_is_none_it_names_those_that_are_there(self, answering, home, option):
        answering("--for", ACME, *OPTIONS)
        code, out, err = answering("--for", "Nobody", option)
        assert (code, out) == (2, "")
        assert "There is no plan for Nobody." in err
        assert f"There are plans for: {ACME}." in err
        assert len(err.splitlines()) == 2

    def test_a_card_loads_nothing_heavy(self, answering, home, program):
        answering("--for", ACME, *OPTIONS)
        look = (
            "import sys; from rehearse.cli import main\n"
            "try: main()\n"
            "finally: print([each for each in ('spacy', 'numpy') if each in sys.modules])"
        )
        done = program("-c", look, "plan", "--for", ACME, "--card", REHEARSE_HOME=str(home))
        assert (done.stdout, done.stderr) == (f"{CARD}[]\n", "")

    def test_a_plan_without_cues_gets_them(self, answering, home):
        answering("--for", ACME, *OPTIONS)
        with History(home) as history:
            history.keep_plan(ACME, replace(history.plan(ACME), cues=()))
        assert answering("--for", ACME, "--card")[1] == CARD

    @pytest.mark.parametrize("arguments", [("--show",), ("--forget",), OPTIONS, ()])
    def test_a_history_that_is_damaged_is_two_lines(self, answering, home, arguments):
        home.mkdir()
        (home / "history.sqlite").write_bytes(b"SQLite format 3\0" + b"\x5a" * 5000)
        code, out, err = answering(*arguments)
        assert (code, out) == (2, "")
        assert "history is damaged" in err
        assert len(err.splitlines()) == 2

    def test_export_and_import_have_it(self, answering, command, home, tmp_path, monkeypatch):
        answering("--for", ACME, *OPTIONS)
        before = plan_of(home, ACME)
        assert command("export", tmp_path / "out")[1].startswith("0 sessions and 1 plan written")
        monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "other"))
        assert command("import", tmp_path / "out")[1] == "0 sessions added\n1 plan added\n"
        assert plan_of(tmp_path / "other", ACME) == before


class TestBeforeATake:
    def test_the_card_is_told_on_standard_error(self, answering, home, capsys):
        answering("--for", ACME, *OPTIONS)
        cards.tell("acme, hiring manager")
        out, err = capsys.readouterr()
        assert out == ""
        assert [line.rstrip() for line in err.splitlines()] == [*CARD.splitlines(), ""]

    def test_without_a_plan_nothing_is_told(self, answering, home, capsys):
        answering("--for", ACME, *OPTIONS)
        capsys.readouterr()
        cards.tell("")
        assert capsys.readouterr() == ("", "")

    def test_a_take_that_is_not_kept_begins_no_history(self, home, capsys):
        cards.tell(ACME)
        assert not home.exists()
        assert capsys.readouterr() == ("", "")

    def test_a_history_that_is_damaged_is_told_later(self, home, capsys):
        home.mkdir()
        (home / "history.sqlite").write_text("a letter")
        cards.tell(ACME)
        assert capsys.readouterr() == ("", "")

    def test_a_folder_into_which_nobody_may_look_is_told_later(self, home, capsys, monkeypatch):
        monkeypatch.setenv("REHEARSE_HOME", str(home / ("x" * 300)))
        cards.tell(ACME)
        assert capsys.readouterr() == ("", "")


@pytest.fixture
def terminal(home, tmp_path):
    """A function that runs `rehearse plan` in a real terminal."""
    if shutil.which("tmux") is None:
        pytest.skip("a terminal is not to be had: there is no tmux")
    environment = {**os.environ, "REHEARSE_HOME": str(home), "LANG": "C.UTF-8"}
    command = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(TOP)!r})\n{MAIN}")
    return lambda *words: Terminal(environment, tmp_path, *command, "plan", *words, width=80)


MAIN = "from rehearse.cli import main; main()"


class TestTerminal:
    def test_a_line_may_be_mended_with_the_arrow_keys(self, terminal, home):
        with terminal("--for", ACME) as shown:
            for question, answer in zip(
                ("role?", "most to them?", "proves it?", "second?", "concerns?", "want it?"),
                TestQuestions.LINES,
                strict=True,
            ):
                shown.until(question)
                shown.press("-l", answer.replace("busy ward", "busy wrd"))
                if "busy ward" in answer:
                    shown.press("Left", "Left")
                    shown.press("-l", "a")
                shown.press("Enter")
            screen = shown.until("left with 0")
        assert CARD in screen
        assert plan_of(home, ACME).points[0].criterion == "calm on a busy ward"

    @pytest.mark.parametrize(
        ("key", "said", "code"), [("C-c", "interrupted", 130), ("C-d", "error: The input ended", 2)]
    )
    def test_whoever_leaves_keeps_nothing(self, terminal, home, key, said, code):
        with terminal() as shown:
            shown.until("role?")
            shown.press("-l", "Baker")
            shown.press("Enter")
            shown.until("most to them?")
            shown.until(lambda screen: screen.endswith(">"))
            shown.press(key)
            screen = shown.until("left with")
        assert said in screen
        assert f"left with {code}" in screen
        assert nothing_kept(home)


def test_ctrl_c_while_lines_are_waited_for(home):
    running = subprocess.Popen(
        # A suite that runs in the background has Ctrl-C ignored; the program must not.
        ["env", "--default-signal=INT", sys.executable, "-c", MAIN, "plan"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=TOP,
    )
    while "role" not in running.stderr.readline():
        pass
    running.send_signal(signal.SIGINT)
    # Its input stays open until it has ended: the end of it is another way to leave.
    assert running.wait(timeout=60) == 130
    _, err = running.communicate(timeout=60)
    assert err.strip() == "interrupted"
    assert nothing_kept(home)
