"""Which treaty a report means: one treaty under many names, and two treaties under one.

Find and resolve are apart: reading says what a report calls it; here mentions that can only be the same treaty are joined.
A name alone never joins treaties of different parties; years that differ keep treaties of the same parties apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, count

import msgspec

from foedus.reference.packs import Reference
from foedus.statements.accessions import parts_of_entry
from foedus.statements.statement import ActMention, Statement, TreatyMention
from foedus.terms.acts import Level
from foedus.terms.treaties import Binding, Treaty, TreatyName

_WORD = re.compile(r"\w+")
BILATERAL = 2
TELLING = 4
"""Words of a name that is one treaty's own; shorter ones ("Air Services Agreement") many treaties bear."""


Scope = str | None
"""Groups that are looked up together: those of a state with one other, `ANYBODY`: those of no two states, or None: all."""
ANYBODY = ""


class TreatyKey(msgspec.Struct, frozen=True, order=True):
    """All mentions that look the same: what identity is decided on."""

    id: str
    parties: tuple[str, ...]
    words: tuple[str, ...]
    years: tuple[int, ...]


class TreatyGroup(msgspec.Struct, kw_only=True):
    """Mentions that are one treaty, while they are being gathered."""

    keys: set[TreatyKey]
    number: int = 0
    id: str = ""
    parties: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()


def keys_of(statements: Iterable[Statement], reference: Reference) -> frozenset[TreatyKey]:
    """What some statements say for the identity of their treaties."""
    return frozenset(key_of(s, reference) for s in statements if s.treaty is not None)


def grouped(keys: Iterable[TreatyKey]) -> dict[TreatyKey, tuple[int, ...]]:
    """A number for every key, equal for keys that are one treaty; the same whatever their order.

    A name without parties that treaties of different parties bear has the numbers of all of them: which is meant, only its
    document tells. A key that names nothing has none: what is said of "the treaty" without ever saying which joins no other.
    """
    naming = sorted({key for key in keys if key.id or key.parties or key.words}, key=strength)
    groups: list[TreatyGroup] = []
    open_: dict[TreatyKey, tuple[int, ...]] = {}
    near = GroupIndex(naming)
    for key in naming:
        words = frozenset(key.words)
        fits = [groups[number] for number in near.candidates(key) if _is_same(groups[number], key, words)]
        if _is_anyones(key, fits):
            open_[key] = tuple(group.number for group in fits)
            continue
        home = fits[0] if len(fits) == 1 or (fits and not _is_vague(key)) else None
        if home is None and not fits:
            home = TreatyGroup(keys=set(), number=len(groups))
            groups.append(home)
        if home is not None and _admit(home, key, words):
            near.admit(home)
    return {key: (group.number,) for group in groups for key in group.keys} | open_


def _is_anyones(key: TreatyKey, fits: Sequence[TreatyGroup]) -> bool:
    """Whether treaties of different parties go by a name that says nothing of its own."""
    return not key.id and not key.parties and len({group.parties for group in fits if len(group.parties) > 1}) > 1


def numbered(keys: Iterable[TreatyKey], groups: Mapping[TreatyKey, tuple[int, ...]]) -> dict[TreatyKey, int]:
    """The treaties that the keys of one document mean: a name that several bear means the one it speaks of besides."""
    told = {key: groups[key] for key in keys if key in groups}
    sure = sorted(sure_in(told, groups))
    meant = {key: next((n for n in sure if n in numbers), None) for key, numbers in told.items()}
    return {key: number for key, number in meant.items() if number is not None}


def sure_in(keys: Iterable[TreatyKey], groups: Mapping[TreatyKey, tuple[int, ...]]) -> set[int]:
    """The treaties that the keys of one document name beyond doubt; a name that several bear can only mean one of them."""
    return {found[0] for key in keys if (found := groups.get(key)) is not None and len(found) == 1}


