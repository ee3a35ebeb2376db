"""Which words can be a habit of speech: small ones, and those that are not grammar alone."""

from __future__ import annotations

from typing import Final

Ngram = tuple[str, ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TICS: Final = _words("""
    absolutely actually admittedly alright anyhow anyway anyways apparently arguably basically
    certainly clearly completely definitely effectively entirely especially essentially evidently
    exactly extremely fairly frankly fundamentally generally genuinely honestly hopefully hugely
    ideally incredibly innit just kinda like literally massively maybe mostly naturally normally
    obviously okay particularly perhaps personally possibly potentially practically pretty
    probably quite really right seriously simply so somehow somewhat sorta specifically super
    surely technically totally truly truthfully typically ultimately usually very virtually well
    whatever yeah
""")
"""Words that are a habit by themselves: they stress, soften, or hold the floor."""

MARKERS: Final = _words("""
    know mean think guess suppose believe reckon imagine assume admit swear seem seems speak
    speaking talking honest fair frank blunt clear sure able trying going gonna gotta forward
    thing things kind sort type bit lot stuff fact matter terms sense extent opinion example
    instance forth cetera needless doubt
""")
"""Words that make a phrase of two or more a way of speaking, and not grammar alone."""

WEAK_MARKERS: Final = _words("""
    say saying said see look looking find feel understand remember way day end case point moment
    whole reason hand hands side same long short story quick worth words basis rest view
    perspective perfectly wrong word large foremost truth
""")
"""Words that do so among three or more: "the day" is a day, "at the end of the day" is not."""

GRAMMAR: Final = _words("""
    i you he she it we they me him her us them my your his its our their mine yours myself
    i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd we'll they're
    they've that's there's what's here's who's let's
    a an the this that these those some any no every each all both much many more most less few
    little another other one anyone everyone someone something anything everything else
    and or but because if when while though although than as since until before after unless
    of in on at to for with by from about into over through up down out off around between under
    without within across
    is are was were am be been being have has had having do does did doing done will would can
    could should might may must shall can't don't didn't doesn't isn't wasn't aren't won't
    wouldn't couldn't haven't
    not never ever always only even also too still again already yet now then here there where
    how why what which who time first daily
    get got getting go goes come comes make makes take takes put let lets tell call lie
""")
"""Words that a phrase may have besides."""

_IDIOMS: Final = """
    of course, as well, and so on, or so, or whatever, or something, or anything, and everything,
    or something like that, when it comes to, as it were, all in all, more or less, first of all,
    after all, and all that, and all of that, now and then, time and again, again and again, over
    and over, once again, each and every, in any way, at all times, just in case, i'd say, you see,
    at the same time, to a certain extent, to a degree, more than anything, more than happy,
    in all honesty, in all fairness, as far as i'm concerned, as far as i know, to put it simply,
    to put it bluntly, simply put, put it this way, hand on heart, all things considered, with all
    due respect, with respect, fair enough, and whatnot, and what have you, what have you, per se,
    moving forward, touch wood, knock on wood, fingers crossed, i dare say, i daresay, trust me,
    believe me, bear with me, correct me if i'm wrong, if you like, if you will, as it happens, as
    such, for the most part, by and large, on top of that, on that note, in a nutshell, in essence,
    in principle, in theory, in reality, in general, in particular, in a perfect world, from the
    get go, at the minute, at this stage, at some stage, at this juncture, down the line, down the
    road, up until now, so far so good, above all, nine times out of ten, a hundred percent, one
    hundred percent, no problem, not a problem, no worries, not to mention, by all means, by any
    means, hands down, rest assured, no question, without question, out of interest, at heart,
    along those lines, something along those lines, i'm a big believer, i'm passionate about, it
    is what it is, by nature, naturally enough, funnily enough, oddly enough, strangely enough,
    interestingly enough, to cut a long story short, the bottom line is, bottom line, needless to
    add, as a rule, as always, as usual, as ever, as a result, with that being said, that being
    said, having said that, that said, be that as it may, if anything, if nothing else, if need be,
    et cetera, and such, and the like, or thereabouts, give or take, i'm afraid, god willing, thank
    god, my god, oh my god, hear me out, i hear you, mind you, don't get me wrong, come to think of
    it, far and away, part and parcel, to boot, in the grand scheme of things, day in day out, isn't
    it
"""

IDIOMS: Final = frozenset(tuple(idiom.split()) for idiom in _IDIOMS.split(","))
"""Ways of speaking that need no marker: "a course" is a course, "of course" is none."""

_CLOSING: Final = """
    let me know, know if, look forward, looking forward, you said, you say, any doubt, tell me,
    your time, for the time, looking for, not sure about, you not sure, you're not sure, you are
    not sure, do you think, you think of, do you feel, do you see, can you see, you see any, speak
    to, speak with, speaking to, speaking with, talking to, talking with, see you, no doubt about
"""

CLOSING: Final = frozenset(tuple(each.split()) for each in _CLOSING.split(","))
"""What a close is made of, whoever speaks. A phrase with this in it is no habit."""

FREE: Final = TICS | MARKERS | WEAK_MARKERS | GRAMMAR

SMALL: Final = FREE | {word for idiom in IDIOMS for word in idiom}

BEGINNINGS: Final = frozenset(word[:5] for word in FREE)

_NO_BEGINNING: Final = frozenset({"of", "than"})

NO_END: Final = _words("""
    a an the my your his our their these those every each very no which who
    i he she we they i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd
    we'll they're they've that's there's what's here's who's let's
    and or but because if when while though although than since until before after unless
    in on at for with by from about into over through between under without within across
    are was were am been being have has had having do does did will would can could should might
    may must shall can't don't didn't doesn't isn't wasn't aren't won't wouldn't couldn't haven't
""")
"""A phrase that ends in one of these is cut off."""

_BEFORE_END: Final = {
    "of": _words("sort kind type lot bit terms because"),
    "to": _words("going able trying comes"),
}
"""A phrase that ends in one of these is cut off, but after those."""


def possible(words: Ngram) -> bool:
    """Whether words can be a habit, however often they are said."""
    if len(words) == 1 or words in IDIOMS:
        return words in IDIOMS or words[0] in TICS
    if words[0] in _NO_BEGINNING or _cut_off(words) or not FREE.issuperset(words):
        return False
    marked = not MARKERS.isdisjoint(words) or TICS.issuperset(words)
    if not marked and (len(words) < 3 or WEAK_MARKERS.isdisjoint(words)):
        return False
    return not any(_part(each, words) for each in CLOSING)


def _cut_off(words: Ngram) -> bool:
    before, last = words[-2:]
    return last in NO_END or (last in _BEFORE_END and before not in _BEFORE_END[last])


def _part(inner: Ngram, words: Ngram) -> bool:
    return any(
        words[start : start + len(inner)] == inner for start in range(len(words) - len(inner) + 1)
    )
