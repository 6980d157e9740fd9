"""One name for the entry of a state into an organisation, whatever a report calls it.

"Sweden's bid to join NATO", "the Swedish membership" and "the accession of Sweden" are one matter: each new member has a
treaty of its own with the members. Where a mention names only who joins, or only what is joined, the report's other
mentions tell the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import Statement, TreatyMention

MEMBERSHIP = "membership"
_ENTRY = "-accession-"


class Accessions:
    """The entries into organisations of one report, from everything named in it."""

    def __init__(self, named: Sequence[Sequence[Mention]], nouns: Sequence[str]) -> None:
        self._nouns = frozenset(nouns)
        memberships = [one for mentions in named for one in mentions if one.role == MEMBERSHIP]
        self._joining = _commonest(one.joining for one in memberships)
        self._joined = _commonest(_organisations(one) for one in memberships)
        if memberships and not self._joined:
            bodies = (one for mentions in named for one in mentions if one.kind is MentionKind.ORGANISATION)
            self._joined = _commonest(one.states for one in bodies if len(one.states) == 1)

    def whole(self, mention: Mention) -> TreatyMention | None:
        """What the mention names, with the id that all names of the same entry share, where who joins what is told."""
        treaty = mention.treaty
        if treaty is None or treaty.id or not self._is_of_entry(mention):
            return treaty
        joining, joined = mention.joining or self._joining, _organisations(mention) or self._joined
        if not joining or len(joined) != 1:
            return treaty
        id_ = f"{joined[0]}{_ENTRY}{'-'.join(joining)}".lower()
        return msgspec.structs.replace(treaty, id=id_, parties=tuple(sorted({*joining, *joined})))

    def _is_of_entry(self, mention: Mention) -> bool:
        """A membership, or a treaty that is named after one and nothing else: "the Accession Protocol"."""
        if mention.role == MEMBERSHIP:
            return True
        return not mention.states and not self._nouns.isdisjoint(mention.text.lower().split())


def is_entry(treaty: TreatyMention | None) -> bool:
    """Whether the treaty is that of an entry into an organisation."""
    return treaty is not None and treaty.id is not None and _ENTRY in treaty.id


def parts_of_entry(id_: str) -> tuple[str, tuple[str, ...]] | None:
    """Which organisation and which states the id of an entry tells; None for every other id.

    >>> parts_of_entry("nato-accession-fin-swe")
    ('NATO', ('FIN', 'SWE'))
    """
    joined, entry, joining = id_.partition(_ENTRY)
    return (joined.upper(), tuple(joining.upper().split("-"))) if entry else None


def as_told(statement: Statement) -> Statement:
    """The statement as it leaves the reader: the parties to an entry are all members, and no report lists them."""
    if statement.treaty is None or not is_entry(statement.treaty):
        return statement
    return msgspec.structs.replace(statement, treaty=msgspec.structs.replace(statement.treaty, parties=()))


def _organisations(mention: Mention) -> tuple[str, ...]:
    return tuple(sorted(set(mention.states) - set(mention.joining)))


def _commonest(named: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    counted = Counter(one for one in named if one)
    return max(counted, key=lambda one: (counted[one], -len(one), one)) if counted else ()
