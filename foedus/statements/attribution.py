"""Attribution: claims, and the chains of sources through which words come (PROV wasQuotedFrom, FactBank sources).

Whoever is quoted within what somebody else says comes through that other. What nobody is said to say, but the outlet
judges or leaves open in its own words, is the outlet's own reading or doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from foedus.documents.time_resolution import names_a_day
from foedus.reference.packs import Reference
from foedus.statements.attribution_words import AttributionWords, attribution_words
from foedus.statements.claim_topics import topic_of
from foedus.statements.discourse_sayings import Attributed, sayings_of
from foedus.statements.names import Analysis, Discourse, MentionKind
from foedus.statements.outlet_readings import outlet_readings
from foedus.statements.statement import Claim, Statement, statement_id
from foedus.terms.dates import Anchor, Timex
from foedus.terms.evidence import Quote, Relation, Source, Stance

_DEPTH = 3
"""Links of a chain that are kept."""
_FAR = 80
"""Characters between the verb and the place where it was said."""
_CITED = "whom the speaker cites"
_FEWEST = 2
"""Words that a claim has at least."""


def claims(discourse: Discourse, reference: Reference) -> tuple[Statement, ...]:
    """What anybody in the document says about the treaty or the facts around it, in reading order; none without a treaty."""
    if not discourse.is_about_a_treaty:
        return ()
    words = attribution_words(reference, discourse.document.language)
    sayings = sayings_of(discourse, reference)
    told = [one for saying in sayings for one in (saying, *_of_the_cited(saying))]
    parts = [part for saying in told for part in _propositions(discourse, saying, words)]
    said = [_claim(discourse, part, sayings, words, reference) for part in parts]
    own = outlet_readings(discourse, sayings, words, reference)
    first: dict[tuple[str, str], Statement] = {}
    for statement in (*(s for s in said if s), *own):
        content = statement.content
        if isinstance(content, Claim):
            first.setdefault((content.speaker.name, " ".join(content.says.split())), statement)
    kept = [s for s in first.values() if not _restates(s, first.values())]
    return tuple(sorted(kept, key=lambda s: s.quote.start))


def _of_the_cited(saying: Attributed) -> Iterator[Attributed]:
    """Whom a speaker cites says the same words, through that speaker: "TASS, citing the ministry, reported that"."""
    for agent in saying.beyond:
        yield msgspec.structs.replace(
            saying, speaker=agent, source=agent.name, through=(saying.speaker,), beyond=(), rule=_CITED
        )


def _propositions(discourse: Discourse, saying: Attributed, words: AttributionWords) -> Iterator[Attributed]:
    """The propositions that one verb introduces: "said that the pact was fair and that it would pass" has two."""
    text, start = discourse.document.text, saying.start
    if not saying.quoted and saying.start > saying.cue[0]:
        for match in words.conjoined.find_all(text, saying.start, saying.end):
            yield msgspec.structs.replace(saying, start=start, end=_without_mark(text, start, match.start()))
            start = match.end() + 1
    yield msgspec.structs.replace(saying, start=start)


def _without_mark(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ,;"))


def _restates(statement: Statement, others: Iterable[Statement]) -> bool:
    """A participle that only repeats, without a quotation, what its sentence quotes the same speaker with."""
    mine = statement.content
    if not isinstance(mine, Claim) or statement.rules != ("participle of saying",) or mine.about is None:
        return False
    return any(
        other is not statement
        and other.quote == statement.quote
        and isinstance(other.content, Claim)
        and (other.content.speaker, other.content.about, other.content.stance)
        == (mine.speaker, mine.about, mine.stance)
        for other in others
    )


def sources_of(
    discourse: Discourse, analysis: Analysis, start: int, end: int, reference: Reference
) -> tuple[Source, ...]:
    """Through whom the words from `start` to `end` of a sentence come, outermost first; empty where the document says them itself."""
    around = [
        s for s in sayings_of(discourse, reference) if s.start <= start and end <= s.end and not _holds(s, start, end)
    ]
    around.sort(key=lambda s: (s.start - s.end, s.cue))
    links = [link for saying in around for link in _links(saying)]
    return tuple(dict.fromkeys(links))[-_DEPTH:]


def _holds(saying: Attributed, start: int, end: int) -> bool:
    """Whether the words are those that say who says it, not what is said."""
    return start <= saying.cue[0] and saying.cue[1] <= end and end - start <= saying.cue[1] - saying.cue[0] + 2


def _links(saying: Attributed) -> Iterator[Source]:
    relation = Relation.QUOTED if saying.quoted or saying.rule == "according to" else Relation.REPORTED
    for agent in saying.through:
        yield Source(name=agent.name, role=agent.role)
    yield Source(name=saying.source, relation=relation, role=saying.speaker.role)
    for agent in saying.beyond:
        yield Source(name=agent.name, relation=Relation.CITED, role=agent.role)


def _claim(
    discourse: Discourse,
    saying: Attributed,
    sayings: tuple[Attributed, ...],
    words: AttributionWords,
    reference: Reference,
) -> Statement | None:
    document = discourse.document
    says = document.quote(saying.start, saying.end)
    if (len(says.exact.split()) < _FEWEST and not saying.quoted) or saying.speaker.name.lower() in words.small.vague:
        return None
    topic = topic_of(says.exact, reference, document.language)
    stance = _stance(saying, says, topic is not None and topic.denied, document.text, words)
    about = topic.under(stance is Stance.DENY and saying.stance is Stance.ASSERT) if topic else None
    when = _when(discourse, saying) or _at_that_time(discourse, saying, words)
    place = _place(discourse, saying, words)
    outer = [s for s in sayings if s.cue != saying.cue and _embeds(s, saying)]
    outer.sort(key=lambda s: (s.start - s.end, s.cue))
    chain = [link for one in outer if one.speaker != saying.speaker for link in _links(one)]
    chain += [Source(name=agent.name, role=agent.role) for agent in saying.through]
    sentence = discourse.analyses[saying.number].sentence
    quote = document.quote(sentence.start, sentence.end)
    said_by = f" {saying.speaker.name}" if saying.rule == _CITED else ""
    outside = () if sentence.start <= saying.start and saying.end <= sentence.end else (says,)
    return Statement(
        id=statement_id(document.id, saying.start, saying.end, f"claim {saying.cue[0]}{said_by}"),
        document=document.id,
        treaty=discourse.main,
        content=Claim(
            speaker=saying.speaker, stance=stance, about=about, says=says.exact,
            timex=when, context=_hangs_on(discourse, saying, when), place=place,
        ),
        sources=tuple(dict.fromkeys(chain))[-_DEPTH:],
        quote=quote,
        evidence=outside,
        rules=(saying.rule,),
    )  # fmt: skip


def _embeds(outer: Attributed, inner: Attributed) -> bool:
    """Whether one saying stands in the words of another; "..., first raised by X" is told by the document itself."""
    if outer is inner or outer.number != inner.number or inner.rule == "passive with an agent":
        return False
    return outer.start <= inner.cue[0] and inner.cue[1] <= outer.end


def _stance(saying: Attributed, says: Quote, denied: bool, text: str, words: AttributionWords) -> Stance:
    """The verb's stance; a plain saying that denies, doubts or foresees has that of its words."""
    if saying.stance is not Stance.ASSERT:
        return saying.stance
    between = (saying.cue[1], saying.start)  # "says it is untrue that"
    if between[0] < between[1] and words.untrue.find(text, *between):
        return Stance.DENY
    doubting = words.doubting.find(says.exact)
    if doubting and doubting.start() < 12:
        return Stance.DOUBT
    first = words.denying.find(says.exact)
    if denied or (first and first.start() == 0 and not words.wished.find(says.exact)) or words.denied.find(says.exact):
        return Stance.DENY
    return _by_main_clause(says.exact, text[saying.cue[0] : saying.cue[1]], words)


