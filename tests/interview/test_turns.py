"""A conversation as text, however its turns are marked."""

from __future__ import annotations

import pytest

from rehearse.errors import TextError
from rehearse.interview.turns import Turn, read

ASKED = "Do you have any concerns about me?"
NAMED = "You have no certificate."
ANSWERED = "That's fair. I sat it in May."

WANTED = (Turn(ASKED, theirs=False), Turn(NAMED, theirs=True), Turn(ANSWERED, theirs=False))


@pytest.mark.parametrize(
    "marked",
    [
        f"Candidate: {ASKED}\nInterviewer: {NAMED}\nCandidate: {ANSWERED}\n",
        f"candidate:{ASKED}\nINTERVIEWER: {NAMED}\ncandidate: {ANSWERED}".replace(":Do", ": Do"),
        f"**Candidate:** {ASKED}\n\n**Interviewer:** {NAMED}\n\n**Candidate:** {ANSWERED}",
        f"[00:12] Me: {ASKED}\n[00:15] Them: {NAMED}\n[00:21] Me: {ANSWERED}",
        f"C: {ASKED}\nI: {NAMED}\nC: {ANSWERED}",
        f"Candidate:\n{ASKED}\nInterviewer:\n{NAMED}\nCandidate:\n{ANSWERED}",
        f"Priya: {ASKED}\nHiring manager: {NAMED}\nPriya: {ANSWERED}",
        f"Priya (candidate): {ASKED}\nPanel (10:21): {NAMED}\nPriya: {ANSWERED}",
        f"Speaker 2: {ASKED}\nInterviewer 1: {NAMED}\nSpeaker 2: {ANSWERED}",
        f"- Candidate 1: {ASKED}\n- Interviewer 2: {NAMED}\n- Candidate 1: {ANSWERED}",
    ],
)
def test_speakers_are_marked_in_many_ways(marked):
    assert read(marked, "turns.txt") == WANTED


def test_json_is_read_as_a_list_as_an_object_and_line_by_line():
    each = [
        f'{{"speaker": "candidate", "text": "{ASKED}"}}',
        f'{{"speaker": "interviewer", "text": "{NAMED}"}}',
        f'{{"role": "candidate", "content": "{ANSWERED}"}}',
    ]
    assert read(f"[{', '.join(each)}]", "a.json") == WANTED
    assert read(f'{{"turns": [{", ".join(each)}]}}', "a.json") == WANTED
    assert read("\n".join(each), "a.jsonl") == WANTED


def test_what_escapes_in_json_name_is_cleaned_as_plain_text_is():
    told = (
        r'[{"speaker": "candidate", "text": "Any\ud800 doubts\u001b[2J?\u0000"}, '
        r'{"speaker": "interviewer", "text": "None \ud83d\ude00."}]'
    )
    assert read(told, "a.json") == (
        Turn("Any\ufffd doubts [2J?", theirs=False),
        Turn("None \U0001f600.", theirs=True),
    )


def test_a_speaker_in_json_is_cleaned_too():
    told = r'[{"speaker": "\u001bcandidate", "text": "x"}, {"speaker": "hr", "text": "y"}]'
    assert read(told, "a.json") == (Turn("x", theirs=False), Turn("y", theirs=True))
    with pytest.raises(TextError) as refused:
        read(r'[{"speaker": "\ud800"}]', "a.json")
    assert refused.value.message.isprintable()
    refused.value.message.encode()


@pytest.mark.parametrize("told", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "x\n[]"])
def test_json_that_is_nested_too_deep_is_refused(told):
    with pytest.raises(TextError, match=r"a\.json is JSON that is nested too deep") as refused:
        read(told, "a.json")
    assert "speaker" in refused.value.hint


def test_lines_without_a_speaker_go_on_and_neighbours_are_one_turn():
    told = (
        "Candidate: One.\nTwo.\nMy one question: is it far?\nInterviewer: No.\nPanel: Not at all."
    )
    assert read(told, "turns.txt") == (
        Turn("One. Two. My one question: is it far?", theirs=False),
        Turn("No. Not at all.", theirs=True),
    )


YES, NO = "So do I.", "I wonder about the gap."


