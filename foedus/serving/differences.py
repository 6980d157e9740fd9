"""Where reports disagree, as people read it: what the register finds in pairs is told once, in words instead of names of ours.

The register holds a contradiction between each two claims; five who assert and two who deny are ten of them. A page tells who
asserts and who denies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from foedus.register.entries import ClaimEntry, Finding, Register
from foedus.serving.wording import listed, provision_words, titled
from foedus.terms.evidence import STANCE_DONE, Quote, Stance
from foedus.terms.proof import Issue

CLAIMS, PROVISIONS = "claims-contradict", "provisions-differ"
ORDER = (Stance.ASSERT, Stance.INTERPRET, Stance.EXPECT, Stance.DOUBT, Stance.DENY)


def differences(register: Register, issues: Iterable[Issue] | None = None) -> tuple[Issue, ...]:
    """The issues of a register, or some of them, in their order; contradictions of claims on the same topics as one.

    The quotes of one are all of its pairs', each once.
    """
    claims = {claim.id: claim for claim in register.claims}
    told: dict[object, list[Issue]] = {}
    for number, issue in enumerate(register.issues if issues is None else issues):
        topics = _topics(issue, claims)
        told.setdefault(topics or number, []).append(issue)
    return tuple(_as_one(group, claims, register.findings) for group in told.values())


def _topics(issue: Issue, claims: Mapping[str, ClaimEntry]) -> frozenset[str]:
    """What both claims of a contradiction are about; empty for any other issue, and where a claim is not in the register."""
    if issue.kind != CLAIMS or not all(id_ in claims for id_ in issue.about):
        return frozenset()
    return frozenset(claims[id_].about or "" for id_ in issue.about)


def _as_one(group: Sequence[Issue], claims: Mapping[str, ClaimEntry], findings: Sequence[Finding]) -> Issue:
    first = group[0]
    if first.kind == PROVISIONS:
        return msgspec.structs.replace(first, says=_provisions_differ(first, findings))
    if len(group) == 1:
        return first
    about = tuple(dict.fromkeys(id_ for issue in group for id_ in issue.about))
    quotes = tuple(dict.fromkeys(quote for issue in group for quote in issue.quotes))
    return msgspec.structs.replace(
        first, says=_claims_differ([claims[id_] for id_ in about]), about=about, quotes=quotes
    )


def _claims_differ(claims: Sequence[ClaimEntry]) -> str:
    """ "on troop deployment: asserted by A and B; denied by C"."""
    sides: dict[tuple[str, Stance], list[str]] = {}
    for claim in sorted(claims, key=lambda claim: ORDER.index(claim.stance)):
        names = sides.setdefault((claim.about or "", claim.stance), [])
        if claim.speaker.name not in names:
            names.append(claim.speaker.name)
    topics = list(dict.fromkeys(topic for topic, _ in sides))
    if len(topics) == 1:
        told = "; ".join(f"{STANCE_DONE[stance]} by {listed(names)}" for (_, stance), names in sides.items())
        return f"on {_plain(topics[0])}: {told}"
    return "; ".join(
        f"its {_plain(t)} {STANCE_DONE[stance]} by {listed(names)}" for (t, stance), names in sides.items()
    )


def _plain(topic: str) -> str:
    return topic.replace("-", " ")


def _provisions_differ(issue: Issue, findings: Sequence[Finding]) -> str:
    """The same with the provision's heading and what each side says of it in words."""
    own = next((finding for finding in findings if finding.id in issue.about), None)
    if own is None:
        return issue.says
    values = [own.value, *(f.value for f in findings if f.kind == own.kind and _is_against(f, own))]
    said = dict.fromkeys(provision_words(own.kind, value) for value in values)
    return f"reports differ on {titled(own.kind).lower()}: {' / '.join(said)}"


def _is_against(one: Finding, other: Finding) -> bool:
    return bool(set(one.supported_by) & set(other.contradicted_by))


class Cited(NamedTuple):
    """A quote with the shorter ones of the same sentence marked in it: pieces of its words, and whether each is marked."""

    quote: Quote
    pieces: tuple[tuple[str, bool], ...]


def cited(quotes: Iterable[Quote]) -> tuple[Cited, ...]:
    """Quotes as a page cites them: the same words of a report once, and words of a sentence that is quoted whole within it.

    A sentence stands where the first of its words is quoted, so that each side of a disagreement keeps its place.

    >>> whole, day = Quote("d", 0, 15, "It was on May 4"), Quote("d", 7, 15, "on May 4")
    >>> cited([day, whole])[0].pieces
    (('It was ', False), ('on May 4', True))
    """
    every = tuple(dict.fromkeys(quotes))
    once = {(quote.document, " ".join(quote.exact.split())): quote for quote in reversed(every)}
    kept = [quote for quote in every if quote in once.values() and not any(_holds(other, quote) for other in every)]
    held = {quote: [one for one in every if _holds(quote, one)] for quote in kept}
    first = {quote: min(every.index(one) for one in (quote, *held[quote])) for quote in kept}
    return tuple(Cited(quote, _pieces(quote, held[quote])) for quote in sorted(kept, key=first.__getitem__))


def _holds(whole: Quote, part: Quote) -> bool:
    is_within = whole.document == part.document and whole.start <= part.start and part.end <= whole.end
    return is_within and part.end - part.start < whole.end - whole.start


def _pieces(whole: Quote, parts: Iterable[Quote]) -> tuple[tuple[str, bool], ...]:
    pieces, at = list[tuple[str, bool]](), 0
    for part in sorted(parts, key=lambda quote: (quote.start, -quote.end)):
        start, end = part.start - whole.start, part.end - whole.start
        if start >= at:
            pieces += [(whole.exact[at:start], False), (whole.exact[start:end], True)]
            at = end
    return tuple(piece for piece in (*pieces, (whole.exact[at:], False)) if piece[0])
