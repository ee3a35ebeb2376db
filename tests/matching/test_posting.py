"""What a posting asks for, where little of it was given."""

from __future__ import annotations

import pytest

from rehearse.errors import PostingError
from rehearse.interview.posting import Posting, cut
from rehearse.matching.posting import criteria_of


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Registered nurse (NMC)\nTwo years on an acute ward\nDriving licence\n",
            ["Registered nurse (NMC)", "Two years on an acute ward", "Driving licence"],
        ),
        (
            "We need:\n- experience of running night shifts\n",
            ["experience of running night shifts"],
        ),
        ("Requirements:\nFive years of Python\n", ["Five years of Python"]),
        ("teamwork\nexcel\ncommunication\n", ["teamwork", "excel", "communication"]),
        (
            "Requirements:\n- five years of Python\n\nWhat we offer:\n- a car\n- a pension\n",
            ["five years of Python"],
        ),
    ],
)
def test_a_few_lines_are_enough(reading, text, asked):
    posting = Posting("job.txt", cut(text))
    found = criteria_of(posting, reading.language(), reading.reader())
    assert [each.text for each in found] == asked


@pytest.mark.parametrize(
    "text",
    [
        "Pay is good. Lunch is free. We are near the station.",
        "The sun was low and the road was empty. They went home.",
        "What we offer:\n- a car\n- lunch\n- a pension\n",
    ],
)
def test_what_asks_for_nothing_is_refused(reading, text):
    with pytest.raises(PostingError, match="asks nothing"):
        criteria_of(Posting("job.txt", cut(text)), reading.language(), reading.reader())


@pytest.mark.parametrize("text", ["Five years of Python.", "Stamina.", "Never late."])
def test_what_the_refusal_advises_works(reading, text):
    models = reading.language(), reading.reader()
    with pytest.raises(PostingError, match="asks nothing") as raised:
        criteria_of(Posting("job.txt", cut(text)), *models)
    heading = (raised.value.hint or "").split('"')[1]
    found = criteria_of(Posting("job.txt", cut(f"{heading}\n{text}")), *models)
    assert [each.text for each in found] == [text]
