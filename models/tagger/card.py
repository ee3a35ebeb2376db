"""The tagger's card, from what the whole program says of closes that it was not trained on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from rehearse.audio.decode import SoundFile
from rehearse.closebench import answers, items
from rehearse.closebench.scores import score
from rehearse.language.tagger import LABELS
from rehearse.models import Models
from rehearse.pipeline import analyze, analyze_text
from rehearse.prosody import of_text as of_typed
from rehearse.steps import STEPS
from rehearse.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reading import Said
    from training import Recipe

    from rehearse.closebench.scores import Figure, Scores

BENCH: Final = Path(__file__).resolve().parents[2] / "closebench"
WEIGHTS: Final = "base"
BINS: Final = 10


def write(path: Path, train: Sequence[Said], held_out: Sequence[Said], recipe: Recipe) -> None:
    """Measure and write the card."""
    chosen_on = {said.id for said in held_out}
    labelled = [
        item for file in sorted((BENCH / "train").glob("*.jsonl")) for item in items.read(file)
    ]
    fold = of_text([item for item in labelled if item.id in chosen_on])
    test = items.read(BENCH / "test.jsonl")
    spoken = items.read(BENCH / "spoken" / "items.jsonl")
    same = [item for item in test if item.id in {each.id for each in spoken}]
    both = [*train, *held_out]
    path.write_text(
        CARD.format(
            sentences=sum(len(said.sentences) for said in both),
            items=len(both),
            closes=sum(said.whole for said in both),
            traps=sum(said.trap for said in both),
            rough=sum("asr" in said.tags for said in both),
            heard=sum("heard" in said.tags for said in both),
            registers=len({said.register for said in both}),
            labels=len(LABELS),
            trained=len(train),
            epochs=recipe.epochs,
            chosen=len(held_out),
            tested=len(test),
            test=results(of_text(test)),
            fold=results(fold),
            recordings=len(spoken),
            sound=results(of_sound(spoken)),
            same=summary(of_text(same)),
            calibration=calibration(test),
        ),
        "utf-8",
    )


def of_text(labelled: Sequence[items.Item]) -> Scores:
    """What the program says of typed closes, held against their labels."""
    models = Models(None)
    return score(
        labelled,
        [answers.of(analyze_text(item.text or "", item.id, models)) for item in labelled],
    )


def of_sound(labelled: Sequence[items.Item]) -> Scores:
    """What the program says of recordings, held against their labels."""
    models = Models(WEIGHTS)
    models.engine()
    models.language()
    return score(
        labelled,
        [answers.of(analyze(SoundFile(item.audio), models)) for item in labelled if item.audio],
    )


def results(scores: Scores) -> str:
    """The table and what it comes to."""
    return f"{table(scores)}\n\n{summary(scores)}"


def table(scores: Scores) -> str:
    """One row a label."""
    rows = ["| label | precision | recall | F1 | 95 % | closes |", "| --- " * 6 + "|"]
    for row in scores.labels:
        if row.support:
            name = row.label.replace("_", " ")
            rows.append(
                f"| {name} | {plain(row.precision)} | {plain(row.recall)} | {plain(row.f1)} "
                f"| {interval(row.f1)} | {row.support} |"
            )
    return "\n".join(rows)


def summary(scores: Scores) -> str:
    """The figures over all steps."""
    return (
        f"Macro-F1 of the four steps by close: {plain(scores.macro_f1)} "
        f"({interval(scores.macro_f1)}). All four steps right: {plain(scores.exact)} "
        f"({interval(scores.exact)}). Traps on which a step is raised that is not there: "
        f"{plain(scores.traps_raised)} ({interval(scores.traps_raised)}) of {scores.traps}."
    )


def calibration(labelled: Sequence[items.Item]) -> str:
    """The expected calibration error of each step: a close's probability is its best sentence's."""
    language = Models(None).language()
    chances = np.zeros((len(labelled), len(STEPS)))
    for row, item in zip(chances, labelled, strict=True):
        transcript = Transcript.of_text(item.text or "")
        tags = [each.tags for each in language.read(transcript, of_typed(transcript)).sentences]
        row[:] = [max((each.probability[step] for each in tags), default=0.0) for step in STEPS]
    truth = np.array([[step in item.steps for step in STEPS] for item in labelled])
    return ", ".join(
        f"{step} {calibration_error(chances[:, j], truth[:, j]):.3f}"
        for j, step in enumerate(STEPS)
    )


def calibration_error(chance: np.ndarray, truth: np.ndarray) -> float:
    """How far a probability is from how often it is right, over `BINS` bins, weighted by size.

    Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015.
    """
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(chance[place == number].mean() - truth[place == number].mean()))
        * float((place == number).mean())
        for number in range(BINS)
        if (place == number).any()
    ]
    return sum(gaps)


def plain(figure: Figure) -> str:
    """A share with three decimals."""
    return "–" if figure.value is None else f"{figure.value:.3f}"


def interval(figure: Figure) -> str:
    """From where to where it reaches."""
    return "" if figure.low is None else f"{figure.low:.3f}–{figure.high:.3f}"


CARD: Final = """# The step tagger

Generated by `train.py`; edit `card.py`.

**What it does.** For each sentence of an interview close it gives a probability for each of
{labels} labels: the four steps, cheesy, arrogant and hedging lines, and facets.
`rehearse/language/tagger.py` runs it; docs/labels.md says what each label means.

**Data.** `closebench/train`: {sentences} sentences of {items} invented items in {registers}
registers, {closes} of them whole closes and {traps} traps, written for this project and
labelled while writing; no real person's words. {rough} are as a recogniser would have written
them, and {heard} of those were in truth spoken by a synthetic voice and heard by the recogniser.
Its licence is the project's.

**How.** all-MiniLM-L6-v2 (22 million parameters, Apache-2.0), fine-tuned for {epochs} epochs on
{trained} items, whole closes at a time, cut as the program cuts them or as their writers did, and
a third of them rewritten at random as a recogniser would have written them; cues of grammar and
wording beside what the network makes of a sentence; exported to ONNX and quantized to int8. The
registers of the other {chosen} items were left out, and chose the recipe, the scale of the
probabilities, and the thresholds. DESIGNS.md compares it with other designs.

**Test.** {tested} closes of `closebench/test.jsonl`, by other hands, in registers that the training
data does not have, never used to choose anything. Text; the whole program; 95 % bootstrap
intervals.

{test}

Expected calibration error of a close's probability, in ten bins: {calibration}.

**Test, from sound.** {recordings} of them, spoken by synthetic voices, some in a room, with a fan
or over a telephone line, and heard with the weights `{weights}`.

{sound}

The same closes as text: {same}

**The registers left out of training**, on which the thresholds were chosen; they flatter a little,
though many of them are one half of a contrast pair and harder than what people say.

{fold}

**Limits, and who it may fail.** The data is written, not recorded, and by few hands: real speech
holds more repairs and more noise. Fit depends on what the job needs, and the tagger sees only what
the speaker says of it. Irony, interest taken back later, and praise meant as interest are its
weakest points. Varieties of English that the registers do not cover may be read less well.
""".replace("{weights}", WEIGHTS)
