"""What grammar and wording say for certain about one sentence.

An embedding knows what a sentence is about, and little about who thanks whom,
what is negated, past, reported or asked.  Each cue answers one such question
with yes or no.  Some read the words alone, so that they hold in lower-case
transcripts without punctuation; some read spaCy's tags and dependencies.

The order of `CUES` is the order of the tagger's inputs: append, never reorder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Span, Token

_PEOPLE = (
    r"(?:mom|mum|mother|dad|father|wife|husband|partner|sister|brother|friends?|family|kids?|"
    r"teachers?|mentors?|boss|manager|supervisor|team|crew|colleagues?|mates?|lads|girls|tutor|"
    r"professor|uncle|aunt|cousin|daughter|son|recruiter|agency|him|her|them|god|army|navy|coach|"
    r"foreman|gaffer|instructor|trainer|predecessor|neighbours?|landlord|nan|gran|parents)"
)
_JOB = (
    r"(?:jobs?|roles?|positions?|posts?|posting|opportunity|places?|teams?|company|firm|school|ward|unit|"
    r"shop|site|team|department|programme|program|practice|clinic|crew|here|this|it|you|your|"
    r"one|work|chair|seat|desk|spot|vacancy|placement|organisation|organization|yard|kitchen|charity)"
)
_WANT = (
    r"(?:want|wants|wanted|love|like|keen|excited|eager|interested|intrested|hope|hoping|dying|itching|"
    r"thrilled|chuffed|honou?red|delighted|proud|glad|happy|yes|prefer|choose|pick|take|accept|"
    r"sold|hooked|in|drawn|tempted|set on|heart|serious|game|up for it|count me|fancy|mad for)"
)
_DOUBT = (
    r"(?:concerns?|concerned|reservations?|doubts?|doubtful|worr(?:y|ies|ied|ying)|hesitat\w*|hesitan\w*|"
    r"qualms?|misgivings?|red flags?|flags?|holding you back|hold(?:s)? you back|hold(?:ing)? back|"
    r"fall(?:ing)? short|short of|gaps?|missing|lack(?:s|ing)?|weak\w*|put(?:s|ting)? you off|bother\w*|"
    r"gives? you pause|pause|nag(?:s|ging)?|unsure|not sure|uncertain|uneasy|uncomfortable|objections?|"
    r"against me|convinc\w*|unconvinced|wrong|trouble|troubles|stop(?:s|ping)? you|question marks?|"
    r"blind spots?|shaky|thin|unclear|not happy|unhappy|sceptical|skeptical|fear|afraid|niggl\w*|rather not|"
    r"clear (?:it |that |them )?up|clear the air|deal ?breaker|risk|risky|not (?:quite )?(?:right|fit)|fit)"
)

_WORDING: Final[dict[str, str]] = {
    # thanks
    "thank_you": r"\bthank(?:s| you|ing you| u)\b|\bthankyou\b|\bcheers\b|\bta very\b|\bmuch obliged\b|\bthank\b",
    "thanks_for": r"\b(?:thanks?(?: you| u)?|cheers|grateful|gratitude|obliged|indebted|ta)\b.{0,30}\bfor\b",
    "thanks_you_did": r"\bfor (?:your|the|having|seeing|meeting|making|taking|giving|fitting|letting|being|talking|"
    r"sitting|hearing|listening|considering|asking|squeezing|coming|staying|walking|showing)\b",
    "grateful": r"\b(?:grateful|gratitude|appreciate|appreciated|appreciative|thankful|obliged|indebted|"
    r"means? a lot|meant a lot|means the world|generous|kind of you|good of you|decent of you|owe you)\b",
    "appreciate_your": r"\bappreciat\w*\b.{0,20}\b(?:you|your|the time|the chance|the opportunity|being|everyone|time)\b",
    "appreciate_that": r"\bappreciate (?:that|the fact|how|why|it'?s|it is|there|this is|you'?re|you are|you have|you need)\b",
    "thanks_to": r"\bthanks (?:in (?:large |no small )?part )?to (?!you\b|your\b|everyone here|both|all|the panel|each)\b",
    "no_thanks": r"\bno,? thanks?\b|\bno,? thank you\b|\bthanks,? but\b|\bthankfully\b|\bthankless\b",
    "thanks_people": rf"\b(?:thank|thanks to|grateful to|owe|credit|indebted to|appreciate)\b.{{0,14}}\b(?:my|our|the) (?:\w+ ){{0,3}}{_PEOPLE}\b",
    "thanked_past": r"\b(?:thanked|was grateful|were grateful|thanking (?:him|her|them|me)|thank (?:me|him|her|them))\b",
    "pleasure": r"\b(?:pleasure|lovely|nice|great|good|enjoyed|fun) (?:to |meeting |talking |chatting |speaking )?(?:meet|meeting|talk|chat|you|it|this|our)?\b",
    "your_time": r"\byour (?:time|patience|attention|candou?r|honesty|kindness|help|openness|interest|consideration|hospitality)\b",
    # interest
    "want_job": rf"\b(?:i|i'?d|i'?m|i am|i would|im|id)\b.{{0,40}}\b{_WANT}\b.{{0,50}}\b{_JOB}\b",
    "i_want": r"\bi (?:really |truly |do |very much |still |just |genuinely |honestly |only )*(?:want|hope|wish|need|fancy)\b",
    "id_love": r"\b(?:i'?d|i would|id|i could)\b.{0,25}\b(?:love|like|take|be (?:honou?red|glad|happy|thrilled|proud|delighted|chuffed|lucky)|jump|say yes|sign|accept|give)\b",
    "keen": r"\b(?:keen|excited|eager|interested|intrested|enthusiastic|thrilled|passionate|sold|hooked|serious about|set on|all in|count me in|put me down|up for it|my first choice|top of my list|dream|chuffed)\b",
    "join": r"\b(?:join(?:ing)?|be part of|part of|come (?:and )?work|work(?:ing)? (?:here|with you|for you|alongside)|be here|on board|belong here|do this here|start here)\b",
    "this_job": r"\b(?:this|the|your) (?:\w+ )?(?:job|role|position|post|opportunity|team|company|place|firm|one|school|ward|unit|organi[sz]ation)\b",
    "not_interest": r"\b(?:not|n'?t|never|dont|isnt|wasnt|no longer|hardly|less)\b.{0,25}\b(?:interested|intrested|keen|want|excited|sure|for me|my thing|drawn|fancy|right fit|looking)\b",
    "double_negative": r"\b(?:could ?n'?t|could not|can ?n'?t|can not|cannot|nothing|nowhere|no other|never)\b.{0,40}\b(?:more|rather|better|prefer|else|wait|happier|keener|imagine|bored|put it down)\b",
    "to_know": r"\b(?:interested|curious|keen|like|love|intrigued|excited)\b (?:to|in) (?:know|knowing|hear|hearing|see|seeing|learn|ask|find|understand|read|meet)\b",
    "looking_forward": r"\blook(?:ing)? forward\b|\bhear(?:ing)? (?:back|from you)\b",
    "enjoyed_talk": r"\benjoy(?:ed|able|ing)?\b.{0,30}\b(?:talk|chat|conversation|today|meeting|hour|tour|discussion|afternoon|morning|interview|speaking|this)\b",
    "need_job": r"\b(?:need|needed|any) (?:a |the |any |some )?(?:job|work|money|income|something)\b|\brent\b|\bbills\b|\bmortgage\b|\bdesperate\b",
    "past_want": r"\b(?:used to|back then|at (?:the|that) (?:time|point)|once|years ago|as a kid|when i was|originally|last year|had wanted|i wanted|was (?:excited|keen|interested|thrilled|desperate)|would have|would'?ve|i'?d have|i would'?ve)\b",
    "hypothetical": r"\b(?:if i (?:were|was|had|did)|were i|had i|wish i|i'?d have|would have|unless|might have|could have)\b",
    "taken_back": r"\b(?:or,? (?:hm+|no|not|maybe|perhaps|actually)|scratch that|forget (?:it|that|i)|on second thoughts?|no,? (?:wait|sorry)|strike that|never ?mind|take that back|actually,? no|then again|don'?t answer that)\b",
    "sarcastic": r"\b(?:oh,? (?:sure|yeah|yes|great)|yeah,? right|as if|who wouldn'?t|of course i'?d love|because (?:that|nothing|who))\b",
    "more_i": r"\bthe more (?:i|you)\b.{0,60}\bthe more\b",
    # fit
    "i_did": r"\bi(?:'ve| have|ve| had|'d)? (?:\w+ly )?(?:ran|run|led|built|build|made|managed|worked|did|done|wrote|taught|trained|designed|handled|started|set up|set|took|brought|cut|kept|held|spent|rebuilt|launched|opened|closed|sold|grew|ran|been|fixed|wired|drove|looked after|covered|planned|organi[sz]ed|migrated|reduced|moved|delivered|served|nursed|cooked|coached|sorted|supported|translated|completed|finished|passed|developed|implemented|coordinated|supervised|won|saved|turned|created|learned|learnt|put|got|shipped|introduced|hired|raised|negotiated|audited|tested|installed|used|helped|lived|grew up|volunteered|carried|chaired|worked)\b",
    "my_experience": r"\b(?:my (?:last|previous|current|old|own|first|final)?\s?(?:job|role|experience|background|years?|time|team|project|degree|training|work|placement|internship|track record|shop|store|site|post|ward|class|thesis|career)|in my \w+|at my (?:last|current|old)|years? (?:of|as|in|doing|on|at))\b",
    "thats_me": r"\b(?:that'?s|thats|that is|which is|this is) (?:exactly |precisely |basically |pretty much |more or less |just |literally )?(?:what i|my|how i|where i|the (?:work|job|thing|kind|sort)|me\b|been my)",
    "you_need": r"\b(?:you|y'?all|they|the (?:job|role|post|posting|advert|ad|spec|description|team|position)|your (?:advert|ad|posting|team|spec|list))\b.{0,25}\b(?:need|needs|needed|want|wants|wanted|looking for|look for|asked|asks|ask|asking|after|require\w*|short of|said|say|mentioned|described|told|talked|keep|kept|called|calls|struggl\w*|lack|missing)\b",
    "if_need": r"\b(?:if|since|as|where|what|when) (?:it'?s |you'?re |you are |you |the )?(?:\w+ ){0,3}(?:need|want|after|looking for|matters|priority|problem|worry)\b",
    "number": r"\b(?:\d[\d,.]*(?:%|k|m)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|ninety|hundred|thousand|million|half|halved|doubled|tripled|dozen|per ?cent|quarter|zero)\b",
    "trait": r"\b(?:hard[- ]?work(?:ing|er)|reliable|punctual|team player|quick learner|fast learner|motivated|passionate|dedicated|people person|organised|detail[- ]oriented|good with|loyal|dependable|perfect (?:fit|match|candidate)|great fit|right (?:person|man|woman|fit|candidate)|ideal|best person|tick(?:s)? (?:all|every)|what it takes|born to|made for)\b",
    "future_self": r"\bi(?:'ll|'d| will| would| can| could|'m going to| am going to| hope to)\b",
    "others_did": rf"\b(?:my (?:\w+ )?{_PEOPLE}|he|she|they|our (?:team|company|manager|department|founder)|someone|a friend|the team|colleague|predecessor)\b.{{0,20}}\b(?:ran|built|won|led|did|made|managed|designed|has|had|is|was|got|works|worked|wrote|grew|cut|brought|took)\b",
    "values": r"\b(?:values?|believe in|mission|care about|culture|ethos|share your|same page|matters to me|stand for|philosophy)\b",
    # concerns
    "doubt": rf"\b{_DOUBT}\b",
    "doubt_me": rf"\b{_DOUBT}\b.{{0,40}}\b(?:me|my|i|i'?m|i'?ve|hiring|candidate|candidature|application|profile|cv|resume|background|answers?|experience)\b|\b(?:me|my|i|i'?ve|application|background)\b.{{0,50}}\b{_DOUBT}\b",
    "ask_you": r"\b(?:do you|did you|have you|are you|is there|are there|was there|would you|could you|can you|what (?:would|is|are|do|about|if|have|might|makes|else|doubts|reservations)|what'?s|where (?:do|would|am|did)|which|anything|something|tell me|let me know|say so|speak|be (?:blunt|honest|frank|straight)|i'?d (?:rather|sooner|like you)|i would rather|please)\b",
    "concern_question": rf"\b(?:any|anything|something|what|where|which|whatever|one thing)\b.{{0,60}}\b{_DOUBT}\b",
    "hear_it": r"\b(?:hear it|to my face|now (?:rather )?than|be (?:blunt|honest|frank|straight|brutal|candid)|don'?t (?:be polite|spare|hold back|go easy|sugar)|straight with me|rather (?:you|know|hear)|sooner (?:you|know|hear|here)|say (?:it|so)|put it to me|throw it at me|out with it|lay it|on the table|address|tackle|clear (?:it )?up|let me have it|shoot|fire away)\b",
    "my_concern": r"\b(?:my (?:only |own |one |main |biggest |real |single )?(?:\w+ )?(?:concern|worry|reservation|hesitation|doubt|fear|question)|i(?:'m| am|m| was| do| have)? (?:\w+ )?(?:worry|worried|concerned|nervous|hesitant|have (?:a|one|some) (?:concern|reservation|doubt)))\b",
    "concern_other": rf"\b{_DOUBT}\b.{{0,30}}\b(?:about|with|in|on|over) (?:the|your|this|that) (?:\w+ )?(?:team|company|product|role|market|budget|funding|business|commute|hours|rota|rate|roof|merger|schedule|project|building|boss|manager|contract|pay|workload|kit|van|system|shift|pattern|turnover|trust|school|site|job)\b",
    "they_reported": r"\b(?:he|she|they|the (?:last|other|previous|recruiter|agency|panel)|people|someone|everyone|my \w+|you) (?:\w+ )?(?:asked|said|told|used to|raised|mentioned|always|was|were|had|kept|thought|warned|reckoned)\b",
    "compare": r"\b(?:compare|compared|other candidates|the others|other applicants|stack up|rank|competition|how many (?:people|candidates)|where do i stand|my chances|shortlist)\b",
    "offer_info": r"\b(?:happy to|glad to|can|could|will|let me|feel free|any time)\b.{0,30}\b(?:send|provide|answer|share|references?|referees|forward|supply|bring|questions?|details)\b",
    "what_next": r"\b(?:next steps?|what happens|happens next|hear (?:back|from)|when (?:will|would|do|can|should|might|are) (?:you|i|we)|timeline|timescale|time ?frame|decision|decide|second (?:round|interview)|from here|by (?:friday|monday|when)|let (?:me|people|us) know)\b",
    "questions_for_me": r"\b(?:any|more|other|further) questions?\b",
    # cheesy and arrogant
    "when_start": r"\bwhen (?:do|can|should|shall|am) i (?:start|begin)\b|\bsee you (?:on )?monday\b|\bi can start\b|\bwhere (?:do|should) i (?:sign|sit|park|put)\b|\bmy (?:desk|parking|badge|office|name on)\b",
    "hire_me": r"\b(?:hire me|pick me|choose me|give me (?:a|the|this) (?:chance|shot|job|go)|take (?:a chance|me)|won'?t regret|look no further|stop looking|you'?ve found|sign me|bet on me)\b",
    "superlative": r"\b(?:best|nobody|no ?one|never|always|everyone|anybody|anyone|ever|perfect|unbeatable|the only|smartest|cleverest|top|number one|110|1000|born|guarantee|hands down)\b",
    "fake_weakness": r"\b(?:perfectionist|work too hard|care too much|too (?:dedicated|committed|honest|driven)|only (?:flaw|weakness|fault)|my (?:biggest |greatest )?(?:flaw|weakness|fault|vice))\b",
    "boss_joke": r"\b(?:boss|colleague|teammate|co-?worker|new hire|welcome|congratulat\w*|announcement|champagne|the offer|paperwork|contract)\b",
    "live_breathe": r"\b(?:live and breathe|in my (?:blood|dna)|dream (?:in|about)|eat,? sleep|sleep when|24/7|blood,? sweat|hit the ground|outside the box|to the moon|next level|rock ?star|ninja|guru|unicorn|secret weapon|magic|superpower)\b",
    "other_people_down": r"\b(?:anyone (?:else|better)|others?|other (?:candidates|people|applicants)|most (?:people|candidates|of)|people you|the rest|everyone else|amateurs?|the competition|better than|smarter|cleverer|second[- ]best)\b",
    # hedging
    "hedge": r"\b(?:i guess|sort of|sorta|kind of|kinda|i think maybe|maybe|i suppose|a bit|a little|not sure|probably|possibly|hopefully|i mean|or whatever|or something|if that makes sense|i'?m no expert|not (?:really )?an expert|just (?:a|an)|i feel like|somewhat|might|perhaps|more or less)\b",
    "this_kind": r"\b(?:this|that|these|what|the|any|same|some|certain) (?:kind|sort)s? of\b",
    # facets
    "card": r"\b(?:business card|your card|a card|card|e-?mail address|your (?:e-?mail|number|direct line|extension|details|contact)|direct (?:line|number|dial)|best (?:address|e-?mail|way to reach)|write to you|drop you a line|get in touch|reach you)\b",
    "follow": r"\b(?:i'?ll|i will|ill|let me|going to|gonna|i can)\b.{0,20}\b(?:send|e-?mail|write|forward|drop|post|mail|share|pop|get)\b",
    "as_you_said": r"\b(?:as (?:you|we|i)|like (?:you|we|i)|what (?:you|we)|you|we|that you|earlier|which you)\b.{0,12}\b(?:said|mentioned|discussed|talked|told|spoke|described|were saying|asked|showed|called|covered|touched|brought up|keep|kept)\b",
    "you": r"\b(?:you|your|yours|u|ya|yourself|y'?all)\b",
    "i_me": r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|im|ive|id|me|my|mine|myself)\b",
}  # fmt: skip

_PATTERNS: Final = {name: re.compile(pattern) for name, pattern in _WORDING.items()}

_MODALS: Final = frozenset({"would", "could", "might", "may", "should", "'d"})
_FIRST: Final = frozenset({"i", "we"})
_REPORTING: Final = frozenset(
    {"say", "tell", "ask", "call", "reckon", "think", "swear", "joke", "write", "warn", "mention"}
)


def normalised(text: str) -> str:
    """Lower case, plain apostrophes, single blanks."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


