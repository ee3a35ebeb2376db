"""Simulated speakers: takes by chance, around what somebody can do."""

from __future__ import annotations

import random
from math import exp

from rehearse.history.measures import MEASURES, Point

STEP_CHANCE = {"interest": 0.9, "fit": 0.85, "concerns": 0.6, "thanks": 0.8}


def take(rng, *, fillers=8.0, spread=0.5, steps=1.0):
    """The measures of one take, by name.

    Parameters
    ----------
    fillers
        A minute, on average.
    spread
        How much a speaker's own rate moves from take to take: the standard deviation of its
        logarithm. People differ from themselves more than chance does.
    steps
        What the odds of each step are multiplied by.
    """
    minutes = rng.uniform(0.4, 1.4)
    mood = exp(rng.gauss(-spread * spread / 2, spread))
    there = sum(
        rng.random() < chance * steps / (1 - chance + chance * steps)
        for chance in STEP_CHANCE.values()
    )
    return {
        "steps": Point(there, 4),
        "cheesy": Point(poisson(rng, 0.4)),
        "length": Point(60 * minutes),
        "fillers": Point(poisson(rng, fillers * mood * minutes), minutes),
        "hesitations": Point(poisson(rng, 4 * mood * minutes), minutes),
        "pace": Point(rng.gauss(165, 18)),
        "pitch": Point(abs(rng.gauss(3, 0.5))),
    }


def poisson(rng, mean):
    """A count by chance (Knuth, "The Art of Computer Programming", vol. 2, 3.4.1)."""
    count, product, limit = 0, rng.random(), exp(-mean)
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def improved(takes):
    """Which measures are said to have improved after these takes."""
    from rehearse.history.standing import standing

    return {
        measure.name
        for measure in MEASURES
        if standing(measure, [each[measure.name] for each in takes]).verdict == "improved"
    }


def history(seed, count, **speaker):
    rng = random.Random(seed)
    return [take(rng, **speaker) for _ in range(count)]
