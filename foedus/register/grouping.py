"""Telling treaties apart by what names say of them: the names that can only mean one treaty are put into one group.

Names come in the order of their strength: known treaties first, then names with most parties and words, so that the vague
ones find a home among them. A name looks only at groups that it could belong to, and most look at very few: two states find
their own treaties at once, and one state looks among its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

BILATERAL = 2
FEW = 64
"""So many treaties of a state are looked through one by one; of more, those that share words."""


class CodedName(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name as it is compared: its parties, words and what it is about as numbers; the rarest word has the lowest."""

    id: str
    parties: tuple[int, ...]
    words: frozenset[int]
    years: tuple[int, ...]
    subject: frozenset[int]


class Group:
    """Names that are one treaty, while they are being gathered: all that they say together."""

    __slots__ = ("id", "number", "parties", "subject", "words", "years")

    def __init__(self, number: int) -> None:
        self.number = number
        self.id = ""
        self.parties = frozenset[int]()
        self.words = frozenset[int]()
        self.years = frozenset[int]()
        self.subject = frozenset[int]()

    def admit(self, name: CodedName) -> None:
        """Takes a name in."""
        if name.id:
            self.id = name.id
        if not self.words >= name.words:
            self.words |= name.words
        if name.years:
            self.years = self.years.union(name.years)
        if name.subject:
            self.subject |= name.subject
        if not self.parties.issuperset(name.parties):
            self.parties = self.parties.union(name.parties)