@pytest.mark.parametrize("name", ["Anna", "ANNA", "**Anna Smith**", "[0:41] Dr. O'Neill", "Éva"])
@pytest.mark.parametrize("listed", ["", f"Interviewer: {YES}\n"])
def test_a_name_between_two_turns_of_the_candidate_is_an_interviewers(name, listed):
    told = f"Candidate: {ASKED}\n{name}: {NO}\nCandidate: {ANSWERED}\n{listed}"
    assert read(told, "a.txt")[:3] == (
        Turn(ASKED, theirs=False),
        Turn(NO, theirs=True),
        Turn(ANSWERED, theirs=False),
    )


def test_names_that_begin_two_turns_are_interviewers_wherever_they_stand():
    told = (
        f"Candidate: {ASKED}\nAnna: {NO}\nInterviewer: {YES}\nCandidate: {ANSWERED}\n"
        f"Ben: Good.\nAnna: Fine.\nBen: Thanks."
    )
    assert read(told, "a.txt") == (
        Turn(ASKED, theirs=False),
        Turn(f"{NO} {YES}", theirs=True),
        Turn(ANSWERED, theirs=False),
        Turn("Good. Fine. Thanks.", theirs=True),
    )


def test_several_names_are_several_interviewers_without_one_who_is_listed():
    told = f"Me: {ASKED}\nAnna: {NO}\nBen: {YES}\nMe: {ANSWERED}"
    assert [turn.theirs for turn in read(told, "a.txt")] == [False, True, False]
    assert read(told, "a.txt")[1].text == f"{NO} {YES}"
    bulleted = told.replace("\n", "\n- ")
    assert read(f"- {bulleted}", "a.txt") == read(told, "a.txt")


@pytest.mark.parametrize(
    "remark",
    [
        "Note: it was in May.",
        "First: I led a team.\nSecond: I ran nights.",
        "Result: it held.\nSituation: none.\nResult: it held again.",
        "My Question: is it far?",
        "Harbour Road: I ran the nights there.",  # once, and the interviewer speaks next
        "the ward: forty beds.\nthe ward: forty beds.",
        "Harbour Road Depot: nights.\nHarbour Road Depot: days.",
        "Phase 2: nights.\nPhase 2: days.",
        "- Leeds: nights.\n- Leeds: days.",
    ],
)
def test_a_remark_with_a_colon_stays_in_the_turn_in_which_it_stands(remark):
    told = f"Candidate: {ASKED}\n{remark}\nInterviewer: {NAMED}\nCandidate: {ANSWERED}"
    assert read(told, "a.txt") == (
        Turn(f"{ASKED} {' '.join(remark.split())}", theirs=False),
        *WANTED[1:],
    )


def test_a_remark_is_no_interviewer_where_none_is_listed():
    with pytest.raises(TextError, match="holds no turn of the interviewer"):
        read(f"Candidate: {ASKED}\nNote: I was nervous.\nCandidate: {ANSWERED}", "a.txt")


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("hello\nCandidate: x", "begins without a speaker: line 1 is 'hello'"),
        ("Anna: x\nBen: y", "does not say which speaker is the candidate: 'anna', 'ben'"),
        (
            "Speaker 1: x\nSpeaker 2: y",
            "does not say which speaker is the candidate: 'speaker 1', 'speaker 2'",
        ),
        (
            '[{"speaker": "SPEAKER 1", "text": "x"}, {"speaker": "SPEAKER 2", "text": "y"}]',
            "does not say which speaker is the candidate: 'speaker 1', 'speaker 2'",
        ),
        ("Candidate: x", "holds no turn of the interviewer"),
        ("Interviewer: x\nRecruiter: y\nInterviewer: z", "does not say which"),
        ('[{"speaker": "candidate"}]', "Turn 1 of turns.txt has no text"),
        ('[{"text": "x"}]', "Turn 1 of turns.txt has no speaker"),
        ("[]", "holds no turns"),
        ("", "holds no turns"),
        ("Candidate: …\nInterviewer: x", "holds no turn of the candidate"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_to_do(told, message):
    with pytest.raises(TextError) as refused:
        read(told, "turns.txt")
    assert message in refused.value.message
    assert refused.value.hint
