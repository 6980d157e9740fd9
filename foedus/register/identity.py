"""Which treaty a report means: one treaty under many names, and two treaties under one.

Find and resolve are apart: reading says what a report calls it; here mentions that can only be the same treaty are joined.
A name alone never joins treaties of different parties; years that differ keep treaties of the same parties apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.statement import ActMention, Statement, TreatyMention
from foedus.terms.acts import Level
from foedus.terms.treaties import Binding, Treaty, TreatyName

_WORD = re.compile(r"\w+")


class TreatyKey(msgspec.Struct, frozen=True, order=True):
    """All mentions that look the same: what identity is decided on."""

    id: str
    parties: tuple[str, ...]
    words: tuple[str, ...]
    years: tuple[int, ...]


class TreatyGroup(msgspec.Struct, kw_only=True):
    """Mentions that are one treaty, while they are being gathered."""

    keys: set[TreatyKey]
    id: str = ""
    parties: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()


def groups_of(statements: Sequence[Statement], reference: Reference) -> dict[TreatyKey, int]:
    """A number for every key, equal for keys that are one treaty; the same whatever the order of the statements.

    A key that names nothing has no number: what a report says of "the treaty" without ever saying which joins no other.
    """
    keys = sorted({key_of(s, reference) for s in statements if s.treaty is not None}, key=_strength)
    groups: list[TreatyGroup] = []
    for key in keys:
        if not (key.id or key.parties or key.words):
            continue
        fits = [g for g in groups if _is_same(g, key)]
        home = fits[0] if len(fits) == 1 or (fits and not _is_vague(key)) else None
        if home is None and not fits:
            home = TreatyGroup(keys=set())
            groups.append(home)
        if home is not None:
            _admit(home, key)
    return {key: number for number, group in enumerate(groups) for key in group.keys}


def key_of(statement: Statement, reference: Reference) -> TreatyKey:
    """What a statement says for its treaty's identity: known id, parties, the words of all its names, years.

    Where the treaty is named without its parties, the states that act together under it are taken for them.
    """
    mention = statement.treaty or TreatyMention(mention="")
    content = statement.content
    acting = content.states if isinstance(content, ActMention) and content.kind.level is Level.INTERNATIONAL else ()
    parties = tuple(sorted(mention.parties or (acting if len(acting) > 1 else ())))
    names = [] if is_unnamed(mention) and not parties else [mention.mention, *mention.forms]
    words = sorted({w for name in names for w in _significant(name)})
    years = tuple(sorted(mention.years))
    return TreatyKey(mention.id or _recorded(parties, years, reference), parties, tuple(words), years)


def is_unnamed(mention: TreatyMention) -> bool:
    """ "the treaty", by a report that never says which: no name, no party, no year. It is joined with no other."""
    said = (mention.mention, *mention.forms)
    is_bare = all(len(_significant(name)) < 2 and name == name.lower() for name in said)
    return is_bare and not (mention.id or mention.parties or mention.years)


def _recorded(parties: tuple[str, ...], years: tuple[int, ...], reference: Reference) -> str:
    """The bilateral treaty of the series that the parties and a year single out, or nothing."""
    found = [r.id for r in reference.series if r.bilateral and r.parties == parties and r.since.year in years]
    return found[0] if len(found) == 1 else ""


def treaty_of(
    recorded: str, mentions: Iterable[tuple[str, TreatyMention]], signed_year: int | None, reference: Reference
) -> Treaty:
    """The treaty that mentions, as (document, mention) pairs, name.

    recorded     its id in the treaty series, or "" where it is not recorded
    signed_year  the year of its signature or adoption, where the acts date it
    """
    used: Mapping[str, set[str]] = defaultdict(set)
    known, parties, years = recorded, Counter[tuple[str, ...]](), Counter[int]()
    for document, mention in mentions:
        known = known or mention.id or ""
        parties[tuple(sorted(mention.parties))] += 1
        years.update(mention.years)
        for form in (mention.mention, *mention.forms):
            used[form].add(document)
    record = next((r for r in reference.series if r.id == known), None)
    party_list = record.parties if record and record.parties else _fullest(parties)
    year = signed_year or (min(years) if years else None)
    names = sorted(used, key=lambda name: (not _is_title(name), -len(used[name]), -len(name), name))
    official = [n for n in (record.names[:1] if record else ()) if n not in used]
    names = [*official, *names]
    return Treaty(
        id=known or _id_from(party_list, year, names),
        names=tuple(TreatyName(text=n, documents=tuple(sorted(used.get(n, ())))) for n in names),
        parties=tuple(sorted(party_list)),
        bilateral=record.bilateral if record else len(party_list) == 2,
        binding=Binding.UNSTATED,
    )


def _strength(key: TreatyKey) -> tuple[bool, int, int, TreatyKey]:
    """Known treaties first, then those with most parties and words: the vague ones find a home among them."""
    return (not key.id, -len(key.parties), -len(key.words), key)


def _is_vague(key: TreatyKey) -> bool:
    return not key.id and not key.parties and len(key.words) < 2


def _is_same(group: TreatyGroup, key: TreatyKey) -> bool:
    if group.id and key.id:
        return group.id == key.id
    if group.id or key.id:
        shared = group.words & set(key.words)
        return bool(group.years & set(key.years)) or (
            not key.years and bool(shared) and _much(shared, group.words, key.words)
        )
    if group.years and key.years and not group.years & set(key.years):
        return False
    shared = group.words & set(key.words)
    if group.parties and key.parties:
        bilateral = len(group.parties) == 2 and set(key.parties) == group.parties
        return bilateral or (
            bool(shared) and _much(shared, group.words, key.words) and _nested(group.parties, key.parties)
        )
    return bool(shared) and _much(shared, group.words, key.words)


def _much(shared: frozenset[str], one: frozenset[str], other: Sequence[str]) -> bool:
    """The shorter of two sets of name words lies mostly in the longer one."""
    return 2 * len(shared) > min(len(one), len(other))


def _nested(one: frozenset[str], other: Sequence[str]) -> bool:
    return one <= set(other) or set(other) <= one


def _admit(group: TreatyGroup, key: TreatyKey) -> None:
    group.keys.add(key)
    group.id = group.id or key.id
    group.parties |= set(key.parties)
    group.words |= set(key.words)
    group.years |= set(key.years)


def _significant(name: str) -> list[str]:
    """Words that tell a treaty from another: long ones and acronyms, lower-cased."""
    return [w.lower() for w in _WORD.findall(name) if len(w) > 3 or (w.isupper() and len(w) > 1)]


def _is_title(name: str) -> bool:
    """A proper name rather than a description: three of its words or more begin with a capital."""
    return len([word for word in _WORD.findall(name) if word[0].isupper()]) >= 3


def _fullest(parties: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The parties that most mentions with at least two of them name; else whatever is named."""
    named = [(len(p) >= 2, count, p) for p, count in parties.items() if p]
    return max(named, key=lambda row: (row[0], row[1], row[2]))[2] if named else ()


def _id_from(parties: Sequence[str], year: int | None, names: Sequence[str]) -> str:
    """ "prk-rus-2024"; a treaty without two to four known parties is named by the words of its name."""
    stem = sorted(p.lower() for p in parties) if 2 <= len(parties) <= 4 else _slug(names)
    return "-".join([*stem, *([str(year)] if year else [])]) or "treaty"


def _slug(names: Sequence[str]) -> list[str]:
    words = _significant(names[0]) if names else []
    return [w for w in words if w.isalnum()][:5]
