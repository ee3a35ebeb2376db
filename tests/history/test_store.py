"""What is kept is there again, and what is forgotten is nowhere."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.errors import HistoryError, NoSessionError
from rehearse.history import History, bests
from rehearse.history.goals import Goal
from rehearse.session import ANY
from rehearse.steps import STEPS
from rehearse.takes.flac import write
from tests.history.reports import BEGAN, entry, line

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "data") as opened:
        yield opened


def keep_sound(history, name, samples):
    import numpy as np

    history.takes.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = history.takes / name
    write(path, [np.array(samples, dtype=np.int16)])
    return path


def everything_in(folder):
    """The bytes of every file."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class TestKeeping:
    def test_a_session_comes_back_as_it_was(self, history):
        kept = entry(3, "Thank you, Zoë.", label="Acme", fillers=2)
        added = history.add(kept)
        session = history.session(added.number)
        assert session.line == kept.line
        assert session.report == json.loads(kept.line)
        assert session.held_at == BEGAN + timedelta(hours=3)
        assert (session.origin, session.label, session.source) == ("record", "Acme", "take-3.flac")
        assert (session.sound, session.repeats) == (None, None)

    def test_it_is_kept_now_unless_another_time_is_given(self, history):
        before = datetime.now(UTC)
        number = history.add(entry(1).__class__(line(), "analyze", "x.txt")).number
        assert before <= history.session(number).held_at <= datetime.now(UTC)

    def test_sessions_are_in_the_order_of_their_time(self, history):
        for number in (5, 1, 3):
            history.add_all([entry(number)])
        assert [each.source for each in history.sessions()] == [
            "take-1.flac",
            "take-3.flac",
            "take-5.flac",
        ]
        assert history.latest("record").source == "take-5.flac"
        assert history.latest("analyze") is None

    def test_the_last_of_a_label(self, history):
        for number in range(6):
            history.add(entry(number, label="Acme" if number % 2 else ""))
        assert [each.number for each in history.sessions("Acme", last=2)] == [4, 6]
        assert history.labels() == ["Acme"]

    def test_it_is_there_for_the_next_who_opens(self, tmp_path):
        with History(tmp_path) as first:
            first.add(entry(1))
        with History(tmp_path) as second:
            assert second.session(1).source == "take-1.flac"

    def test_its_owner_alone_may_read_it(self, history):
        keep_sound(history, "a.flac", [1, 2, 3])
        history.add(entry(1, sound="a.flac"))
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in (history.folder, history.path, history.takes)
        }
        assert modes == {"data": 0o700, "history.sqlite": 0o600, "takes": 0o700}
        assert [path.name for path in history.folder.iterdir() if path.is_file()] == [
            "history.sqlite"
        ]

    def test_the_same_words_count_once(self, history):
        first = history.add(entry(1, "The same."))
        second = history.add(entry(2, "The same."))
        assert (first.repeats, second.repeats) == (None, first.number)
        assert history.session(second.number).repeats == first.number
        assert history.overview().standings["length"].recent.takes == 1

    def test_the_same_sound_is_stored_once(self, history):
        keep_sound(history, "one.flac", [1, 2, 3])
        keep_sound(history, "two.flac", [1, 2, 3])
        keep_sound(history, "other.flac", [1, 2, 4])
        history.add(entry(1, sound="one.flac"))
        again = history.add(entry(2, sound="two.flac"))
        history.add(entry(3, sound="other.flac"))
        assert history.session(again.number).sound == "one.flac"
        assert sorted(path.name for path in history.takes.iterdir()) == ["one.flac", "other.flac"]

    def test_a_report_that_is_none_is_refused_and_nothing_is_kept(self, history):
        with pytest.raises((KeyError, TypeError)):
            history.add(entry(1).__class__('{"transcript": {"text": ""}}', "analyze", "x"))
        assert history.sessions() == []

    def test_all_or_none(self, history):
        bad = entry(2, sound="nowhere.flac")
        with pytest.raises(HistoryError, match="No such file"):
            history.add_all([entry(1), bad])
        assert history.sessions() == []


