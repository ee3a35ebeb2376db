"""A posting, cut into what may each be asked for."""

from __future__ import annotations

from rehearse.interview.posting import Line, cut


def texts(posting):
    return [each.text for each in cut(posting)]


def test_a_list_stands_under_its_heading_until_it_ends():
    found = cut(
        "Sous chef\n\nWhat we need\n• two years on fish\n- Level 3\n\nNice to have:\n* bread\n\n"
        "Call Jo before three."
    )
    assert found == (
        Line("Sous chef"),
        Line("two years on fish", "What we need"),
        Line("Level 3", "What we need"),
        Line("bread", "Nice to have:"),
        Line("Call Jo before three."),
    )
    assert found[3].told == "Nice to have: bread"


def test_prose_is_cut_into_sentences_and_where_another_need_begins():
    posting = (
        "We need somebody who can be sent out alone, and who explains things in plain English. "
        "You hold a licence, e.g. class B, and you can start at seven."
    )
    assert texts(posting) == [
        "We need somebody who can be sent out alone",
        "who explains things in plain English.",
        "You hold a licence, e.g. class B",
        "you can start at seven.",
    ]


def test_a_list_in_one_line_is_cut_where_it_is_one():
    assert texts("Must have: clean licence, own tools, two years on site") == [
        "clean licence",
        "own tools",
        "two years on site",
    ]
    assert texts("Solid networking: VLANs, VPNs, firewalls") == [
        "Solid networking: VLANs, VPNs, firewalls"
    ]


def test_every_line_stands_in_the_posting_as_it_was():
    posting = "# Nurse\r\n\r\n**You have:**\r\n1. a PIN;\r\n2. nights\r\n   - weekends\r\n"
    assert texts(posting) == ["Nurse", "a PIN;", "nights", "weekends"]
    assert all(text in posting for text in texts(posting))


def test_a_first_line_is_the_name_of_the_job_unless_it_ends_with_a_colon():
    assert cut("Requirements:\nStamina")[0] == Line("Stamina", "Requirements:")
    assert texts("Ward nurse\nStamina") == ["Ward nurse", "Stamina"]


def test_nothing_is_cut_from_nothing():
    assert cut("") == ()
    assert cut("--- \n***\n") == ()
