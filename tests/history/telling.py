"""People who tell the same story in other words each time, and their habits."""

from __future__ import annotations

import re

HABITS = """
    you know|I mean|sort of|kind of|to be honest|basically|literally|obviously|actually|honestly|
    at the end of the day|to be fair|I guess|if that makes sense|the thing is|in terms of|as I say|
    or whatever|and so on|I would say|a little bit|for what it's worth|like|just|really|right|
    definitely|and stuff like that|as well|going forward|I suppose|when it comes to|absolutely|
    I think|of course
"""
HABITS = [" ".join(habit.split()) for habit in HABITS.split("|")]

GARDENER = [
    [
        (
            "{I'd like|I want|I would love} {this job|to work in these gardens|to be your gardener}, "
            "{and I hope you can tell|and I have wanted it for a while|that is the short of it}."
        ),
        (
            "{This garden|The walled garden} {is|was} {the reason I applied|why I came}, "
            "{and|so} {I would be glad to have it|I'd be happy here}."
        ),
        "{So|Well,} {yes, I want it|I am keen|this is the job for me}.",
    ],
    [
        (
            "{You said|You told me|I heard} that {the roses suffered last year|you lost the roses}, "
            "{and I think I know why|and I have seen that before|which is a pity}."
        ),
        (
            "{The roses|Your roses} {need|want} {somebody who looks every day|a bit of care}, "
            "{and that is what I do|and I am there every day}."
        ),
        (
            "{Walking round|When we walked round} I {saw|noticed} {black spot on the roses|what the "
            "frost had done to the roses}, {and it can be helped|and I know what to do about that}."
        ),
    ],
    [
        (
            "{At the hall|At Marley Hall} {I|we} {brought back|saved} {forty|about forty} roses "
            "{in one spring|in two years}, {by cutting hard|and we did it without sprays}."
        ),
        (
            "{For nine years|In nine years at the hall} I {looked after|had} {the borders|three acres} "
            "{on my own|with one other gardener}, {and people came to see them|and it won a prize}."
        ),
        (
            "I {learned|was taught} {roses|to prune} {from my uncle|at the hall}, "
            "{and he was never wrong|and I have never stopped learning}."
        ),
    ],
    [
        (
            "{What I like about it|What I like most} is {the winter|the work in winter}: "
            "{it is quiet and you can think|you see how the garden is made}."
        ),
        (
            "{I'm not one to|I don't} {sit inside|wait for good weather}, "
            "{rain or not|and the rain is fine by me}."
        ),
    ],
    [
        (
            "{Is there anything|Is there something} {about me|in what I said} {that you are not sure "
            "of|you'd like to ask again}?"
        ),
        (
            "{Do you have|Have you} any {doubts|worries} {about me|about hiring me}? "
            "{I would rather know|I can take it}."
        ),
        "{What would you want to know|What else can I tell you} {before you decide|today}?",
    ],
    [
        "{Thank you|Thanks} {for your time|for showing me the garden|for the tea}.",
        "{Thank you both|Thanks to you both}, {I enjoyed the walk|it was good of you}.",
        (
            "{I look forward to|I'm looking forward to} {hearing from you|seeing it in June}, "
            "{thank you|and thanks again}."
        ),
    ],
]
"""A speaker who tells the same story in other words each time. Invented, after the rules."""

