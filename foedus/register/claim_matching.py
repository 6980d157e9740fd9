"""Who said what: the same speech in two reports or translations is one claim with two witnesses, and claims answer each other."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import msgspec

from foedus.register.entries import ClaimEntry
from foedus.statements.statement import Claim, Statement
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import STANCE_DONE, Stance
from foedus.terms.proof import Issue, Proof, Truth

_WORD = re.compile(r"\w{4,}")
STEM = 5
"""Letters of a word that two translations of it are taken to share."""
SAME_SPEECH = 0.5
"""Share of the shorter content's words that two reports of one speech have in common, whatever the topic."""
SAME_TOPIC = 0.2
"""The same, where both were read as being about one topic."""

REPEATED = 0.9
"""The same, of two claims in one report."""

AGAINST = {Stance.ASSERT: Stance.DENY, Stance.EXPECT: Stance.DENY, Stance.DENY: Stance.ASSERT}
"""Stances that contradict each other about one topic; an outlet's own reading answers nobody."""

Saying = Callable[[Statement], DateRange | None]


def claims_of(
    treaty: str, statements: Sequence[Statement], day_of: Saying, opposed: Mapping[str, frozenset[str]]
) -> tuple[tuple[ClaimEntry, ...], tuple[Issue, ...]]:
    """The claims about one treaty, each with its witnesses and those that contradict it, and an issue for each contradiction.

    day_of    when a claim was made
    opposed   topic -> topics that cannot both be asserted of one treaty
    """
    ordered = sorted(statements, key=lambda s: (s.document, s.quote.start, s.id))
    entries = [_entry(treaty, group, day_of) for group in _speeches(ordered)]
    return _answered(entries, opposed)


def _claim(statement: Statement) -> Claim:
    assert isinstance(statement.content, Claim)
    return statement.content


def speaker_key(agent: Agent) -> str:
    """What tells one speaker from another: an organ by its id, a person by the last name, else the name itself."""
    if agent.body:
        return agent.body
    if agent.kind is BodyKind.STATE and len(agent.states) == 1:
        return agent.states[0]
    words = agent.name.replace("’s", "").split()
    last = words[-1] if words else agent.name
    return last.lower() if agent.kind is BodyKind.PERSON else agent.name.lower()


def _speeches(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements that are one speech, the most alike joined first; of one document only what it says twice."""
    group_of = {s.id: [s] for s in statements}
    by_speaker: dict[tuple[str, Stance], list[Statement]] = defaultdict(list)
    for s in statements:
        by_speaker[speaker_key(_claim(s).speaker), _claim(s).stance].append(s)
    pairs = [
        (likeness, one, other)
        for mine in by_speaker.values()
        for one, other in combinations(mine, 2)
        if (likeness := _likeness(one, other)) is not None
    ]
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1].id, pair[2].id)):
        first, second = group_of[one.id], group_of[other.id]
        shared = {s.document for s in first} & {s.document for s in second}
        if first is not second and (not shared or one.document == other.document):
            first += second
            group_of |= {s.id: first for s in second}
    groups = {id(g): g for g in group_of.values()}
    return [sorted(g, key=lambda s: (s.document, s.quote.start, s.id)) for g in groups.values()]


def _likeness(one: Statement, other: Statement) -> float | None:
    """How much two claims of one speaker share (Dice); None where they are not one speech."""
    a, b = _claim(one), _claim(other)
    shared, same_topic = _overlap(a.says, b.says), a.about is not None and a.about == b.about
    across = shared >= (SAME_TOPIC if same_topic else SAME_SPEECH)
    enough = across if one.document != other.document else shared > REPEATED and a.about == b.about
    first, second = _stems(a.says), _stems(b.says)
    return 2 * len(first & second) / (len(first) + len(second)) if enough and first | second else None


def _overlap(one: str, other: str) -> float:
    a, b = _stems(one), _stems(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=1 << 10)
def _stems(text: str) -> frozenset[str]:
    return frozenset({word.lower()[:STEM] for word in _WORD.findall(text)})


def _entry(treaty: str, group: Sequence[Statement], day_of: Saying) -> ClaimEntry:
    claims = [_claim(s) for s in group]
    first = max(claims, key=lambda c: (c.speaker.role is not None, len(c.speaker.name), c.says))
    about = next((c.about for c in claims if c.about), None)
    days = [d for d in map(day_of, group) if d is not None]
    on = min(days, key=lambda d: (len(d), d)) if days else None
    name, documents = first.speaker.name, len({s.document for s in group})
    proof = Proof(
        says=f"{name} ({first.stance}): {documents} {'report says' if documents == 1 else 'reports say'} so",
        truth=Truth.TRUE,
        by="reports",
        quotes=tuple(s.quote for s in group),
    )
    key = ":".join(sorted(s.id for s in group)[:1])
    return ClaimEntry(
        id="c_" + hashlib.sha256(f"{treaty}:{key}".encode()).hexdigest()[:16],
        treaty=treaty,
        speaker=first.speaker,
        stance=first.stance,
        about=about,
        says=max((c.says for c in claims), key=len),
        on=on,
        sources=tuple(s.sources for s in group),
        supported_by=tuple(s.id for s in group),
        quotes=tuple(s.quote for s in group),
        proof=proof,
    )


def _answered(
    entries: Sequence[ClaimEntry], opposed: Mapping[str, frozenset[str]]
) -> tuple[tuple[ClaimEntry, ...], tuple[Issue, ...]]:
    answers: dict[str, list[str]] = {e.id: [] for e in entries}
    issues = []
    for one, other in combinations(entries, 2):
        if speaker_key(one.speaker) == speaker_key(other.speaker) or not _contradict(one, other, opposed):
            continue
        answers[one.id].append(other.id)
        answers[other.id].append(one.id)
        says = _contradiction(one, other)
        issues.append(
            Issue(kind="claims-contradict", says=says, quotes=(*one.quotes, *other.quotes), about=(one.id, other.id))
        )
    answered = tuple(msgspec.structs.replace(e, answered_by=tuple(answers[e.id])) for e in entries)
    return answered, tuple(issues)


def _contradiction(one: ClaimEntry, other: ClaimEntry) -> str:
    """ "on troop deployment: asserted by X, denied by Y"."""
    topics = [(e.about or "").replace("-", " ") for e in (one, other)]
    if topics[0] == topics[1]:
        first, second = (f"{STANCE_DONE[e.stance]} by {e.speaker.name}" for e in (one, other))
        return f"on {topics[0]}: {first}, {second}"
    first, second = (
        f"its {t} {STANCE_DONE[e.stance]} by {e.speaker.name}" for e, t in zip((one, other), topics, strict=True)
    )
    return f"{first}, {second}"


def _contradict(one: ClaimEntry, other: ClaimEntry, opposed: Mapping[str, frozenset[str]]) -> bool:
    if one.about is None or other.about is None:
        return False
    if one.about == other.about:
        return AGAINST.get(one.stance) is other.stance or AGAINST.get(other.stance) is one.stance
    affirm = {Stance.ASSERT, Stance.INTERPRET}
    return other.about in opposed.get(one.about, frozenset()) and {one.stance, other.stance} <= affirm