def normalised_in_place(text: str) -> str:
    """Lower case and plain apostrophes, every character where it was."""
    plain = text.translate({0x2019: "'", 0x2018: "'", 0x0A: " ", 0x09: " "})
    return "".join(low if len(low := character.lower()) == 1 else character for character in plain)


def _root(span: Span) -> Token:
    return span.root


def _subjects(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}]


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" for child in token.children)


def _asks(span: Span) -> bool:
    """Whether a question is put: by its mark, or by its word order."""
    if span.text.rstrip(" \"')”").endswith("?"):
        return True
    words = [token for token in span if token.is_alpha]
    first = next((token for token in words if token.dep_ != "intj" and token.pos_ not in {"INTJ", "CCONJ"}), None)  # fmt: skip
    if first is None:
        return False
    if first.tag_ in {"WP", "WRB", "WDT"} and first.head.pos_ in {"VERB", "AUX"}:
        return True
    return first.pos_ == "AUX" and any(
        later.dep_.startswith("nsubj") and later.i > first.i for later in first.head.children
    )


def _first_person_past(span: Span) -> bool:
    """I or we did something: a past or perfect verb that is no verb of mind."""
    mind = {
        "want",
        "hope",
        "think",
        "feel",
        "wish",
        "like",
        "love",
        "enjoy",
        "hear",
        "know",
        "guess",
    }
    for token in span:
        if token.tag_ not in {"VBD", "VBN"} or token.lemma_.lower() in mind | {"be", "have"}:
            continue
        subjects = _subjects(token) or _subjects(token.head)
        if any(subject.lower_ in _FIRST for subject in subjects):
            return True
    return False