COOK = [
    [
        "{I want to cook here|I'd love to cook here}, {and not just anywhere|I'll say it plainly}.",
        (
            "{It's this kitchen|This is the kitchen} {I want|that I want to work in}, "
            "{because you do your own bread|because of what I ate on Sunday}."
        ),
        (
            "{I think I could be useful here|I could do a lot of good here}, "
            "{and I know I'd be happy|and I would like the chance}."
        ),
    ],
    [
        (
            "{You are short of|You need} {a steady hand|someone calm} {on the pass|on Fridays}, "
            "{as you told me|if I understood you}."
        ),
        (
            "{The thing you are missing|What you are missing} is {somebody for the pass|a calm pass}, "
            "{and I've been that person|that's how it looked to me}."
        ),
    ],
    [
        (
            "{At Lucio's|For six years at Lucio's} {I ran the pass|the pass was mine}, "
            "{two hundred covers on a Friday|with two hundred covers}, {and nobody shouted|quietly}."
        ),
        (
            "{We sent back|We had} {fewer plates|hardly any plates back} {than any year before|after "
            "I took the pass}, {and the waste went down by a fifth|and we threw away much less}."
        ),
        (
            "{I changed|We changed} {the way the orders came in|how the orders are called}, "
            "{so that everyone could hear|and after that it was quiet}."
        ),
        (
            "{My chef there|Lucio} {would tell you|can tell you} {that I don't get loud|I never got "
            "loud}, {whatever happens|not even at Christmas}."
        ),
    ],
    [
        (
            "{I've got two young cooks|There are two cooks} {that I trained|who learned with me}, "
            "{and they run kitchens now|and one of them is a head chef}."
        ),
        (
            "{I like teaching|Teaching is the best of it}: {you see them get it right|they get better "
            "than you are}."
        ),
    ],
    [
        (
            "{If there is anything|If something} {that worries you|speaks against me}, "
            "{I'd like to hear it|please say so} {now|while I am here}."
        ),
        "{Does anything|Is there anything that would} {make you hesitate|stop you}?",
        "{Any doubts|Have you any doubts} {about me on the pass|that I can answer}?",
    ],
    [
        "{Thanks|Thank you} {so much |very much |}{for having me|for the coffee}.",
        "{That's all from me, thank you|Thank you for taking the time}.",
    ],
]


def said(rng, pattern):
    """One of the sentences that a pattern holds: "{a|b}" is one of both."""
    while match := re.search(r"\{([^{}]*)\}", pattern):
        pattern = (
            pattern[: match.start()] + rng.choice(match[1].split("|")) + pattern[match.end() :]
        )
    return " ".join(pattern.split())


def told(rng, speaker, takes):
    """The story of a speaker, told so often: another order, other sentences, other words."""
    texts = []
    for _ in range(takes):
        points = [point for point in speaker if rng.random() < 0.9] or list(speaker)
        if rng.random() < 0.4 and len(points) > 1:
            at = rng.randrange(1, len(points))
            points[at - 1 : at + 1] = reversed(points[at - 1 : at + 1])
        sentences = [
            pattern
            for point in points
            for pattern in rng.sample(point, 2 if len(point) > 2 and rng.random() < 0.5 else 1)
        ]
        texts.append(" ".join(said(rng, pattern) for pattern in sentences))
    return texts


def with_habit(rng, text, habit, times):
    """A text with a habit where people have one: at a sentence, a comma, a clause."""
    words = text.split()
    joints = {"and", "but", "because", "which", "that", "so", "I", "with", "for"}
    spots = [
        at
        for at, word in enumerate([*words, ""])
        if at == 0 or words[at - 1][-1] in ".,?!;" or word in joints
    ]
    for at in sorted(rng.sample(spots, min(times, len(spots))), reverse=True):
        words.insert(at, f"{habit}," if rng.random() < 0.6 else habit)
    return " ".join(words)


def changed(rng, text, share, words):
    """A text as one recites it: a sentence left out or moved, some words lost or replaced."""
    sentences = re.split(r"(?<=[.?!])\s+", text)
    if len(sentences) > 2 and rng.random() < 0.3:
        del sentences[rng.randrange(len(sentences))]
    if len(sentences) > 2 and rng.random() < 0.3:
        at = rng.randrange(1, len(sentences))
        sentences[at - 1 : at + 1] = reversed(sentences[at - 1 : at + 1])
    kept = []
    for word in " ".join(sentences).split():
        fate = rng.random()
        if fate < share / 3:
            continue
        kept.append(rng.choice(words) if fate < 2 * share / 3 else word)
        if 2 * share / 3 <= fate < share:
            kept.append(rng.choice(words))
    return " ".join(kept)