class GroupIndex:
    """Which groups a key could belong to, by what both hold: an id, a year, the same parties, or words of their names.

    Two names that share most of the shorter one share one of the rarest words of it, so common words are never looked up.
    Two states are no other two: of the groups that share words with a pair's treaty, those of other pairs are left aside;
    and with a state's, those of pairs that it is none of.
    """

    def __init__(self, keys: Sequence[TreatyKey]) -> None:
        uses = Counter(word for key in keys for word in key.words)
        self._rarity = {word: (count, word) for word, count in uses.items()}
        self._by_mark: dict[tuple[str, object], set[int]] = defaultdict(set)
        self._by_word: dict[Scope, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._by_rare_word: dict[Scope, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._unlisted: dict[int, TreatyGroup] = {}

    def candidates(self, key: TreatyKey) -> list[int]:
        """The numbers of the groups to look at, in the order in which they were made."""
        scopes = _looked_in(key)
        if scopes != (ANYBODY,):
            self._list_words()
        found: set[int] = set()
        if any(scope in self._by_word for scope in scopes):
            rare = self._rarest(key.words)
            for scope in scopes:
                by_word, by_rare_word = self._by_word[scope], self._by_rare_word[scope]
                found.update(*(by_word[w] for w in rare if w in by_word))
                found.update(*(by_rare_word[w] for w in key.words if w in by_rare_word))
        marks: list[tuple[str, object]] = []
        if len(key.parties) == BILATERAL:
            marks.append(("parties", key.parties))
        if key.id:
            marks += [("id", key.id), *(("year", y) for y in key.years)]
        else:
            marks += [("year of a known one", y) for y in key.years]
        return sorted(found.union(*(self._by_mark.get(mark, ()) for mark in marks)))

    def admit(self, group: TreatyGroup) -> None:
        """Takes note of what a group holds, now that a key has joined it."""
        marks: list[tuple[str, object]] = [("year", y) for y in group.years]
        if len(group.parties) == BILATERAL:
            marks.append(("parties", tuple(sorted(group.parties))))
        if group.id:
            marks += [("id", group.id), *(("year of a known one", y) for y in group.years)]
        for mark in marks:
            self._by_mark[mark].add(group.number)
        self._unlisted[group.number] = group
        if ANYBODY in _found_in(group):
            self._list_words()

    def _list_words(self) -> None:
        """Takes note of the words of groups; for those of two states this waits until somebody looks for them by words."""
        for group in self._unlisted.values():
            rare = self._rarest(group.words)
            for scope in _found_in(group):
                by_word, by_rare_word = self._by_word[scope], self._by_rare_word[scope]
                for word in group.words:
                    by_word[word].add(group.number)
                for word in rare:
                    by_rare_word[word].add(group.number)
        self._unlisted.clear()

    def _rarest(self, words: Iterable[str]) -> list[str]:
        """Of n words the n - n // 2 rarest: whoever shares more than half of them shares one of these."""
        by_rarity = sorted(words, key=self._rarity.__getitem__)
        return by_rarity[: len(by_rarity) - len(by_rarity) // 2]


def _found_in(group: TreatyGroup) -> tuple[Scope, ...]:
    """Among which groups this one is looked up by its words: all, and those of each state of a pair, or those of no pair."""
    if group.id or len(group.parties) != BILATERAL:
        return (None, ANYBODY)
    return (None, *group.parties)


def _looked_in(key: TreatyKey) -> tuple[Scope, ...]:
    """Among which groups a key is looked up by its words; two states find their own treaties without any."""
    parties = set(key.parties)
    if key.id or not 1 <= len(parties) <= BILATERAL:
        return (None,)
    return (ANYBODY, *parties) if len(parties) == 1 else (ANYBODY,)


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


def strength(key: TreatyKey) -> tuple[bool, int, int, TreatyKey]:
    """The order in which keys are grouped; keys that stand in it already are grouped soonest.

    Known treaties first, then those with most parties and words: the vague ones find a home among them.
    """
    return (not key.id, -len(key.parties), -len(key.words), key)


def _is_vague(key: TreatyKey) -> bool:
    return not key.id and not key.parties and len(key.words) < 2


def _is_same(group: TreatyGroup, key: TreatyKey, words: frozenset[str]) -> bool:
    """Whether a key can only mean the treaty of a group; `words` are the key's."""
    if group.id and key.id:
        return group.id == key.id
    if group.id or key.id:
        shared = group.words & words
        return bool(group.years.intersection(key.years)) or (
            not key.years and bool(shared) and _much(shared, group.words, words)
        )
    if group.years and key.years and not group.years.intersection(key.years):
        return False
    if group.parties and key.parties:
        bilateral = len(group.parties) == BILATERAL and set(key.parties) == group.parties
        return bilateral or (_nested(group.parties, key.parties) and _is_alike(group, words))
    return _is_alike(group, words)


def _is_alike(group: TreatyGroup, words: frozenset[str]) -> bool:
    shared = group.words & words
    return bool(shared) and _much(shared, group.words, words)


def _much(shared: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
    """The shorter of two sets of name words lies mostly in the longer one."""
    return 2 * len(shared) > min(len(one), len(other))


def _nested(one: frozenset[str], other: Sequence[str]) -> bool:
    return one.issuperset(other) or one.issubset(other)


def _admit(group: TreatyGroup, key: TreatyKey, words: frozenset[str]) -> bool:
    """Takes a key into a group; whether the group says more than before."""
    before = (group.id, len(group.parties), len(group.words), len(group.years))
    group.keys.add(key)
    group.id = group.id or key.id
    group.parties |= frozenset(key.parties)
    group.words |= words
    group.years |= frozenset(key.years)
    return before != (group.id, len(group.parties), len(group.words), len(group.years))


def _significant(name: str) -> list[str]:
    """Words that tell a treaty from another: long ones and acronyms, lower-cased."""
    return [w.lower() for w in _WORD.findall(name) if len(w) > 3 or (w.isupper() and len(w) > 1)]


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
