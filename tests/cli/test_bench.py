"""`rehearse bench` as a whole."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.conftest import TOP

ITEMS = [
    {
        "id": "good",
        "text": "I would love to do this job. You need somebody who can lead a night shift, and I "
        "led one for six years. Do you have any concerns about me? Thank you for your time.",
        "steps": ["interest", "fit", "concerns", "thanks"],
    },
    {
        "id": "wrongly-labelled",
        "text": "Thank you both for your time today, it was kind of you.",
        "steps": ["concerns"],
        "tags": ["near_miss"],
    },
    {
        "id": "cheesy",
        "text": "So, when do I start? Thank you very much for having me.",
        "steps": ["thanks"],
        "cheesy": ["So, when do I start?"],
    },
]


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "closes.jsonl"
    path.write_text("\n".join(map(json.dumps, ITEMS)), "utf-8")
    return path


def test_the_table_shows_figures_and_mistakes_with_their_words(command, labelled):
    code, out, _ = command("bench", labelled)
    assert code == 0
    assert "closes.jsonl: 3 closes, 1 of them traps" in out
    assert "wrongly-labelled: thanks raised: Thank you both for your time today" in out
    assert "wrongly-labelled: concerns missed:" in out
    assert "traps with a false step  1.000" in out


def test_json_holds_what_the_table_shows_and_the_counts(command, labelled):
    code, out, _ = command("bench", "--json", labelled)
    scores = json.loads(out)
    assert code == 0
    assert (scores["items"], scores["traps"], scores["refused"]) == (3, 1, 0)
    assert scores["exact"]["value"] == pytest.approx(2 / 3)
    thanks = next(row for row in scores["labels"] if row["label"] == "thanks")
    assert (thanks["hits"], thanks["alarms"], thanks["misses"]) == (2, 1, 0)


def test_mistakes_may_be_left_out(command, labelled):
    _, out, _ = command("bench", "--mistakes", "0", labelled)
    assert "mistakes" not in out


def test_what_cannot_be_analysed_is_counted_and_said(command, tmp_path):
    path = tmp_path / "closes.jsonl"
    path.write_text(json.dumps({"id": "gone", "audio": "gone.wav", "steps": ["fit"]}), "utf-8")
    code, out, _ = command("bench", path)
    assert code == 0
    assert "not analysed             1" in out
    assert "gone: fit missed:" in out


@pytest.mark.weights
def test_a_recording_is_judged_from_its_sound(command, tmp_path):
    shutil.copy(TOP / "samples" / "thin-close.opus", tmp_path)
    item = {"id": "thin", "audio": "thin-close.opus", "steps": []}
    path = tmp_path / "closes.jsonl"
    path.write_text(json.dumps(item), "utf-8")
    _, out, _ = command("bench", "--json", path)
    scores = json.loads(out)
    assert scores["refused"] == 0
    assert any(mistake["words"] for mistake in scores["mistakes"])


def test_a_file_that_is_no_benchmark_is_refused_in_two_lines(command, tmp_path):
    path = tmp_path / "closes.jsonl"
    path.write_text("{", "utf-8")
    code, out, err = command("bench", path)
    assert (code, out) == (2, "")
    assert err.startswith("error: Line 1 of closes.jsonl is not JSON")
    assert len(err.splitlines()) == 2


EXCHANGE = {
    "id": "far",
    "question": "Do you have any concerns about me?",
    "reply": "You live quite far away, I'm afraid.",
    "response": "That's fair, it is a long way. I have rented a flat in town from May.",
    "reply_is": "concern",
    "acknowledged": ["That's fair, it is a long way."],
    "evidence": ["I have rented a flat in town from May."],
    "quality": "good",
}

POSTING = {
    "id": "nights",
    "posting": "Night nurse\n\nYou must have:\n- experience of running night shifts\n- a clean "
    "driving licence\n",
    "criteria": [
        {"text": "experience of running night shifts", "level": "must"},
        {"text": "a clean driving licence", "level": "must"},
    ],
    "notes": ["the nights have no leader"],
    "closes": [
        {
            "id": "nights-a",
            "text": "I ran the night shifts on a ward of forty beds for three years. Thank you.",
            "criteria": [{"n": 0, "evidence": ["I ran the night shifts on a ward of forty beds"]}],
            "recalled": [],
        }
    ],
}


@pytest.mark.parametrize(
    ("item", "labels"),
    [
        (EXCHANGE, {"concern", "acknowledged", "evidence", "checked", "quality"}),
        (POSTING, {"criterion found", "covered", "spoken of", "recalled"}),
    ],
)
def test_exchanges_and_postings_are_scored_too(command, tmp_path, item, labels):
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps(item) + "\n", "utf-8")
    code, out, _ = command("bench", "--json", path)
    told = json.loads(out)
    assert code == 0
    assert labels <= {each["label"] for each in told["labels"]}
    right = {each["label"]: each["accuracy"]["value"] for each in told["labels"]}
    assert right.get("covered", 1.0) == 1.0
    assert right.get("evidence", 1.0) == 1.0
    code, out, _ = command("bench", path)
    assert code == 0
    assert "labelled.jsonl: 1 items" in out


GERMAN = (
    "Ich würde sehr gerne bei Ihnen arbeiten, denn die Aufgabe passt genau zu dem, was ich in "
    "den letzten Jahren gemacht habe. Vielen Dank für das Gespräch und für Ihre Zeit."
)


def scored(command, tmp_path, *items):
    """The figures of each label, and what was wrong, as (item, label)."""
    path = tmp_path / "labelled.jsonl"
    path.write_text("\n".join(map(json.dumps, items)), "utf-8")
    code, out, err = command("bench", "--json", path)
    assert code == 0, err
    told = json.loads(out)
    labels = {each["label"]: each for each in told["labels"]}
    return labels, [(each["item"], each["label"]) for each in told["mistakes"]]


@pytest.mark.parametrize(
    "posting", ["Pay is good. Lunch is free. We are near the station.", GERMAN]
)
def test_a_posting_that_asks_for_nothing_counts_as_nothing_found(command, tmp_path, posting):
    empty = {**POSTING, "id": "empty", "posting": posting}
    labels, wrong = scored(command, tmp_path, empty, POSTING)
    assert labels["criterion found"]["count"] == 4
    assert labels["recalled"]["count"] == 2
    assert wrong.count(("empty", "criterion found")) == 2
    assert ("empty", "covered") in wrong
    assert ("nights", "covered") not in wrong


def test_a_close_that_cannot_be_read_says_nothing_of_its_posting(command, tmp_path):
    (close,) = POSTING["closes"]
    both = [{**close, "id": "nights-b", "text": GERMAN}, close]
    labels, wrong = scored(command, tmp_path, {**POSTING, "closes": both})
    assert labels["covered"]["count"] == 4
    assert ("nights", "criterion found") not in wrong
    assert wrong.count(("nights", "covered")) == 1


@pytest.mark.parametrize(
    "item",
    [
        {"reply": "x", "id": "1"},
        {"turns": [], "id": "1"},
        {"posting": "x", "id": "1"},
        {"turns": ["x"]},
        {**POSTING, "closes": []},
    ],
)
def test_what_is_no_such_item_is_said_in_two_lines(command, tmp_path, item):
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps(item), "utf-8")
    code, _, err = command("bench", path)
    assert code == 2
    assert len(err.splitlines()) == 2
