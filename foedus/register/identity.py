"""Which treaty a report means: one treaty under many names, and two treaties under one.

Find and resolve are apart: reading says what a report calls it; here mentions that can only be the same treaty are joined.
A name alone never joins treaties of different parties; years that differ keep treaties of the same parties apart, and so do
titles that say different things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import msgspec

from foedus.reference.packs import Reference
from foedus.register.grouping import BILATERAL, CodedName, sought, told_apart
from foedus.register.titles import is_headline, subject_of
from foedus.statements.accessions import parts_of_entry
from foedus.statements.statement import ActMention, Statement, TreatyMention
from foedus.terms.acts import Level
from foedus.terms.treaties import Binding, Treaty, TreatyName

_WORD = re.compile(r"\w+")
TELLING = 4
"""Words of a name that is one treaty's own; shorter ones ("Air Services Agreement") many treaties bear."""


class TreatyKey(msgspec.Struct, frozen=True, order=True):
    """All mentions that look the same: what identity is decided on.

    subject  stems of the words that tell what it is about, where a title says so
    """

    id: str
    parties: tuple[str, ...]
    words: tuple[str, ...]
    years: tuple[int, ...]
    subject: tuple[str, ...] = ()


def keys_of(statements: Iterable[Statement], reference: Reference) -> frozenset[TreatyKey]:
    """What some statements say for the identity of their treaties."""
    return frozenset(key_of(s, reference) for s in statements if s.treaty is not None)


def grouped(keys: Iterable[TreatyKey]) -> dict[TreatyKey, tuple[int, ...]]:
    """A number for every key, equal for keys that are one treaty; the same whatever their order.

    A name that treaties of different parties bear, and that does not say whose is meant, has the numbers of all of them: only
    its document tells. A key that names nothing has none: what is said of "the treaty" without ever saying which joins no other.
    """
    naming = sorted(set(keys), key=strength)
    names = coded(naming)
    found = told_apart(names, sought(names))
    return {key: numbers for key, numbers in zip(naming, found, strict=True) if numbers}


def coded(keys: Sequence[TreatyKey]) -> list[CodedName]:
    """The keys as they are compared."""
    coding = Coding.of(keys)
    return [coding.coded(key) for key in keys]


class Coding(NamedTuple):
    """Numbers for the words, the parties and the subjects of some keys: the rarest word has the lowest, parties are in order."""

    words: Mapping[str, int]
    parties: Mapping[str, int]
    subjects: Mapping[str, int]

    @classmethod
    def of(cls, keys: Iterable[TreatyKey]) -> Coding:
        words, parties, subjects = Counter[str](), set[str](), set[str]()
        for key in keys:
            words.update(key.words)
            parties.update(key.parties)
            subjects.update(key.subject)
        return cls(
            _numbers(sorted(words, key=lambda word: (words[word], word))),
            _numbers(sorted(parties)),
            _numbers(sorted(subjects)),
        )

    def coded(self, key: TreatyKey) -> CodedName:
        """A key as it is compared."""
        parties = tuple(self.parties[party] for party in key.parties)
        words = frozenset(self.words[word] for word in key.words)
        return CodedName(key.id, parties, words, key.years, frozenset(self.subjects[one] for one in key.subject))


def _numbers(words: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words)}


def numbered(keys: Iterable[TreatyKey], groups: Mapping[TreatyKey, tuple[int, ...]]) -> dict[TreatyKey, int]:
    """The treaties that the keys of one document mean: a name that several bear means the one it speaks of besides."""
    told = {key: groups[key] for key in keys if key in groups}
    sure = sorted(sure_in(told, groups))
    meant = {key: next((n for n in sure if n in numbers), None) for key, numbers in told.items()}
    return {key: number for key, number in meant.items() if number is not None}


def sure_in(keys: Iterable[TreatyKey], groups: Mapping[TreatyKey, tuple[int, ...]]) -> set[int]:
    """The treaties that the keys of one document name beyond doubt; a name that several bear can only mean one of them."""
    return {found[0] for key in keys if (found := groups.get(key)) is not None and len(found) == 1}


