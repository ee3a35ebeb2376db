"""The view of a take, drawn without a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from rehearse.outputs.taking import BAR, TROUBLE, Taking, level_bar, plain_view, view
from rehearse.outputs.terminal import THEME


def drawn(renderable, width=90):
    console = Console(file=io.StringIO(), theme=THEME, width=width, force_terminal=False)
    console.print(renderable)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("at_s", "lights"),
    [
        (0, "○ 30 s  ○ 60 s  ○ 75 s"),
        (29.9, "○ 30 s  ○ 60 s  ○ 75 s"),
        (30, "● 30 s  ○ 60 s  ○ 75 s"),
        (61, "● 30 s  ● 60 s  ○ 75 s"),
        (75, "● 30 s  ● 60 s  ● 75 s"),
    ],
)
def test_the_lights_come_on_one_after_the_other(at_s, lights):
    assert lights in drawn(view(Taking(at_s)))


def test_the_time_is_minutes_and_seconds():
    assert "1:05" in drawn(view(Taking(65.7)))


def test_a_step_that_was_said_has_a_tick():
    out = drawn(view(Taking(5, steps={"fit"})))
    assert "○ interest   ✓ fit   ○ concerns question   ○ thanks" in out


@pytest.mark.parametrize(
    ("level_dbfs", "filled"), [(None, 0), (-120, 0), (-60, 0), (-30, BAR // 2), (0, BAR), (3, BAR)]
)
def test_the_bar_is_as_long_as_the_level(level_dbfs, filled):
    assert level_bar(level_dbfs).plain == "▮" * filled + "▯" * (BAR - filled)


@pytest.mark.parametrize("trouble", list(TROUBLE))
def test_trouble_takes_the_place_of_the_hint(trouble):
    out = drawn(view(Taking(5, trouble=trouble, hint="Enter ends")))
    assert TROUBLE[trouble] in out
    assert "Enter ends" not in out


def test_plain_is_the_time_alone():
    assert drawn(plain_view(Taking(65, -20, {"fit"}, None, "Enter ends"))).split() == ["1:05"]


def test_plain_still_says_what_has_to_be_mended():
    assert TROUBLE["dead"] in drawn(plain_view(Taking(3, trouble="dead")))


def test_every_line_fits_eighty_columns():
    for trouble in (None, *TROUBLE):
        lines = drawn(view(Taking(99, -1, {"fit"}, trouble, "x")), width=200).splitlines()
        assert max(map(len, lines)) <= 80
