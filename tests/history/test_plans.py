"""Plans are kept, forgotten and brought elsewhere, and the takes say what of them was said."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace

import pytest

from rehearse.errors import HistoryError, NoExportError
from rehearse.history import History
from rehearse.history.exporting import export
from rehearse.history.importing import Brought, bring
from rehearse.interview.card import Said
from rehearse.interview.plan import Cue, Plan, Point
from rehearse.outputs.shape import require_report
from tests.history.reports import DATA, entry

PLAN = Plan(
    "Ward nurse, nights",
    "I like calm mornings",
    (Point("calm on a busy ward", "nights at St Bride’s, 40 beds"), Point("new nurses", "14 🙂")),
    "Any doubts?",
    (Cue("proof 1", "40 beds", "40", 0), Cue("criterion 1", "busy ward", "b… w…", 0)),
)
OTHER = Plan("Baker", "", (Point("early hours", "two years of nights"),))


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def other(tmp_path):
    with History(tmp_path / "other") as opened:
        yield opened


def take(number, said, *, plan=PLAN, label="Acme", **options):
    """A take for which there was a plan, of which these parts were said."""
    kept = entry(number, label=label, **options)
    report = json.loads(kept.line)
    report["plan"] = [
        {"part": name, "text": text, "said": name in said, "quotations": []}
        for name, text in plan.parts()
    ]
    require_report(report)
    return replace(kept, line=json.dumps(report))


class TestKeeping:
    def test_a_plan_comes_back_as_it_was(self, history, tmp_path):
        history.keep_plan("Acme", PLAN)
        history.keep_plan("", OTHER)
        with History(tmp_path / "data") as again:
            assert again.plan("Acme") == PLAN
            assert again.plan("") == OTHER
            assert again.plan("Nobody") is None
            assert again.plans() == {"": OTHER, "Acme": PLAN}

    def test_one_that_is_kept_again_takes_the_place_of_the_first(self, history):
        history.keep_plan("Acme", PLAN)
        history.keep_plan("Acme", OTHER)
        assert history.plans() == {"Acme": OTHER}

    def test_acme_is_acme_before_the_first_take(self, history):
        history.keep_plan("Acme", PLAN)
        assert history.spelled("ACME") == "Acme"
        assert history.spelled("Else") == "Else"

    def test_it_is_found_under_the_label_that_was_written_first(self, history):
        history.keep_plan("Acme", PLAN)
        assert history.planned("ACME") == ("Acme", PLAN)
        assert history.planned("Else") is None

    def test_to_look_for_one_begins_no_history(self, history):
        assert history.planned("Acme") is None
        assert not history.folder.exists()

    def test_a_folder_into_which_nobody_may_look_is_told(self, tmp_path):
        # Refused to everybody, as another's folder is to most.
        with History(tmp_path / ("x" * 300)) as history, pytest.raises(HistoryError) as refused:
            history.planned("Acme")
        assert "cannot be opened: File name too long" in refused.value.message
        assert "REHEARSE_HOME" in refused.value.hint

    def test_a_plan_is_no_session_and_no_label_of_one(self, history):
        history.keep_plan("Acme", PLAN)
        assert history.labels() == []
        assert history.overview().count == 0

    def test_forgetting_sessions_leaves_it(self, history):
        history.keep_plan("Acme", PLAN)
        history.forget(history.add(entry(1, label="Acme")).number)
        assert history.plan("Acme") == PLAN

    def test_forgetting_it_leaves_nothing_in_any_file(self, history):
        history.add(entry(1, label="Acme"))
        history.keep_plan("Quetzal Holdings", replace(PLAN, why="Xylophone quartz"))
        assert b"Xylophone" in history.path.read_bytes()
        assert history.forget_plan("Quetzal Holdings")
        left = b"".join(p.read_bytes() for p in history.folder.rglob("*") if p.is_file())
        for word in (b"Xylophone", b"Quetzal", b"St Bride", b"busy ward", b"Any doubts"):
            assert word not in left
        assert not history.forget_plan("Quetzal Holdings")
        assert history.count() == 1

    def test_one_from_before_there_were_plans_takes_one(self, tmp_path):
        (tmp_path / "old").mkdir()
        shutil.copy(DATA / "version-2.sqlite", tmp_path / "old" / "history.sqlite")
        with History(tmp_path / "old") as history:
            assert history.plan("Acme") is None
            assert history.said("Acme") == {}
            history.keep_plan("Acme", PLAN)
            assert history.plan("Acme") == PLAN
            assert history.said("Acme") == {}
            assert history.count() == 12

    def test_the_one_of_version_three_is_read(self, tmp_path):
        shutil.copy(DATA / "version-3.sqlite", tmp_path / "history.sqlite")
        with History(tmp_path) as history:
            assert history.plan("Acme").parts()[:2] == (
                ("criterion 1", "calm on a busy ward"),
                ("proof 1", "I ran the night shift at St Bride's, 40 beds"),
            )

    @pytest.mark.parametrize(
        "damage",
        [
            "update plans set role = ''",
            f"update plans set why = '{'x' * 400}'",
            "delete from points",
            "update points set proof = ' '",
        ],
    )
    def test_one_that_is_damaged_is_told_and_can_be_forgotten(self, history, damage):
        history.keep_plan("Acme", PLAN)
        with closing(sqlite3.connect(history.path)) as database:
            database.execute(damage)
            database.commit()
        for look in (history.plan, history.said):
            with pytest.raises(HistoryError, match="damaged"):
                look("Acme")
        assert history.forget_plan("Acme")
        assert history.plan("Acme") is None


class TestSaid:
    def test_before_the_first_take_nothing_is_known(self, history):
        history.keep_plan("Acme", PLAN)
        assert history.said("Acme") == {}
        history.add(entry(1, label="Acme"))
        assert history.said("Acme") == {}

    def test_takes_are_counted_and_the_last_is_told(self, history):
        history.keep_plan("Acme", PLAN)
        history.add(take(1, {"why", "proof 1"}))
        history.add(take(2, {"why", "question"}))
        history.add(take(3, {"question"}, plan=OTHER, label="Elsewhere"))
        assert history.said("Acme") == {
            "why": Said(2, last=True),
            "criterion 1": Said(0, last=False),
            "proof 1": Said(1, last=False),
            "criterion 2": Said(0, last=False),
            "proof 2": Said(0, last=False),
            "question": Said(1, last=True),
        }
        assert history.said("Elsewhere") == {}

    def test_a_take_without_a_plan_says_nothing_of_it(self, history):
        history.keep_plan("Acme", PLAN)
        history.add(take(1, {"why"}))
        history.add(entry(2, label="Acme"))
        assert history.said("Acme")["why"] == Said(1, last=True)

    def test_the_same_take_again_counts_once(self, history):
        history.keep_plan("Acme", PLAN)
        for number in (1, 2):
            history.add(take(number, {"why"}, words="The same."))
        assert history.said("Acme")["why"] == Said(1, last=True)

    def test_what_was_changed_has_not_been_said(self, history):
        history.keep_plan("Acme", PLAN)
        history.add(take(1, {name for name, _ in PLAN.parts()}))
        history.keep_plan("Acme", replace(PLAN, why="Another reason"))
        said = history.said("Acme")
        assert "why" not in said
        assert said["proof 1"] == Said(1, last=True)

    def test_a_part_that_moves_up_is_the_same(self, history):
        history.keep_plan("Acme", PLAN)
        history.add(take(1, {"proof 2"}))
        history.keep_plan("Acme", replace(PLAN, points=PLAN.points[1:]))
        assert history.said("Acme")["proof 1"] == Said(1, last=True)
        assert history.said("Acme")["criterion 1"] == Said(0, last=False)

    def test_a_forgotten_take_is_not_counted(self, history):
        history.keep_plan("Acme", PLAN)
        history.add(take(1, {"why"}))
        history.forget(history.add(take(2, {"why"})).number)
        assert history.said("Acme")["why"] == Said(1, last=True)


def lines_of(folder):
    return [json.loads(line) for line in (folder / "plans.jsonl").read_text("utf-8").splitlines()]


def change(folder, **fields):
    first, *rest = lines_of(folder)
    text = "".join(json.dumps(each) + "\n" for each in (first | fields, *rest))
    (folder / "plans.jsonl").write_text(text, "utf-8")


@pytest.fixture
def folder(history, tmp_path):
    history.add(take(1, {"why"}))
    history.keep_plan("Acme", PLAN)
    history.keep_plan("", OTHER)
    assert export(history, tmp_path / "export") == 1
    return tmp_path / "export"


class TestExchanging:
    def test_what_is_brought_is_what_was_there(self, history, folder, other):
        assert bring(other, folder, require_report) == Brought(1, 0, 0, 2)
        assert other.plans() == history.plans()
        assert other.said("Acme") == history.said("Acme")
        assert bring(other, folder, require_report) == Brought(0, 1, 0, 0)

    def test_one_that_is_there_stays(self, folder, other):
        other.keep_plan("Acme", OTHER)
        assert bring(other, folder, require_report) == Brought(1, 0, 0, 1)
        assert other.plan("Acme") == OTHER

    def test_one_that_is_there_in_other_letters_stays(self, history, other, tmp_path):
        history.keep_plan("acme", PLAN)
        export(history, tmp_path / "export")
        other.keep_plan("Acme", OTHER)
        assert bring(other, tmp_path / "export", require_report) == Brought(0, 0, 0, 0)
        assert other.plans() == {"Acme": OTHER}

    def test_what_is_brought_can_be_asked_for_as_what_is_there(self, history, other, tmp_path):
        history.add(take(1, {"why"}, label="ACME"))
        history.keep_plan("ACME", PLAN)
        export(history, tmp_path / "export")
        other.add(entry(2, label="Acme"))
        assert bring(other, tmp_path / "export", require_report) == Brought(1, 0, 0, 1)
        assert other.plans() == {"Acme": PLAN}
        assert other.labels() == ["Acme"]
        assert other.said(other.spelled("acme"))["why"] == Said(1, last=True)

    def test_sessions_that_are_brought_do_not_hide_the_plan_that_is_there(
        self, history, other, tmp_path
    ):
        history.add(entry(1, label="acme"))
        export(history, tmp_path / "export")
        other.keep_plan("Acme", PLAN)
        bring(other, tmp_path / "export", require_report)
        assert other.planned("acme") == ("Acme", PLAN)
        assert other.forget_plan(other.spelled("ACME"))

    def test_of_two_that_differ_in_their_letters_alone_the_first_is_brought(self, folder, other):
        first, second = lines_of(folder)
        lines = (first | {"for": "Acme"}, second | {"for": "aCME"})
        text = "".join(json.dumps(each) + "\n" for each in lines)
        (folder / "plans.jsonl").write_text(text, "utf-8")
        assert bring(other, folder, require_report).plans == 1
        assert list(other.plans()) == ["Acme"]
        assert other.plan("Acme").role == first["role"]

    def test_plans_alone_can_be_brought(self, history, other, tmp_path):
        history.keep_plan("Acme", PLAN)
        assert export(history, tmp_path / "export") == 0
        assert bring(other, tmp_path / "export", require_report) == Brought(0, 0, 0, 1)
        assert other.plans() == {"Acme": PLAN}

    def test_without_plans_there_is_no_file_of_them(self, history, tmp_path):
        history.add(entry(1))
        export(history, tmp_path / "export")
        assert not (tmp_path / "export" / "plans.jsonl").exists()

    def test_it_is_its_owners_alone(self, folder):
        assert stat.S_IMODE((folder / "plans.jsonl").stat().st_mode) == 0o600

    @pytest.mark.parametrize(
        ("fields", "what"),
        [
            ({"format": 2}, "its format is 2"),
            ({"role": ""}, "The role is missing"),
            ({"role": 5}, "int"),
            ({"for": None}, "NoneType"),
            ({"why": "x" * 301}, "The reason has 301 characters"),
            ({"points": []}, "this one has 0"),
            ({"points": [{"criterion": "a"}]}, "it has no 'proof'"),
            ({"points": [{"criterion": "a", "proof": "b"}] * 4}, "too many"),
            ({"points": None}, "NoneType"),
            ({"cues": [{"part": "why", "text": "a", "short": "b", "rank": -1}]}, "rank of a cue"),
            ({"cues": [1]}, "int"),
            ({"cues": [{}] * 51}, "too many"),
        ],
    )
    def test_a_line_that_is_no_plan_and_nothing_is_brought(self, folder, other, fields, what):
        change(folder, **fields)
        with pytest.raises(NoExportError) as refused:
            bring(other, folder, require_report)
        assert "line 1, is no plan" in refused.value.message
        assert what in refused.value.message
        assert (other.count(), other.plans()) == (0, {})

    @pytest.mark.parametrize(
        "content", [b"\xff\xfe", b"{", b"[1]\n", b"null\n", b"[" * 90_000, b" " * 200_000, b""]
    )
    def test_a_file_that_is_something_else(self, folder, other, content):
        (folder / "plans.jsonl").write_bytes(content)
        with pytest.raises(NoExportError, match=r"plans\.jsonl"):
            bring(other, folder, require_report)
        assert (other.count(), other.plans()) == (0, {})

    def test_one_that_is_cut_short_is_refused(self, folder, other):
        path = folder / "plans.jsonl"
        path.write_text(path.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
        with pytest.raises(NoExportError, match="it has 1 of 2 plans"):
            bring(other, folder, require_report)
        assert other.count() == 0

    def test_sessions_that_are_gone_are_missed(self, folder, other):
        (folder / "sessions.jsonl").write_text("")
        with pytest.raises(NoExportError, match="it has 0 of 1 sessions"):
            bring(other, folder, require_report)
        assert other.plans() == {}

    def test_a_label_that_moves_the_cursor_is_made_harmless(self, folder, other):
        change(folder, **{"for": "A\x1b[31m\u202ecme " + "x" * 500, "why": "calm\x07 \u2028days"})
        bring(other, folder, require_report)
        label = ("A[31mcme " + "x" * 500)[:200]
        assert other.plan(label).why == "calm days"

    @pytest.mark.parametrize("planned", [[{"part": "why"}], "why", [5], [{"part": 1, "text": 2}]])
    def test_a_report_whose_plan_is_none_is_refused(self, folder, other, planned):
        line = json.loads((folder / "sessions.jsonl").read_text("utf-8"))
        line["report"]["plan"] = planned
        (folder / "sessions.jsonl").write_text(json.dumps(line) + "\n")
        with pytest.raises(NoExportError, match="its report, plan"):
            bring(other, folder, require_report)