def key_of(statement: Statement, reference: Reference) -> TreatyKey:
    """What a statement says for its treaty's identity: known id, parties, the words of all its names, years.

    Where the treaty is named without its parties, by a name that many could bear, the states that act together under it are
    taken for them.
    """
    mention = statement.treaty or TreatyMention(mention="")
    content = statement.content
    acting = content.states if isinstance(content, ActMention) and content.kind.level is Level.INTERNATIONAL else ()
    named = sorted({w for name in (mention.mention, *mention.forms) for w in _significant(name)})
    parties = tuple(
        sorted(mention.parties or (acting if len(acting) > 1 and len(named) < TELLING and not mention.id else ()))
    )
    words = [] if is_unnamed(mention) and not parties else named
    years = tuple(sorted(mention.years))
    is_told = len(parties) == BILATERAL and not is_headline(statement.quote.exact)
    subject = subject_of((mention.mention, *mention.forms), reference) if is_told else ()
    return TreatyKey(mention.id or _recorded(parties, years, reference), parties, tuple(words), years, subject)


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
    recorded: str,
    mentions: Iterable[tuple[str, TreatyMention]],
    signed_year: int | None,
    reference: Reference,
    signed_by: tuple[str, ...] = (),
) -> Treaty:
    """The treaty that mentions, as (document, mention) pairs, name.

    recorded     its id in the treaty series, or "" where it is not recorded
    signed_year  the year of its signature or adoption, where the acts date it
    signed_by    the two states that signed it: its parties where no name says which they are
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
    party_list = record.parties if record and record.parties else _fullest(parties) or signed_by
    year = signed_year or (min(years) if years else None)
    names = sorted(used, key=lambda name: (not _is_title(name), -len(used[name]), -len(name), name))
    official = [n for n in (record.names[:1] if record else ()) if n not in used]
    names = [*official, *_entry_name(known, reference), *names]
    return Treaty(
        id=known or _id_from(party_list, year, names),
        names=tuple(TreatyName(text=n, documents=tuple(sorted(used.get(n, ())))) for n in names),
        parties=tuple(sorted(party_list)),
        bilateral=record.bilateral if record else len(party_list) == 2,
        binding=Binding.UNSTATED,
    )


def _entry_name(id_: str, reference: Reference) -> tuple[str, ...]:
    """ "Accession of Sweden to NATO", whatever reports call it; nothing for other treaties."""
    parts = parts_of_entry(id_)
    if parts is None:
        return ()
    joined, joining = parts
    states = [reference.directory.name_of(state) for state in joining]
    return (f"Accession of {' and '.join(states)} to {joined}",)


def strength(key: TreatyKey) -> tuple[tuple[bool, int, int], TreatyKey]:
    """The order in which keys are grouped; keys that stand in it already are grouped soonest."""
    return rank(key), key


def rank(key: TreatyKey) -> tuple[bool, int, int]:
    """What comes first in that order: known treaties, then those with most parties and words, where the vague ones find a home."""
    return not key.id, -len(key.parties), -len(key.words)


def _significant(name: str) -> list[str]:
    """Words that tell a treaty from another: long ones and acronyms, lower-cased; years are told apart by themselves."""
    words = (w for w in _WORD.findall(name) if not w.isdecimal())
    return [w.lower() for w in words if len(w) > 3 or (w.isupper() and len(w) > 1)]


def _is_title(name: str) -> bool:
    """A proper name rather than a description: three of its words or more begin with a capital."""
    return len([word for word in _WORD.findall(name) if word[0].isupper()]) >= 3


def _fullest(parties: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """The parties that most mentions name; one state or organisation alone in a name says not who the parties are."""
    named = [(count, p) for p, count in parties.items() if len(p) >= BILATERAL]
    return max(named)[1] if named else ()


def _id_from(parties: Sequence[str], year: int | None, names: Sequence[str]) -> str:
    """ "prk-rus-2024"; a treaty without two to four known parties is named by the words of its name."""
    stem = sorted(p.lower() for p in parties) if 2 <= len(parties) <= 4 else _slug(names)
    return "-".join([*stem, *([str(year)] if year else [])]) or "treaty"


def free_id(id_: str, *taken: Container[str]) -> str:
    """The id, or with the first number after it that makes it none of those taken.

    >>> free_id("gha-tgo-2021", {"gha-tgo-2021", "gha-tgo-2021-2"})
    'gha-tgo-2021-3'
    """
    further = (f"{id_}-{n}" for n in count(2))
    return next(one for one in chain([id_], further) if not any(one in some for some in taken))


def _slug(names: Sequence[str]) -> list[str]:
    words = _significant(names[0]) if names else []
    return [w for w in words if w.isalnum()][:5]