def told_apart(names: Iterable[CodedName], sought: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """For each name, in order of strength, the number of its treaty.

    A name that treaties of different parties bear, and that does not say whose is meant, has the numbers of all of them: only
    its document tells. One that says nothing has none, and neither has a vague one that fits several.

    sought   what `sought` finds in the names
    """
    near = _Near(sought)
    return (_placed(name, near) for name in names)


def sought(names: Iterable[CodedName]) -> frozenset[int]:
    """The words of the names that could belong to any treaty, and are looked for among all of them."""
    return frozenset[int]().union(*(name.words for name in names if looks_at_all(name)))


def _placed(name: CodedName, near: _Near) -> tuple[int, ...]:
    if not (name.id or name.parties or name.words):
        return ()
    fits = _fitting(name, near.candidates(name))
    if len(fits) > 1:
        if is_anyones(name, fits):
            return tuple(group.number for group in fits)
        if is_vague(name):
            return ()
    home = fits[0] if fits else near.found()
    near.admit(home, name)
    return (home.number,)


def _fitting(name: CodedName, candidates: Sequence[Group]) -> Sequence[Group]:
    """The groups that a name fits best; of most names there is one candidate, or none."""
    if not candidates:
        return candidates
    if len(candidates) == 1:
        return candidates if is_same(candidates[0], name, len(candidates[0].words & name.words)) else ()
    return nearest(name, candidates)


def nearest(name: CodedName, groups: Iterable[Group]) -> list[Group]:
    """The groups that a name fits: of several those that share most words with it; without any party, all are as near."""
    found, most, words = list[Group](), 0, name.words
    by_words = not (name.id or name.years or len(name.parties) == BILATERAL)
    for group in groups:
        shared = len(group.words & words)
        if shared < most or (by_words and 2 * shared <= len(words) and 2 * shared <= len(group.words)):
            continue  # soonest told of the most, which are not alike
        if is_same(group, name, shared):
            if name.parties and shared > most:
                found, most = [], shared
            found.append(group)
    return found


def is_anyones(name: CodedName, fits: Iterable[Group]) -> bool:
    """Whether treaties of different parties go by a name that does not say which of them it means."""
    return not name.id and len(name.parties) < BILATERAL and len({g.parties for g in fits if len(g.parties) > 1}) > 1


def is_vague(name: CodedName) -> bool:
    return not name.id and not name.parties and len(name.words) < 2


def is_same(group: Group, name: CodedName, shared: int) -> bool:
    """Whether a name can only mean the treaty of a group, with which it shares so many words."""
    if name.id:
        return group.id == name.id
    if group.id:
        return _is_the_known(group, name, shared)
    if name.years and group.years and group.years.isdisjoint(name.years):
        return False
    if name.parties and group.parties:
        if len(group.parties) == BILATERAL == len(name.parties) and group.parties.issuperset(name.parties):
            return not (group.subject and name.subject and group.subject.isdisjoint(name.subject))
        return _nested(group.parties, name.parties) and _is_alike(group, name, shared)
    return _is_alike(group, name, shared)


def _is_the_known(group: Group, name: CodedName, shared: int) -> bool:
    """Whether a name without an id means a known treaty: by its words, or by a year that it shares, if no more is said."""
    if name.parties and len(group.parties) == BILATERAL and not _nested(group.parties, name.parties):
        return False
    if not name.years:
        return _is_alike(group, name, shared)
    if group.years.isdisjoint(name.years):
        return False
    is_its_own = len(name.parties) == BILATERAL == len(group.parties)  # nested, as was told above
    says_no_more = len(name.words) < 2 and group.parties.issuperset(name.parties)
    return is_its_own or says_no_more or _is_alike(group, name, shared)


def _is_alike(group: Group, name: CodedName, shared: int) -> bool:
    """Whether the shorter of two sets of name words lies mostly in the longer one."""
    return 2 * shared > min(len(group.words), len(name.words))


def _nested(one: frozenset[int], other: Sequence[int]) -> bool:
    return one.issuperset(other) or one.issubset(other)


class _Words:
    """Groups by the words that they hold.

    Two names that share most of the shorter one share one of the rarest words of it, so common words are never looked up.

    asked  the words that anybody will look up; None: any
    """

    def __init__(self, asked: frozenset[int] | None = None) -> None:
        self._asked = asked
        self._holding: dict[int, set[int]] = defaultdict(set)
        self._rare_in: dict[int, set[int]] = defaultdict(set)

    def note(self, group: Group, said: Iterable[int] = ()) -> None:
        """Takes note of a group; of some words it was noted before that it says them."""
        newly, rare = group.words.difference(said), _rarest(group.words)
        if self._asked is not None:
            newly, rare = newly & self._asked, [word for word in rare if word in self._asked]
        for word in newly:
            self._holding[word].add(group.number)
        for word in rare:
            self._rare_in[word].add(group.number)

    def sharing(self, words: frozenset[int]) -> set[int]:
        """The numbers of the groups that may share most words with a name."""
        holding = (self._holding[word] for word in _rarest(words) if word in self._holding)
        return set[int]().union(*holding, *(self._rare_in[word] for word in words if word in self._rare_in))


class _Near:
    """Which groups a name could belong to, by what both hold: an id, a year, the same parties, or words of their names.

    Two states are no other two: of the groups that share words with a pair's treaty, those of other pairs are left aside;
    and with a state's, those of others.

    asked  words of the names that are looked for among all groups
    """

    def __init__(self, asked: frozenset[int]) -> None:
        self._groups: list[Group] = []
        self._known: dict[str, int] = {}
        self._known_by_year: dict[int, set[int]] = defaultdict(set)
        self._pairs: dict[tuple[int, ...], list[Group]] = defaultdict(list)
        self._of_state: dict[int, dict[int, Group]] = defaultdict(dict)
        self._words_of_state: dict[int, _Words] = {}
        self._wide: _Words | None = None
        self._all, self._unlisted = _Words(asked), dict[int, Group]()

    def candidates(self, name: CodedName) -> Sequence[Group]:
        """The groups to look at, in the order in which they were made."""
        if name.id:
            return [self._groups[self._known[name.id]]] if name.id in self._known else []
        if len(name.parties) == BILATERAL:
            near = self._pairs.get(name.parties, [])
        else:
            near = self._of_one(name.parties[0], name.words) if len(name.parties) == 1 else []
        if not (self._wide or self._known) and 1 <= len(name.parties) <= BILATERAL:
            return near
        numbers = self._alike(name).union(group.number for group in near)
        return [self._groups[number] for number in sorted(numbers)]

    def _alike(self, name: CodedName) -> set[int]:
        """Groups that share words with a name, or are known to be of its year; those of one or two others aside, if it has parties."""
        among = self._among_all() if looks_at_all(name) else self._wide
        found = among.sharing(name.words) if among else set[int]()
        return found.union(*(self._known_by_year.get(year, ()) for year in name.years))

    def _of_one(self, state: int, words: frozenset[int]) -> list[Group]:
        """Treaties of a state, alone or with one other, that may share words with a name."""
        mine = self._of_state.get(state, {})
        if len(mine) <= FEW:
            return [mine[number] for number in sorted(mine)]
        if state not in self._words_of_state:
            listed = self._words_of_state[state] = _Words()
            for group in mine.values():
                listed.note(group)
        return [self._groups[number] for number in sorted(self._words_of_state[state].sharing(words))]

    def _among_all(self) -> _Words:
        """All groups; those that say more since somebody looked are listed anew."""
        for group in self._unlisted.values():
            self._all.note(group)
        self._unlisted.clear()
        return self._all

    def found(self) -> Group:
        """A new group."""
        group = Group(len(self._groups))
        self._groups.append(group)
        return group

    def admit(self, group: Group, name: CodedName) -> None:
        """Takes a name into a group, and takes note of what that says now."""
        words, parties = group.words, group.parties
        group.admit(name)
        if group.words is words and group.parties is parties and not group.id:
            return
        if group.id:
            self._known[group.id] = group.number
            for year in group.years:
                self._known_by_year[year].add(group.number)
        if group.parties is not parties and len(group.parties) <= BILATERAL:
            for state in group.parties:
                self._of_state[state][group.number] = group
            if len(group.parties) == BILATERAL:
                self._pairs[tuple(sorted(group.parties))].append(group)
        if group.words is not words:
            self._unlisted[group.number] = group
            for listed in self._listings(group):
                listed.note(group, words)

    def _listings(self, group: Group) -> list[_Words]:
        """Where the words of a group are looked up, besides among all."""
        if group.id or not 1 <= len(group.parties) <= BILATERAL:
            self._wide = self._wide or _Words()
            return [self._wide]
        return [self._words_of_state[state] for state in group.parties if state in self._words_of_state]


def looks_at_all(name: CodedName) -> bool:
    """Whether a name could belong to any group, whosever treaty that is."""
    return not name.id and not 1 <= len(name.parties) <= BILATERAL


def _rarest(words: Iterable[int]) -> list[int]:
    """Of n words the n - n // 2 rarest: whoever shares more than half of them shares one of these."""
    by_rarity = sorted(words)
    return by_rarity[: len(by_rarity) - len(by_rarity) // 2]