class TestForgetting:
    WORDS = "Xylophone quartz brigadier, that is what I would bring."

    def test_nothing_of_it_is_left_in_any_file(self, history):
        path = keep_sound(history, "a.flac", range(-3000, 3000))
        sound = path.read_bytes()
        for number in range(8):
            history.add(entry(number, fillers=2))
        number = history.add(
            entry(20, self.WORDS, sound="a.flac", label="Quetzal Holdings", cheesy=1)
        ).number
        held = everything_in(history.folder)
        assert b"Xylophone" in held
        assert b"Quetzal" in held
        history.forget(number)
        left = everything_in(history.folder)
        for said in (b"Xylophone", b"brigadier", b"Quetzal", b"take-20", sound[100:200]):
            assert said not in left
        with pytest.raises(NoSessionError):
            history.session(number)

    def test_a_long_report_leaves_nothing_on_its_overflow_pages(self, history):
        history.add(entry(1))
        number = history.add(entry(2, " ".join(f"vermilion{n}" for n in range(20_000)))).number
        history.forget(number)
        assert b"vermilion" not in everything_in(history.folder)

    def test_its_number_is_never_used_again(self, history):
        history.add(entry(1))
        last = history.add(entry(2)).number
        history.forget(last)
        assert history.add(entry(3)).number == last + 1

    def test_a_sound_that_another_session_has_stays(self, history):
        keep_sound(history, "a.flac", [1, 2, 3])
        first = history.add(entry(1, sound="a.flac")).number
        second = history.add(entry(2, sound="a.flac")).number
        history.forget(first)
        assert history.sound_of(history.session(second)).is_file()
        assert history.session(second).repeats is None
        history.forget(second)
        assert list(history.takes.iterdir()) == []

    def test_the_first_that_repeats_it_takes_its_place(self, history):
        numbers = [history.add(entry(each, "The same.")).number for each in range(4)]
        history.forget(numbers[0])
        assert [each.repeats for each in history.sessions()] == [None, numbers[1], numbers[1]]
        assert history.overview().standings["length"].recent.takes == 1

    def test_what_was_concluded_is_as_if_it_had_never_been(self, tmp_path):
        kept = [entry(number, fillers=number, cheesy=number % 2) for number in range(9)]
        with History(tmp_path / "with") as one, History(tmp_path / "without") as other:
            for number, each in enumerate(kept):
                one.add(each)
                if number != 3:
                    other.add(each)
            one.forget(4)
            with_it, without = one.overview(), other.overview()
        assert with_it.standings == without.standings
        assert with_it.habits == without.habits
        assert [each.value for each in with_it.bests.values()] == [
            each.value for each in without.bests.values()
        ]

    def test_the_best_that_is_forgotten_is_the_best_no_more(self, history):
        for number, fillers in enumerate((5, 1, 3)):
            history.add(entry(number, fillers=fillers))
        assert history.overview().bests["fillers"].session == 2
        history.forget(2)
        assert history.overview().bests["fillers"].session == 3

    @pytest.mark.parametrize("seed", range(4))
    def test_the_bests_held_take_by_take_are_those_that_are_looked_for(self, history, seed):
        rng = random.Random(seed)
        for number in range(40):
            steps = STEPS if rng.random() < 0.7 else STEPS[1:]
            label = rng.choice(["", "Acme"])
            fillers = rng.randrange(6)
            history.add(entry(number, steps=steps, label=label, fillers=fillers))
            if rng.random() < 0.2:
                history.forget(rng.choice(history.sessions()).number)
            for scope in ("", "Acme"):
                held = history.overview(scope).bests
                with history.writing() as database:
                    bests.find(database, scope)
                found = history.overview(scope).bests
                assert {n: b.value for n, b in held.items()} == {
                    n: b.value for n, b in found.items()
                }

    def test_a_goal_is_chosen_anew_where_its_take_is_forgotten(self, history):
        history.add(entry(1, steps=("interest", "fit", "thanks")))
        last = history.add(entry(2, cheesy=1)).number
        assert history.goal() == Goal("step.concerns")
        history.forget(last)
        assert history.goal() == Goal("step.concerns")
        history.forget(1)
        assert history.goal() is None

    def test_what_cannot_be_deleted_is_not_forgotten(self, history, monkeypatch):
        keep_sound(history, "a.flac", [1, 2, 3])
        number = history.add(entry(1, sound="a.flac")).number

        def refused(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(history.takes), "unlink", refused)
        with pytest.raises(HistoryError, match="cannot be deleted: Permission denied"):
            history.forget(number)
        assert history.session(number).sound == "a.flac"

    @pytest.mark.parametrize("number", [0, 7, 10**18])
    def test_one_that_is_not_there(self, history, number):
        with pytest.raises(NoSessionError) as refused:
            history.forget(number)
        assert refused.value.hint == "Nothing is kept yet: `rehearse record` begins."
        history.add(entry(1))
        with pytest.raises(NoSessionError) as refused:
            history.forget(number)
        assert "the newest is 1" in refused.value.hint