def _third_person_root(span: Span) -> bool:
    return any(
        subject.lower_ not in _FIRST | {"you", "it", "this", "that", "there", "what", "which"}
        for subject in _subjects(_root(span))
    )


def _you_are_thanked(span: Span) -> bool:
    for token in span:
        if token.lemma_.lower() in {"thank", "appreciate", "owe"}:
            for child in token.subtree:
                if child.lower_ in {"you", "your", "u"}:
                    return True
    return False


def _mind_verb_first(span: Span) -> bool:
    wants = {
        "want",
        "love",
        "like",
        "hope",
        "wish",
        "take",
        "accept",
        "choose",
        "prefer",
        "fancy",
        "join",
    }
    return any(
        token.lemma_.lower() in wants
        and not _negated(token)
        and any(subject.lower_ in _FIRST for subject in _subjects(token))
        for token in span
    )


_GRAMMAR: Final[dict[str, Callable[[Span], bool]]] = {
    "asks": _asks,
    "asks_you": lambda span: _asks(span) and any(t.lower_ in {"you", "your"} for t in span),
    "asks_about_me": lambda span: _asks(span) and any(t.lower_ in {"me", "my"} for t in span),
    "root_is_first": lambda span: any(s.lower_ in _FIRST for s in _subjects(_root(span))),
    "root_is_you": lambda span: any(s.lower_ == "you" for s in _subjects(_root(span))),
    "root_is_third": _third_person_root,
    "root_is_past": lambda span: _root(span).tag_ == "VBD",
    "root_is_present": lambda span: _root(span).tag_ in {"VBP", "VBZ"},
    "root_is_imperative": lambda span: _root(span).tag_ == "VB" and not _subjects(_root(span)),
    "root_is_negated": lambda span: _negated(_root(span)),
    "any_negation": lambda span: any(token.dep_ == "neg" for token in span),
    "modal": lambda span: any(t.tag_ == "MD" and t.lower_ in _MODALS for t in span),
    "if_clause": lambda span: any(t.lower_ == "if" for t in span),
    "first_past": _first_person_past,
    "thanked": _you_are_thanked,
    "wants": _mind_verb_first,
    "reports": lambda span: any(
        t.lemma_.lower() in _REPORTING and t.tag_ in {"VBD", "VBZ"} for t in span
    ),
    "quotes": lambda span: sum(t.text in {'"', "“", "”", "‘", "'"} for t in span) >= 2,
    "number_like": lambda span: any(t.like_num for t in span),
    "short": lambda span: sum(t.is_alpha for t in span) <= 5,
    "long": lambda span: sum(t.is_alpha for t in span) >= 25,
}

CUES: Final = (*_PATTERNS, *_GRAMMAR)
"""The names of all cues, in the order of the tagger's inputs."""


def wording_cues(text: str) -> set[str]:
    """The names of the cues in the words alone."""
    plain = normalised(text)
    return {name for name, pattern in _PATTERNS.items() if pattern.search(plain)}


def cues(span: Span) -> NDArray[np.float32]:
    """All cues of one sentence.

    Returns
    -------
    float32 [shape=(len(CUES),)], 0 or 1
    """
    import numpy as np

    worded = wording_cues(span.text)
    values = [name in worded for name in _PATTERNS]
    values += [test(span) for test in _GRAMMAR.values()]
    return np.array(values, dtype=np.float32)