def _by_main_clause(says: str, cue: str, words: AttributionWords) -> Stance:
    """What the main clause of the words said does: "no notice had come" denies, "the vote would follow" foresees."""
    start, end = _main_clause(says, words)
    if words.negated.find(says, start, end):
        argued = words.arguing.find(cue) or words.wished.find(says, start, end)
        return Stance.ASSERT if argued else Stance.DENY
    is_guess = (
        words.guessing.find(cue) and words.will.find(says, start, end) and not words.steady.find(says, start, end)
    )
    foresees = (
        is_guess
        or words.coming.find(says, start, end)
        or (words.future.find(says, start, end) and not words.steady.find(says, start, end))
    )
    return Stance.EXPECT if foresees else Stance.ASSERT


def _main_clause(says: str, words: AttributionWords) -> tuple[int, int]:
    """The first clause that is not subordinate, as far as marks and small words tell; an aside is no end of it."""
    opener = words.breaks.find(says, 0, _OPENING)
    start = says.find(",") + 1 if opener and opener.start() == 0 else 0
    verbs = (says.find(f" {word} ", start, start + _SUBJECT) for word in words.small.finite)
    first = min((at for at in verbs if at >= 0), default=start + _OPENING)
    described = says.find(f" {words.small.that} ", start, first + 1)
    if described >= 0:  # "a document that will guide us": named, not foreseen
        return start, described
    marks = (says.find(mark, first) for mark in _CLAUSE_MARKS)
    others = (match.start() for match in words.breaks.find_all(says, start + _OPENING))
    return start, min((at for at in (*marks, *others) if at > start), default=len(says))


