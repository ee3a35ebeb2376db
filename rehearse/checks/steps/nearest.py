"""What was said instead of a step that is missing."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Final

from rehearse.steps import STEPS

if TYPE_CHECKING:
    from rehearse.close import Close, Sentence

OTHERWISE: Final = frozenset({*STEPS, "cheesy", "arrogant"})
JOKE: Final = "when_start"

NEAR: Final = 0.1
"""From this probability on a sentence is near a step, whatever its words are. Ours."""

MOST_QUOTED: Final = 100
"""Characters that are quoted of it at most."""

WORDS: Final[dict[str, frozenset[str]]] = {
    "interest": frozenset(
        {"keen", "i_want", "id_love", "enjoyed_talk", "looking_forward", "need_job", "to_know"}
    ),
    "fit": frozenset({"trait", "values", "others_did"}),
    "concerns": frozenset(
        {"compare", "what_next", "my_concern", "concern_other", "questions_for_me", "offer_info"}
    ),
    "thanks": frozenset(
        {"pleasure", "appreciate_that", "thanks_to", "thanks_people", "no_thanks", "thank_you"}
    ),
}
"""For each step the cues (`rehearse.language.cues`) of what may be meant for it."""

INSTEAD: Final[dict[str, dict[str, str]]] = {
    "interest": {
        "enjoyed_talk": "it says that you enjoyed the talk, not that you want the job",
        "looking_forward": "it waits for an answer and does not say which one you hope for",
        "need_job": "it says that you need a job, not that you want this one",
        "to_know": "it asks for information",
        "root_is_third": "it tells of somebody else",
        "past_want": "it tells of another time",
    },
    "fit": {
        "others_did": "it tells of somebody else's work",
        "trait": "it claims, and does not say what you did",
        "values": "it says what you believe, not what you did",
        "future_self": "it promises, and does not say what you did",
    },
    "concerns": {
        "compare": "it asks about the others",
        "what_next": "it asks what comes next, not what speaks against you",
        "my_concern": "it tells a worry of yours and does not ask for theirs",
        "concern_other": "it asks about the job, not about you",
        "questions_for_me": "it asks for questions, not for doubts",
        "offer_info": "it offers information and does not ask for doubts",
    },
    "thanks": {
        "thanks_to": "it names a cause and thanks nobody",
        "thanks_people": "it thanks somebody else",
        "appreciate_that": "it says that you understand",
        "no_thanks": "it declines",
        "pleasure": "it says that it was pleasant, which is not yet thanks",
    },
}
"""What a sentence with a cue says instead of the step; docs/labels.md has the rules."""


def nearest(close: Close, step: str) -> str:
    """A sentence that names what came closest to a missing step; empty where nothing did."""
    candidates = [each for each in close.sentences if _is_near(each, step)]
    if not candidates:
        return ""
    near = max(candidates, key=lambda each: each.tags.probability[step])
    quoted = shorten(near.text, MOST_QUOTED, placeholder=" …")
    instead = next((says for cue, says in INSTEAD[step].items() if cue in near.tags.cues), "")
    return f"What came closest: “{quoted}”" + (f" – but {instead}." if instead else "")


def _is_near(sentence: Sentence, step: str) -> bool:
    if sentence.tags.probability[step] >= NEAR:
        return True
    # A sentence that takes another step was meant for that one, and a cheesy line for a joke.
    meant_otherwise = sentence.tags.present & OTHERWISE or JOKE in sentence.tags.cues
    return bool(sentence.tags.cues & WORDS[step]) and not meant_otherwise
