"""One name for the entry of a state into an organisation, whatever a report calls it.

"Sweden's bid to join NATO", "the Swedish membership" and "the accession of Sweden" are one matter: each new member has a
treaty of its own with the members. Where a mention names only who joins, or only what is joined, the report's other
mentions tell the rest, or a sentence such as "Finland became the 31st member of NATO". A state that joins in the report on
another's entry joins by its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import ActMention, Statement, TreatyMention
from foedus.statements.treaty_words import Memberships
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind

MEMBERSHIP = "membership"
_ENTRY = "-accession-"
_SUBJECT, _MEMBER, _WHOSE = 4, 6, 3  # words before "became", from there to "member", and from there to the organisation


class Accessions:
    """The entries into organisations of one report, from everything named in it."""

    def __init__(self, named: Sequence[Sequence[Mention]], rows: Sequence[WordRow], words: Memberships) -> None:
        self._nouns = frozenset(words.nouns)
        memberships = [one for mentions in named for one in mentions if one.role == MEMBERSHIP]
        self._joining = _commonest(one.joining for one in memberships)
        self._joined = _commonest(_organisations(one) for one in memberships)
        if memberships and not self._joined:
            bodies = (one for mentions in named for one in mentions if one.kind is MentionKind.ORGANISATION)
            self._joined = _commonest(one.states for one in bodies if len(one.states) == 1)
        if not self._joining:
            became = [pair for row, mentions in zip(rows, named, strict=True) for pair in _became(row, mentions, words)]
            self._joining = _commonest(joining for joining, _ in became)
            self._joined = self._joined or _commonest(joined for _, joined in became)

    def whole(self, mention: Mention) -> TreatyMention | None:
        """What the mention names, with the id that all names of the same entry share, where who joins what is told."""
        treaty = mention.treaty
        if treaty is None or treaty.id or not self._is_of_entry(mention):
            return treaty
        joining, joined = mention.joining or self._joining, _organisations(mention) or self._joined
        if not joining or len(joined) != 1:
            return treaty
        return msgspec.structs.replace(
            treaty, id=entry_of(joined[0], joining), parties=tuple(sorted({*joining, *joined}))
        )

    def _is_of_entry(self, mention: Mention) -> bool:
        """A membership, or a treaty that is named after one and nothing else: "the Accession Protocol"."""
        if mention.role == MEMBERSHIP:
            return True
        return not mention.states and not self._nouns.isdisjoint(mention.text.lower().split())


def is_entry(treaty: TreatyMention | None) -> bool:
    """Whether the treaty is that of an entry into an organisation."""
    return treaty is not None and treaty.id is not None and _ENTRY in treaty.id


def entry_of(joined: str, joining: Sequence[str]) -> str:
    """The id of the entry of some states into an organisation.

    >>> entry_of("NATO", ("FIN", "SWE"))
    'nato-accession-fin-swe'
    """
    return f"{joined}{_ENTRY}{'-'.join(sorted(joining))}".lower()


def parts_of_entry(id_: str) -> tuple[str, tuple[str, ...]] | None:
    """Which organisation and which states the id of an entry tells; None for every other id.

    >>> parts_of_entry("nato-accession-fin-swe")
    ('NATO', ('FIN', 'SWE'))
    """
    joined, entry, joining = id_.partition(_ENTRY)
    return (joined.upper(), tuple(joining.upper().split("-"))) if entry else None


def as_told(statement: Statement) -> Statement:
    """The statement as it leaves the reader: the parties to an entry are all members, and no report lists them.

    Who joins joins by its own entry: "Finland became a member in April", in a report on Sweden's.
    """
    parts = parts_of_entry(statement.treaty.id or "") if statement.treaty else None
    if statement.treaty is None or parts is None:
        return statement
    treaty, act = msgspec.structs.replace(statement.treaty, parties=()), statement.content
    if isinstance(act, ActMention) and act.kind is Kind.ACCEDE and act.states and set(act.states) != set(parts[1]):
        treaty = TreatyMention(mention=parts[0], id=entry_of(parts[0], act.states))
    return msgspec.structs.replace(statement, treaty=treaty)


def _became(
    row: WordRow, mentions: Sequence[Mention], words: Memberships
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who joined what: "Finland became the 31st member of NATO", "is to become NATO's 31st member"."""
    for verb in (at for at, word in enumerate(row.lower) if word in words.becoming):
        ahead = range(verb + 1, min(verb + 1 + _MEMBER, len(row)))
        member = next((at for at in ahead if row.lower[at] in words.members), None)
        who = [one for one in mentions if one.kind is MentionKind.STATE and 0 <= verb - row.at(one.end) <= _SUBJECT]
        if member is None or not who:
            continue
        for body in mentions:
            at = row.at(body.start)
            is_behind = member < at <= member + _WHOSE and set(row.lower[member + 1 : at]) <= set(words.linking)
            if body.kind is MentionKind.ORGANISATION and len(body.states) == 1 and (verb < at < member or is_behind):
                yield who[-1].states, body.states


def _organisations(mention: Mention) -> tuple[str, ...]:
    return tuple(sorted(set(mention.states) - set(mention.joining)))


def _commonest(named: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    counted = Counter(one for one in named if one)
    return max(counted, key=lambda one: (counted[one], -len(one), one)) if counted else ()