class TestSound:
    def test_where_it_is(self, history):
        path = keep_sound(history, "a.flac", [1])
        number = history.add(entry(1, sound="a.flac")).number
        assert history.sound_of(history.session(number)) == path

    def test_of_what_was_typed_there_is_none(self, history):
        told = json.loads(line("Typed.")) | {"engine": None}
        number = history.add(entry(1).__class__(json.dumps(told), "analyze", "x.txt")).number
        with pytest.raises(HistoryError, match=r"was typed: there is no sound of it\."):
            history.sound_of(history.session(number))

    def test_that_somebody_deleted(self, history):
        path = keep_sound(history, "a.flac", [1])
        number = history.add(entry(1, sound="a.flac")).number
        path.unlink()
        with pytest.raises(HistoryError, match="is not there any more"):
            history.sound_of(history.session(number))


def test_every_value_in_the_database_is_where_its_comment_says(history):
    """The columns have comments, and the tables are strict."""
    history.add(entry(1))
    with closing(sqlite3.connect(history.path)) as database:
        tables = dict(
            database.execute(
                "select name, sql from sqlite_schema where type = 'table' and name not like "
                "'sqlite_%'"
            )
        )
        flags = {row[1]: row[5] for row in database.execute("pragma table_list")}
    assert set(tables) == {
        "sessions", "measures", "standings", "bests", "habits", "goals", "remarks", "due",
        "plans", "points", "cues",
    }  # fmt: skip
    assert all(flags[name] == 1 for name in tables)
    assert history.overview(ANY).count == 1


def test_the_columns_of_every_table_have_a_comment():
    from rehearse.history.migrate import migrations

    for script in migrations():
        for text in script.splitlines():
            if text.startswith("    ") and not text.strip().startswith(("primary key", "check")):
                assert " -- " in text, text


class TestSounds:
    """The same sound twice has one file, and never none."""

    def keep(self, history, number, name, **options):
        keep_sound(history, name, [5, 6, 7])
        return history.add(entry(number, sound=name, **options)).number

    def files(self, history):
        return sorted(path.name for path in history.takes.iterdir())

    def test_the_same_twice_has_one_file(self, history):
        first, second = (self.keep(history, n, f"{n}.flac") for n in (1, 2))
        assert self.files(history) == ["1.flac"]
        assert history.session(second).sound == history.session(first).sound == "1.flac"
        assert history.session(second).repeats == first

    def test_where_the_first_is_gone_the_second_is_for_both(self, history):
        first = self.keep(history, 1, "1.flac")
        (history.takes / "1.flac").unlink()
        second = self.keep(history, 2, "2.flac")
        assert self.files(history) == ["2.flac"]
        assert history.session(second).sound == history.session(first).sound == "2.flac"

    def test_where_the_first_was_kept_without_it_too(self, history):
        first = self.keep(history, 1, "1.flac")
        with history.writing() as database:
            database.execute("update sessions set sound = null")
        (history.takes / "1.flac").unlink()
        second = self.keep(history, 2, "2.flac")
        assert self.files(history) == ["2.flac"]
        assert history.session(first).sound == history.session(second).sound == "2.flac"


class TestAClockThatWasAhead:
    """Somebody's clock stood at next year once, and is right now."""

    @pytest.fixture
    def ahead(self, history):
        history.add(replace(entry(1, steps=STEPS[:3]), held_at=datetime(2035, 1, 1, tzinfo=UTC)))
        return history

    def test_goals_are_still_judged(self, ahead):
        said = ahead.add(entry(2)).said
        assert said.judged is not None
        assert said.judged.reached

    def test_the_take_before_is_not_that_of_next_year(self, ahead):
        number = ahead.add(entry(2)).number
        assert ahead.latest("record").number == number

    def test_bests_are_those_that_are_looked_for(self, ahead):
        for number in range(2, 12):
            ahead.add(entry(number, fillers=number % 4))
            held = ahead.overview().bests
            with ahead.writing() as database:
                bests.find(database, ANY)
            assert ahead.overview().bests == held


def test_the_label_of_what_takes_its_place_is_worked_out(history):
    first = history.add(entry(1, "The same.")).number
    history.add(entry(2, "The same.", label="Acme"))
    assert history.overview("Acme").standings == {}
    history.forget(first)
    assert history.overview("Acme").standings["length"].recent.takes == 1


ADDING = """
import sys
from pathlib import Path
from rehearse.history import History
from tests.history.reports import entry

with History(Path(sys.argv[1])) as history:
    for number in range(60):
        history.add(entry(number))
"""


def test_what_is_read_while_others_write_is_of_one_moment(tmp_path):
    writing = subprocess.Popen([sys.executable, "-c", ADDING, tmp_path], cwd=TOP)
    looks = 0
    with History(tmp_path) as history:
        while writing.poll() is None:
            shown = history.overview()
            assert len(shown.rows) == shown.count
            assert all("steps" in row.points for row in shown.rows)
            looks += 1
    assert writing.returncode == 0
    assert looks > 10
