"""Which treaty each mention of a report means: names of one treaty are put together, and short forms find their antecedent.

Two names are one treaty's if they share an id, an alias, a distinctive word or their parties. "The pact" is the treaty
last named if it fits, else the main one; where nothing fits, it is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from foedus.statements.accessions import Accessions, is_entry
from foedus.statements.names import Mention, MentionKind
from foedus.statements.statement import TreatyMention
from foedus.statements.treaty_names import TreatyNames
from foedus.statements.word_rows import WordRow

_LEAD = 4
_BRACKET = 8  # characters between a name and another in brackets
_DESCRIBING = 4  # words before a noun that may tell which treaty is meant
_CALLED = 48  # characters between a name and another
_PAIR = 2
_CLAUSE = 16  # words of a relative clause that are looked at
_OLD = 2  # years before the latest that a report names
_YEARS = re.compile(r"(?:1[6-9]|20)(?<!\w..)\d\d\b")


class _Cluster:
    """One treaty, as the report has named it so far."""

    def __init__(self, treaty: TreatyMention, words: frozenset[str]) -> None:
        self.id = treaty.id
        self.names: Counter[str] = Counter()
        self.forms: dict[str, None] = {}
        self.parties: set[str] = set()
        self.years: set[int] = set()
        self.words: set[str] = set()
        self.weight = 0.0
        self.first = 1 << 30
        self.is_open = False
        self.is_entry = is_entry(treaty)
        self.add(treaty, words, 0.0, 1 << 30)

    def add(self, treaty: TreatyMention, words: frozenset[str], weight: float, at: int) -> None:
        self.id = self.id or treaty.id
        self.names[treaty.mention] += 1
        self.forms.update(dict.fromkeys(treaty.forms))
        self.parties |= set(treaty.parties)
        self.years |= set(treaty.years)
        self.words |= words
        self.weight += weight
        self.first = min(self.first, at)

    @property
    def treaty(self) -> TreatyMention:
        name = max(self.names, key=self._fullness)
        forms = tuple(form for form in dict.fromkeys((*self.names, *self.forms)) if form != name)
        return TreatyMention(
            mention=name, parties=tuple(sorted(self.parties)), id=self.id, forms=forms, years=tuple(sorted(self.years))
        )

    def _fullness(self, name: str) -> tuple[int, int, int]:
        """Titles before descriptions; of the descriptions of an entry, what the report says most often."""
        length, times = min(len(name), 60), self.names[name]
        is_title = name[:1].isupper() and " " in name
        return (0, times, length) if self.is_entry else (is_title, length, times)


class TreatyIdentity:
    """The treaties of one report; `resolved(i)` gives the mentions of sentence `i` with every treaty whole."""

    def __init__(
        self, names: TreatyNames, state_words: frozenset[str], named: Sequence[list[Mention]], rows: Sequence[WordRow], text: str, published: int = 0
    ) -> None:  # fmt: skip
        self._names = names
        self._plain = names.plain_words(state_words)
        self._renewed = re.compile(rf"\b(?:{'|'.join(names.words.modifiers.renewed) or '(?!)'})\b")
        self._rows = rows
        self._named = list(named)
        self._clusters: list[_Cluster] = []
        self._older: dict[int, _Cluster] = {}
        self._latest = max((int(year) for year in _YEARS.findall(text)), default=published)
        self._latest = max(self._latest, published)
        self._accessions = Accessions(named, rows, names.words.memberships)
        self._of: dict[tuple[int, int], _Cluster] = {}
        open_: list[tuple[int, Mention]] = []
        for index, mentions in enumerate(named):
            for mention in mentions:
                if mention.kind is MentionKind.TREATY and mention.role != "generic" and mention.treaty:
                    if mention.role == "description" and self._is_of_old(index, mention):
                        continue
                    if mention.role == "description" and self._is_open(index, mention):
                        open_.append((index, mention))
                    else:
                        self._place(index, mention)
        self._join_brackets(named)
        self._place_descriptions(open_)
        ordered = sorted(self._live(), key=lambda cluster: (-cluster.weight, cluster.first))
        self._main = ordered[0] if ordered and ordered[0].weight > 0 else self._unnamed() or next(iter(ordered), None)
        self._complete(text)
        self.main = self._main.treaty if self._main else None
        self.all = tuple(cluster.treaty for cluster in ordered)
        self._bind_generics()
        self._whole = {cluster: cluster.treaty for cluster in self._live()}

    def _unnamed(self) -> _Cluster | None:
        """The treaty of a report that gives it no name: what two states sign, "the convention", or an entry into an organisation."""
        unnamed = self._names.unnamed.first(self._rows, self._named, self._names.is_refused)
        if unnamed is not None and unnamed.mention.treaty is not None:
            others = [one for one in self._named[unnamed.at] if not _overlap(one, unnamed.mention)]
            self._named[unnamed.at] = sorted([*others, unnamed.mention], key=lambda one: one.start)
            cluster = _Cluster(unnamed.mention.treaty, frozenset())
            self._of[unnamed.at, unnamed.mention.start] = cluster
            return cluster
        for index, mentions in enumerate(self._named):
            for mention in mentions:
                head = mention.text.lower()
                if (
                    mention.kind is MentionKind.TREATY
                    and mention.role == "generic"
                    and head in self._names.words.heads.alone
                ):
                    treaty = TreatyMention(mention=mention.text)
                    self._of[index, mention.start] = _Cluster(treaty, frozenset())
                    return self._of[index, mention.start]
        return self._of_an_entry()

    def _of_an_entry(self) -> _Cluster | None:
        entries = [
            one
            for mentions in self._named
            for one in mentions
            if one.kind is MentionKind.MEASURE
            and one.role == "instrument"
            and any(noun in one.text.lower() for noun in self._names.words.memberships.nouns)
        ]
        bodies = [
            one
            for mentions in self._named
            for one in mentions
            if one.kind is MentionKind.ORGANISATION and len(one.states) == 1
        ]
        if not entries or not bodies:
            return None
        return _Cluster(TreatyMention(mention=bodies[0].text, parties=bodies[0].states), frozenset())

    def _complete(self, text: str) -> None:
        """Adds the second party of a treaty of two."""
        if self._main and not self._main.is_open:
            self._main.parties |= set(self._names.parties.completed(self._main.treaty, self._named, text))
            if len(self._main.parties) < _PAIR and not self._names.parties.is_of_many(text):
                self._main.parties |= self._makers()

    def _makers(self) -> set[str]:
        """Who signs a treaty that is only described: "the ministers of Chile and Peru put pen to a trade agreement"."""
        main = self._main
        if main is None or not all(self._names.unnamed.may_be_of_its_makers(name) for name in main.names):
            return set()
        for index, mentions in enumerate(self._named):
            for mention in mentions:
                if self._of.get((index, mention.start)) is main:
                    makers = set(self._names.unnamed.makers(self._rows[index], mentions, mention))
                    if makers and main.parties <= makers:
                        return makers
        return set()

    def resolved(self, index: int) -> list[Mention]:
        done = []
        for mention in self._named[index]:
            cluster = self._of.get((index, mention.start))
            if cluster:
                treaty = self._whole[cluster]
                if mention.role == "bare-membership":
                    mention = msgspec.structs.replace(mention, role="membership")
                done.append(msgspec.structs.replace(mention, treaty=treaty, states=treaty.parties))
            elif mention.kind is MentionKind.TREATY and mention.role == "bare-membership":
                continue
            elif mention.kind is MentionKind.TREATY and mention.role == "generic":
                done.append(msgspec.structs.replace(mention, treaty=None, states=()))
            else:
                done.append(mention)
        return done

    @property
    def _is_of_members(self) -> bool:
        """Whether the report's treaty is the entry of a state into an organisation."""
        return bool(self._main and any(len(party) != 3 for party in self._main.parties))

    def _live(self) -> list[_Cluster]:
        return list(dict.fromkeys(self._of.values()))

    def _place(self, index: int, mention: Mention) -> None:
        treaty = self._accessions.whole(mention)
        assert treaty is not None
        words = self._distinctive(treaty.mention)
        weight = (
            0.0
            if mention.role == "framework"
            else (3.0 if index < _LEAD else 1.0) * (0.5 if mention.role in ("membership", "body") else 1.0)
        )
        alike = (
            one
            for one in self._clusters
            if not self._is_renewed(one, treaty) and not self._is_title_beside(one, treaty, words)
        )
        cluster = next((one for one in alike if _is_same(one, treaty, words)), None)
        if cluster is None:
            cluster = _Cluster(treaty, words)
            self._clusters.append(cluster)
        cluster.is_open = cluster.is_open or self._is_open_to_all(treaty)
        cluster.add(treaty, words, weight, index)
        self._of[index, mention.start] = cluster

    def _is_renewed(self, cluster: _Cluster, treaty: TreatyMention) -> bool:
        """ "New START" beside "the START treaty of 1991": one took the name of the other."""
        is_dated = bool(treaty.years or cluster.years) and not set(treaty.years) & cluster.years
        said = [any(map(self._renewed.search, names)) for names in ((treaty.mention, *treaty.forms), cluster.names)]
        return is_dated and said[0] != said[1]

    def _is_title_beside(self, cluster: _Cluster, treaty: TreatyMention, words: frozenset[str]) -> bool:
        """ "CETA" beside "the trade pact with Peru", or beside "NAFTA": titles apart, or one that shares words of policy only."""
        known = {self._names.known[name].full for name in cluster.names if name in self._names.known}
        if known and treaty.mention in self._names.known and self._names.known[treaty.mention].full not in known:
            return True
        if len(treaty.parties) + len(cluster.parties) != 1 or not words & cluster.words <= self._names.modifiers:
            return False
        title = cluster.names if treaty.parties else {treaty.mention: 1}
        return any(name in self._names.known and not self._names.known[name].bilateral for name in title)

    def _is_open(self, index: int, mention: Mention) -> bool:
        """A description without parties or year may be a new treaty or only words for the report's one."""
        treaty = mention.treaty
        return bool(treaty and not treaty.parties and not treaty.years)

    def _place_descriptions(self, open_: list[tuple[int, Mention]]) -> None:
        """Open descriptions join the treaty that shares their words; else a definite one is the heaviest treaty so far."""
        for index, mention in open_:
            treaty = mention.treaty
            assert treaty is not None
            heaviest = max(self._live(), key=lambda one: one.weight, default=None)
            words = self._distinctive(treaty.mention)
            same = [one for one in self._live() if words & one.words]
            if same:
                self._join(index, mention, max(same, key=lambda one: len(words & one.words)), words)
            elif heaviest and heaviest.weight > 0 and (index < heaviest.first or not self._is_new(index, mention)):
                self._join(index, mention, heaviest, frozenset())
            else:
                self._place(index, mention)

    def _is_new(self, index: int, mention: Mention) -> bool:
        """ "a trade pact", "earlier agreements": not the treaty the report is about, unless it is said of it ("X is a pact")."""
        row = self._rows[index]
        at = row.at(mention.start)
        before = row.lower[max(0, at - 2) : at]
        if not before or before[-1] not in self._names.indefinite:
            return mention.text.endswith("s") and row.lower[at - 1 : at] != [
                self._names.words.heads.anaphor_determiners[0]
            ]
        return before[0] not in (*self._names.words.heads.predicates, ",")

    def _join(self, index: int, mention: Mention, cluster: _Cluster, words: frozenset[str]) -> None:
        assert mention.treaty is not None
        cluster.add(mention.treaty, words, 0.5, index)
        self._of[index, mention.start] = cluster

    def _is_open_to_all(self, treaty: TreatyMention) -> bool:
        """A well-known treaty without parties in the data is one of many states."""
        known = next(
            (self._names.known[form] for form in (treaty.mention, *treaty.forms) if form in self._names.known), None
        )
        return known is not None and not known.parties and not known.bilateral

    def _distinctive(self, name: str) -> frozenset[str]:
        """The words of a name that tell it from others: no heads, no small words."""
        words = (
            word.strip(".,'\"()").removesuffix("'s").removesuffix("’s")
            for word in name.lower().replace("-", " ").split()
        )
        return frozenset(word for word in words if len(word) > 2 and word not in self._plain)

    def _join_brackets(self, named: Sequence[list[Mention]]) -> None:
        """ "X (the Y Treaty)": a name in brackets right after another is an alias of it."""
        for index, mentions in enumerate(named):
            listed = self._in_lists(index, mentions)
            for left, right in pairwise(mentions):
                one, other = self._of.get((index, left.start)), self._of.get((index, right.start))
                if one is None or other is None or one is other or right.role == "framework":
                    continue
                is_beside = 0 < right.start - left.end <= _BRACKET and right.start not in listed
                if is_beside or self._is_called(index, left, right):
                    self._merge(one, other)

    def _in_lists(self, index: int, mentions: list[Mention]) -> set[int]:
        """Where names begin that an "and" joins to others before, at once or over commas: those are treaties of their own."""
        text, listed = self._rows[index].text, set[int]()
        is_list = False
        for left, right in reversed(list(pairwise(mentions))):
            between = text[left.end : right.start].lower().replace(",", " , ").split()
            is_list = not set(between).isdisjoint(self._names.words.nicknames.listed) or (
                is_list and between[:1] == [","]
            )
            if is_list:
                listed.add(right.start)
        return listed

    def _is_called(self, index: int, left: Mention, right: Mention) -> bool:
        """ "The Gap Treaty, formally known as the Treaty between A and B": two names of one."""
        between = self._rows[index].text[left.end : right.start].lower()
        return len(between) < _CALLED and any(f" {word} " in between for word in self._names.words.nicknames.called)

    def _merge(self, one: _Cluster, other: _Cluster) -> None:
        for name in other.names:
            one.names[name] += other.names[name]
        one.forms.update(other.forms)
        one.parties |= other.parties
        one.years |= other.years
        one.words |= other.words
        one.weight += other.weight
        one.first = min(one.first, other.first)
        one.id = one.id or other.id
        for key, cluster in self._of.items():
            if cluster is other:
                self._of[key] = one

    def _bind_generics(self) -> None:
        last: _Cluster | None = None
        for index, mentions in enumerate(self._named):
            for mention in mentions:
                if mention.kind is not MentionKind.TREATY:
                    continue
                cluster = self._of.get((index, mention.start))
                if cluster:
                    last = cluster if mention.role != "framework" else last
                elif mention.role == "generic" and self._is_of_old(index, mention):
                    last = self._of[index, mention.start]
                elif mention.role == "generic" or (mention.role == "bare-membership" and self._is_of_members):
                    chosen = self._described(index, mention) or self._antecedent(last)
                    if chosen:
                        self._of[index, mention.start] = chosen

    def _described(self, index: int, mention: Mention) -> _Cluster | None:
        """ "the air services agreement" after "the Air Services Agreement and the Extradition Treaty": words before the noun."""
        row = self._rows[index]
        at = row.at(mention.start)
        before = set[str]()
        for word in reversed(row.lower[max(0, at - _DESCRIBING) : at]):
            if not word.replace("-", "").isalpha() or word in self._names.determiners:
                break
            before |= self._distinctive(word)
        fitting = max(self._live(), key=lambda one: len(one.words & before), default=None)
        return fitting if fitting and fitting.words & before else None

    def _is_of_old(self, index: int, mention: Mention) -> bool:
        """ "the treaty that the two states concluded in 2000": an older one, by the year in its own relative clause."""
        row = self._rows[index]
        start = row.at(mention.end)
        clause = row.lower[start : start + _CLAUSE]
        if not clause or clause[0] not in self._names.words.modifiers.restrictive:
            return False
        end = next((at for at, word in enumerate(clause) if word in (",", ";", ".")), len(clause))
        dated = next((at for at, word in enumerate(clause[:end]) if _YEARS.fullmatch(word)), None)
        if dated is None or (year := int(clause[dated])) > self._latest - _OLD:
            return False
        if year not in self._older:
            parties = mention.treaty.parties if mention.treaty else ()
            treaty = TreatyMention(
                mention=row.span(row.at(mention.start), start + dated + 1), parties=parties, years=(year,)
            )
            self._older[year] = _Cluster(treaty, frozenset())
        self._of[index, mention.start] = self._older[year]
        return True

    def _antecedent(self, last: _Cluster | None) -> _Cluster | None:
        return self._main or last


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _are_other_pairs(one: set[str], other: set[str]) -> bool:
    """ "the deal between the EU and Chile" beside that of the EU and Peru: each names its two, and they differ."""
    return min(len(one), len(other)) == _PAIR and one != other and not (one <= other or other <= one)


def _is_same(cluster: _Cluster, treaty: TreatyMention, words: frozenset[str]) -> bool:
    if cluster.id and treaty.id:
        return cluster.id == treaty.id
    if set(treaty.forms) & (set(cluster.forms) | set(cluster.names)) or treaty.mention in cluster.forms:
        return True
    if treaty.years and cluster.years and not set(treaty.years) & cluster.years:
        return False
    if (
        len(treaty.parties) > 1
        and set(treaty.parties) == cluster.parties
        and (words & cluster.words or not words or not cluster.words)
    ):
        return True
    if treaty.parties and cluster.parties and not set(treaty.parties) & cluster.parties:
        return False
    if _are_other_pairs(set(treaty.parties), cluster.parties):
        return False
    shared = words & cluster.words
    if not words or not cluster.words:
        return bool(treaty.parties and set(treaty.parties) <= cluster.parties)
    return len(shared) >= max(1, (min(len(words), len(cluster.words)) + 1) // 2)
