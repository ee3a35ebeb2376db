"""The fields of a JSON report.

Formats
-------
1
    The first. Fields may be added to it; none changes its meaning.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 1

FIELDS: Final = {
    "format": "1",
    "source": "the input, as it was named; - for standard input",
    "error": "null, or {message, hint} where the input could not be analysed: the rest is null",
    "notes": "what was done with the input that its owner should know",
    "engine": "null for text, or {name, model, sha256} of what wrote the words",
    "transcript": "{text, words: [{text, start, end, start_s, end_s, probability, heard, "
    "unheard, speaker}]}",
    "steps": "{interest, fit, concerns, thanks: {present, evidence: [quotation]}}",
    "facets": "{next_steps, business_card, follow_up, quantified, reminder}: true or false",
    "voices": "null for text, or [{speaker, speech_s, candidate}]",
    "recording": "null for text, or {level_dbfs, snr_db, clipped, bandwidth_hz, wordless}",
    "to": "null, or whom it is for, as in `--to`",
    "criteria": "null without a job, or [{text, rank, level, covered, named, evidence: "
    "[quotation], mentions: [quotation]}]",
    "discussed": "null without notes, or [{note, quotations: [quotation]}]",
    "plan": "null without a plan, or [{part, text, said, quotations: [quotation]}]",
    "exchange": "null, or the first answer to the concerns question: {reply, acknowledged, "
    "clarified, evidence, checked, defensive, evasive, dwelling, quality, asked, said, response, "
    "quotations}",
    "exchanges": "null, or all of them, each in that form",
    "measures": "named measures with their units; null where the input cannot tell",
    "findings": "[{check, level, message, suggestion, at: quotation or null}]",
    "fixes": "indexes of the at most three findings that come first",
}
"""Each field of a report, and what it holds; docs/json.md is made of it."""