_OPENING = 16
"""Characters among which no clause ends: "if so, ..."."""
_SUBJECT = 100
"""Characters before the finite verb of a clause."""
_CLAUSE_MARKS = (",", ";", ":", ". ", " – ", " — ")


def _when(discourse: Discourse, saying: Attributed) -> Timex | None:
    """When it was said: the time of the sentence that stands outside the words said and all quotations, nearest the cue."""
    analysis = discourse.analyses[saying.number]
    spans = [(saying.start, saying.end), *((q.start, q.end) for q in analysis.sentence.quotations)]
    outside = [t for t in analysis.times if t.type in _POINTS and not any(a <= t.start < b for a, b in spans)]
    return min(outside, key=lambda t: min(abs(t.start - saying.cue[1]), abs(t.end - saying.cue[0])), default=None)


_POINTS = ("DATE", "TIME")


def _at_that_time(discourse: Discourse, saying: Attributed, words: AttributionWords) -> Timex | None:
    """ "the minister then called it ...": the time that the sentence before tells last."""
    before = discourse.document.text[max(0, saying.cue[0] - 12) : saying.cue[0]].split()
    if not before or before[-1].lower() not in words.small.then or saying.number == 0:
        return None
    told = discourse.analyses[saying.number - 1].times
    return next((t for t in reversed(told) if t.type in _POINTS), None)


def _hangs_on(discourse: Discourse, saying: Attributed, when: Timex | None) -> Timex | None:
    """What a time hangs on: "the same day" and "the day before" on a day that the paragraph tells just before, else on that
    of the report's lead: a new paragraph goes back to the event that the report is about.

    "two hours after X's remarks" hangs on the time of the sentence before, in which X spoke.
    """
    if when is None or when.anchor not in (Anchor.CONTEXT, Anchor.EVENT):
        return None
    here = discourse.analyses[saying.number].sentence
    around = discourse.analyses[max(0, saying.number - 1) : saying.number + 1]
    told = [t for a in discourse.analyses[: saying.number + 1] for t in a.times if t.end <= when.start]
    days = [t for t in told if names_a_day(t) and t.anchor not in (Anchor.CONTEXT, Anchor.EVENT)]
    if when.anchor is Anchor.EVENT:
        return next((t for a in reversed(around) for t in reversed(a.times) if t in days), None)
    near = [t for a in around if a.sentence.paragraph == here.paragraph for t in a.times if t in days]
    return near[-1] if near else days[0] if days else None


def _place(discourse: Discourse, saying: Attributed, words: AttributionWords) -> str | None:
    """Where it was said: a city after "a visit to", "told reporters in", outside the words said."""
    analysis = discourse.analyses[saying.number]
    text, sentence = discourse.document.text, analysis.sentence
    for match in words.places.find_all(text, sentence.start, sentence.end):
        for mention in analysis.mentions:
            near = match.end() <= mention.start <= match.end() + 2
            near = near and -_FAR <= mention.start - saying.cue[0] <= _FAR
            if near and mention.kind is MentionKind.STATE and not (saying.start <= mention.start < saying.end):
                return mention.text
    return None
