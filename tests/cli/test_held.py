"""`--job`, `--discussed`, `--to` and `--turns`, from the command line."""

from __future__ import annotations

import json

import pytest

POSTING = """Night nurse, Ward 7

You must have:
- two years on a busy ward
- experience of running night shifts

Nice to have:
- a driving licence

We pay well. Call Maureen before three.
"""

CLOSE = (
    "I would love to work on Ward 7. I ran the night shift on a surgical ward with forty beds for "
    "three years. Do you have any concerns about hiring me? Thank you for your time."
)

TURNS = f"""Candidate: {CLOSE}
Interviewer: You have never worked with children, I'm afraid.
Candidate: That's fair, I haven't been on a children's ward. Before the surgical ward I ran a
holiday camp for sick children for two summers, and I had forty of them every week. Does that help?
"""


GERMAN = (
    "Wir suchen eine erfahrene Pflegekraft mit Freude an der Arbeit, die gern nachts arbeitet und "
    "einen Führerschein hat. Wir bieten viel Urlaub und gutes Gehalt."
)


@pytest.fixture
def file(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return written


def told(command, *arguments):
    code, out, err = command("analyze", "--json", "--no-keep", *arguments)
    return code, json.loads(out) if out else None, err


def test_a_job_is_held_against_the_close(command, file):
    code, report, _ = told(command, "--job", file("job.txt", POSTING), file("close.txt", CLOSE))
    assert code == 0
    assert [each["text"] for each in report["criteria"]] == [
        "two years on a busy ward",
        "experience of running night shifts",
        "a driving licence",
    ]
    assert [each["rank"] for each in report["criteria"]] == [1, 2, 3]
    assert [each["level"] for each in report["criteria"]] == ["must", "must", "plus"]
    nights = report["criteria"][1]
    assert nights["covered"]
    assert "I ran the night shift" in nights["evidence"][0]["text"]
    assert not report["criteria"][2]["named"]
    assert report["exchange"] is None


def test_a_conversation_is_judged_and_the_interviewers_words_are_not_the_candidates(command, file):
    code, report, _ = told(command, "--turns", file("talk.txt", TURNS))
    assert code == 0
    assert all(report["steps"][step]["present"] for step in ("interest", "concerns", "thanks"))
    exchange = report["exchange"]
    assert exchange["reply"] == "concern"
    assert exchange["said"]["text"] == "You have never worked with children, I'm afraid."
    assert "Do you have any concerns" in exchange["asked"]["text"]
    assert exchange["acknowledged"]
    assert exchange["evidence"]
    assert exchange["checked"]
    assert not exchange["defensive"]
    assert exchange["quality"] == "good"
    text = report["transcript"]["text"]
    for quoted in exchange["quotations"].values():
        assert all(text[each["start"] : each["end"]] == each["text"] for each in quoted)
    assert [each["candidate"] for each in report["voices"]] == [True, False]


def test_notes_say_what_is_recalled(command, file):
    notes = "the night shift has no leader since May\nparking is difficult\n"
    code, report, _ = told(
        command, "--discussed", file("notes.txt", notes), file("close.txt", CLOSE)
    )
    assert code == 0
    assert [each["note"] for each in report["discussed"]] == notes.splitlines()
    assert report["discussed"][1]["quotations"] == []


def test_whom_it_is_for_shifts_what_is_expected(command, file):
    close = file("close.txt", CLOSE.replace("Do you have any concerns about hiring me? ", ""))
    _, alone, _ = told(command, close)
    _, peer, _ = told(command, "--to", "peer", close)
    assert (alone["to"], peer["to"]) == (None, "peer")

    def checks(report):
        return {each["check"] for each in report["findings"] if each["level"] == "fix"}

    assert "steps.concerns" in checks(alone)
    assert "steps.concerns" not in checks(peer)
    _, asked, _ = told(command, "--to", "peer", file("asked.txt", CLOSE))
    assert "audience" in {each["check"] for each in asked["findings"]}


def test_everything_is_shown_in_a_terminal(command, file):
    code, out, _ = command(
        "analyze",
        "--no-keep",
        *(
            "--job",
            file("job.txt", POSTING),
            "--discussed",
            file("n.txt", "nobody leads the nights"),
        ),
        *("--to", "Hiring Manager", "--turns", file("talk.txt", TURNS)),
    )
    assert code == 0
    assert "They named a concern" in out
    assert "What the job asks for" in out
    assert "What was talked about" in out


@pytest.mark.parametrize(
    ("option", "text", "message", "hint"),
    [
        ("--job", "", "is empty", "Paste the text into it, save it"),
        ("--discussed", "", "is empty", "Paste the text into it, save it"),
        ("--turns", "", "is empty", "Paste the text into it, save it"),
        ("--job", " \n ", "holds no words", "Paste the posting"),
        ("--job", "word " * 9000, "9000 words, some 18 pages", "whom they want"),
        (
            "--job",
            GERMAN,
            "another language than English",
            "a translation",
        ),
        (
            "--job",
            "The sun was low. It was a fine evening by the sea.",
            "asks nothing",
            "they want",
        ),
        ("--job", "%PDF-1.4 x", "is a PDF", "plain text"),
        ("--discussed", "\n-\n", "holds no words", "a line for each"),
        ("--discussed", "note one\n" * 70, "holds 70 lines", "matters"),
        ("--turns", "I want this job.\nNone.", "begins without a speaker", "Candidate:"),
        ("--turns", "Anna: x y\nBen: z", "does not say which speaker", "Candidate:"),
    ],
)
def test_what_cannot_be_used_is_said_in_two_lines(command, file, option, text, message, hint):
    given = (option, file("given.txt", text))
    close = () if option == "--turns" else (file("close.txt", CLOSE),)
    code, out, err = command("analyze", "--no-keep", *given, *close)
    lines = err.splitlines()
    assert code == 2
    assert out == ""
    assert len(lines) <= 2
    assert message in lines[0]
    assert hint in lines[-1]


def test_a_posting_of_which_nothing_can_be_told_is_said_once_and_before_anything_is_heard(
    command, file
):
    posting = file("job.txt", "Pay is good. Lunch is free. We are near the station.")
    given = ("samples/strong-close.wav", "samples/cheesy.mp4")
    code, out, err = command("analyze", "--no-keep", "--job", posting, *given)
    assert (code, out) == (2, "")
    assert err.count("asks nothing") == 1
    assert "strong-close" not in err


def test_a_job_that_asks_one_thing_is_told_so(command, file):
    posting = file("job.txt", "We need:\n- experience of running night shifts\n")
    _, report, _ = told(command, "--job", posting, file("close.txt", CLOSE))
    about = [each["message"] for each in report["findings"] if each["check"] == "job"]
    assert "You answered their first criterion with something you did." in about
    assert any(each.endswith(" answer their first criterion.") for each in about)


def test_a_doubt_about_the_job_needs_one(command):
    code, out, err = command("drill", "--concern", "job")
    assert (code, out) == (2, "")
    assert "give one with --job" in err


def test_a_data_folder_into_which_nobody_may_look_is_told_when_it_is_needed(
    command, file, tmp_path, monkeypatch
):
    # A name that is too long is refused to everybody, as another's folder is to most.
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / ("x" * 300)))
    close = file("close.txt", CLOSE)
    code, _, err = command("analyze", "--for", "Acme", close)
    assert code == 2
    assert len(err.splitlines()) == 2
    assert "The history cannot be opened: File name too long" in err
    code, _, err = command("analyze", "--for", "Acme", "--no-keep", close)
    assert (code, err) == (0, "")


def test_a_file_that_is_not_there_and_a_listener_that_is_not_known(command, file):
    close = file("close.txt", CLOSE)
    for arguments in (("--job", "nowhere.txt"), ("--discussed", "nowhere.txt"), ("--to", "boss")):
        code, _, err = command("analyze", "--no-keep", *arguments, close)
        assert code == 2
        assert len(err.splitlines()) == 2
    code, _, err = command("analyze", "--no-keep", "--turns", "nowhere.txt")
    assert (code, len(err.splitlines())) == (2, 2)
    code, _, err = command("analyze", "--no-keep")
    assert code == 2
    assert "FILE" in err
