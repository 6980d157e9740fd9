"""Final clauses of treaties, read: when a treaty, an amendment or an article enters into force, as data (VCLT 24(1)).

Every sentence that says "shall enter into force" is read whole or declined whole, with the words that were not understood: half a
condition would give a wrong day. Words and patterns are a language's data (`force_clauses.toml`); here is how they are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from foedus.reference.clauses import ForceClause, Part, Period, Pool, Share, Trigger
from foedus.reference.directory import Directory, Role, State

Resolve = Callable[[str], str | None]


class SentenceWords(msgspec.Struct, frozen=True, kw_only=True):
    of: str
    pattern: str
    skip: tuple[str, ...] = ()
    decline: dict[str, str] = {}


class TailWords(msgspec.Struct, frozen=True, kw_only=True):
    rule: str
    pattern: str


class RuleWords(msgspec.Struct, frozen=True, kw_only=True):
    """How one form of condition is said, and what is the same in all its cases."""

    rule: str
    pattern: str
    trigger: Trigger = Trigger.DEPOSITS
    month_start: int | None = None
    named: tuple[str, ...] = ()
    counting: Pool | None = None
    part_of: Pool | None = None
    then: bool = False
    or_more: bool = False
    own: bool = False


class ClauseTextWords(msgspec.Struct, frozen=True, kw_only=True):
    """The file `force_clauses.toml` of a language."""

    vocabulary: tuple[str, ...]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, str]
    units: dict[str, str]
    groups: dict[str, tuple[str, ...]]
    pools: dict[str, Pool]
    fragments: dict[str, str]
    sentence: tuple[SentenceWords, ...]
    tail: tuple[TailWords, ...]
    rule: tuple[RuleWords, ...]
    late: tuple[RuleWords, ...]


class Declined(msgspec.Struct, frozen=True, kw_only=True):
    """A clause that was not read: why, and the words that were not understood."""

    reason: str
    words: str = ""


class ClauseReading(msgspec.Struct, frozen=True, kw_only=True):
    """What one sentence says.

    of        "treaty", "amendment", "article", or "late" (who consents later)
    clause    what was read, or why it was not
    unread    words that change nothing and were passed over
    """

    of: str
    clause: ForceClause | Declined
    words: str
    unread: tuple[str, ...] = ()


def read_clause(text: str, words: ClauseTextWords, resolve: Resolve | None = None) -> ForceClause | Declined:
    """When the treaty itself enters into force, by the article's whole text: with the period of who consents later.

    resolve   the id of a state by its name, for clauses that name some; without it they are declined
    """
    readings = read_clauses(text, words, resolve)
    mine = [reading for reading in readings if reading.of == "treaty"]
    if not mine:
        return Declined(reason="no sentence says when the treaty enters into force", words=text[:200])
    clause = mine[0].clause
    if len({repr(reading.clause) for reading in mine}) > 1:
        return Declined(reason="two sentences say it differently", words=" / ".join(r.words for r in mine))
    late = next((reading.clause for reading in readings if reading.of == "late"), None)
    if isinstance(clause, Declined) or isinstance(late, Declined):
        return clause if isinstance(clause, Declined) else late  # type: ignore[return-value]
    states_only = any(reading.of == "organisations" for reading in readings)
    return msgspec.structs.replace(clause, late=late.late if late else None, states_only=states_only)


def read_clauses(text: str, words: ClauseTextWords, resolve: Resolve | None = None) -> tuple[ClauseReading, ...]:
    """Every sentence of a text that says when something enters into force, read or declined."""
    reader = reader_of(words)
    return tuple(found for sentence in sentences_of(text) for found in reader.read(sentence, resolve))


NAMES: tuple[Role, ...] = ("name",)


def state_resolver(directory: Directory) -> Resolve:
    """Who is meant by a name in a clause: the one state that is called so, a present one before a past one."""

    def resolve(name: str) -> str | None:
        found = directory.named(name, roles=NAMES) or directory.named(name.title(), roles=NAMES)
        states = [one for one in found if isinstance(one, State)]
        present = [one for one in states if one.until is None] or states
        return present[0].id if len(present) == 1 else None

    return resolve


_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]])[.;]\s*(?=(?:\d+\s*\.\s*|\([a-z0-9]+\)\s*)?[A-Z\"“])|\n+")
_NUMBERING = re.compile(r"^\s*(?:\d+\s*\.|\([a-z0-9]+\))\s*")


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of an article, without their numbers."""
    for part in _SENTENCE_END.split(text):
        plain = _NUMBERING.sub("", part).strip(" .;\u3000")
        if plain:
            yield plain


class ClauseReader:
    """One language's patterns, compiled."""

    def __init__(self, words: ClauseTextWords) -> None:
        self.words = words
        self.vocabulary = frozenset(words.vocabulary) | set(words.cardinals) | set(words.ordinals)
        self.sentence = [(s, self.compiled(s.pattern)) for s in words.sentence]
        self.tails = [self.compiled(t.pattern, at_end=True) for t in words.tail]
        self.rules = [(r, self.compiled(r.pattern)) for r in words.rule]
        self.late = [(r, self.compiled(r.pattern)) for r in words.late]

    def read(self, sentence: str, resolve: Resolve | None) -> Iterator[ClauseReading]:
        plain = self.plain(sentence)
        for kind, pattern in self.sentence:
            found = pattern.fullmatch(plain)
            if not found:
                continue
            if any(word in plain for word in kind.skip):
                return
            reason = next((why for word, why in kind.decline.items() if word in plain), None)
            if reason:
                yield ClauseReading(of=kind.of, clause=Declined(reason=reason, words=sentence), words=sentence)
            else:
                yield self._reading(kind.of, found, sentence, resolve)
            return

    def plain(self, sentence: str) -> str:
        """In lower case, with single blanks, and words that a bad copy ran together taken apart."""
        text = sentence.lower().replace("’", "'").replace("—", "-")
        return " ".join(" ".join(self._apart(token)) for token in text.split())

    def _apart(self, token: str) -> list[str]:
        core = token.strip(",.;:()")
        if core in self.vocabulary or len(core) < 3:
            return [token]
        for cut in range(1, len(core)):
            if core[:cut] in self.vocabulary and core[cut:] in self.vocabulary:
                return token.replace(core, f"{core[:cut]} {core[cut:]}").split(" ")
        return [token]

    def _reading(self, of: str, found: re.Match[str], sentence: str, resolve: Resolve | None) -> ClauseReading:
        groups = found.groupdict()
        if of == "organisations":
            return ClauseReading(of=of, clause=ForceClause(trigger=Trigger.DEPOSITS, states_only=True), words=sentence)
        when = (groups.get("when") or "").strip(" ,.")
        fields, when = self._tails(when)
        late = of == "late"
        after = groups.get("after")
        clause = self._late(when, sentence) if late else self._general(when, fields, after, sentence, resolve)
        unread = tuple(u for u in (self._passed_over(when),) if u)
        return ClauseReading(of=of, clause=clause, words=sentence, unread=unread)

    def _tails(self, when: str) -> tuple[dict[str, Any], str]:
        fields: dict[str, Any] = {}
        for pattern in self.tails:
            found = pattern.search(when)
            if not found:
                continue
            when, groups = when[: found.start()].strip(" ,"), found.groupdict()
            if groups.get("opening"):
                length = self.number(groups["opening"]) or 0
                fields["opening_months"] = length * (12 if groups["opening_unit"] == "years" else 1)
            if groups.get("not_before"):
                fields["not_before"] = datetime.strptime(groups["not_before"].title(), "%d %B %Y").date()
        return fields, when

    def _late(self, when: str, sentence: str) -> ForceClause | Declined:
        for rule, pattern in self.late:
            found = pattern.fullmatch(when)
            if found:
                days, months = self._period(found)
                start = self._of(found, "month_start") or rule.month_start
                period = Period(days=days, months=months, month_start=start) if days or months or start else None
                return ForceClause(trigger=Trigger.DEPOSITS, late=period, words=sentence)
        return Declined(reason="the period of those who consent later is said in words that are not known", words=when)

    def _general(
        self, when: str, fields: dict[str, Any], after: str | None, sentence: str, resolve: Resolve | None
    ) -> ForceClause | Declined:
        for rule, pattern in self.rules:
            found = pattern.fullmatch(when)
            if not found:
                continue
            named = self._named(rule, found, resolve)
            if named is None:
                return Declined(
                    reason="it names states that the directory does not know, or knows more than one of",
                    words=found["names"],
                )
            numbers = [g for g in ("count", "others", "days", "period", "month_start") if self._has(found, g)]
            unknown = [found[g] for g in numbers if self._of(found, g) is None]
            if unknown:
                return Declined(reason="a number is not understood", words=", ".join(unknown))
            return self._clause(rule, found, named, {**fields, "after": after, "words": sentence})
        return Declined(reason="the condition is said in words that are not known", words=when)

    def _clause(
        self, rule: RuleWords, found: re.Match[str], named: tuple[str, ...], fields: dict[str, Any]
    ) -> ForceClause:
        days, months = self._period(found)
        start = self._of(found, "month_start") or rule.month_start
        part = self._part(rule, found)
        late = Period(days=days, months=months, month_start=start) if rule.own else None
        return ForceClause(
            trigger=rule.trigger,
            count=1 if rule.own else self._of(found, "count"),
            others=self._of(found, "others"),
            days=days,
            months=months,
            month_start=start,
            counting=rule.counting,
            named=named,
            part=part,
            shares=self._shares(found),
            late=late,
            **fields,
        )

    def _part(self, rule: RuleWords, found: re.Match[str]) -> Part | None:
        if rule.part_of is None:
            return None
        said = self.words.fractions[found["part"]]
        pool = next((pool for word, pool in self.words.pools.items() if word in found[0]), rule.part_of)
        pool = pool if rule.part_of is Pool.PARTIES else rule.part_of
        return Part(part=said.lstrip(">"), over=said.startswith(">"), of=pool, then=rule.then, or_more=rule.or_more)

    def _shares(self, found: re.Match[str]) -> tuple[Share, ...]:
        if not self._has(found, "percent"):
            return ()
        percent = self.number(found["percent"])
        return (Share(measure=found["measure"].strip(" ,"), percent=str(percent)),)

    def _named(self, rule: RuleWords, found: re.Match[str], resolve: Resolve | None) -> tuple[str, ...] | None:
        """The states that a clause names, by their ids; None where one of them is not known."""
        if self._has(found, "group"):
            return self.words.groups[found["group"]]
        if not self._has(found, "names"):
            return rule.named
        names = [n.strip().removeprefix("and ").removeprefix("the ") for n in found["names"].split(",")]
        flat = [one for name in names for one in (name.split(" and ") if resolve and not resolve(name) else [name])]
        ids = [resolve(name.removeprefix("the ")) if resolve else None for name in flat if name]
        return None if None in ids else tuple(id_ for id_ in ids if id_)

    def _passed_over(self, when: str) -> str:
        """Words of a condition that say nothing of the parties' own acts: how an amendment is adopted."""
        for _, pattern in self.rules:
            found = pattern.fullmatch(when)
            if found:
                groups = found.groupdict()
                return (groups.get("adoption") or groups.get("notice") or "").strip()
        return ""

    def _period(self, found: re.Match[str]) -> tuple[int | None, int | None]:
        if days := self._of(found, "days"):
            return days, None
        length = self._of(found, "period")
        if length is None:
            return None, None
        unit = self.words.units[found["unit"]]
        return (length, None) if unit == "days" else (None, length * (12 if unit == "years" else 1))

    @staticmethod
    def _has(found: re.Match[str], group: str) -> bool:
        return bool(found.groupdict().get(group))

    def _of(self, found: re.Match[str], group: str) -> int | None:
        said = found.groupdict().get(group)
        return self.number(said) if said else None

    def number(self, said: str) -> int | None:
        """The number that words or figures give; None for any others.

        "thirty-fifth" is 35, "60th" is 60, "twentyseventh" (run together) is 27.
        """
        figures = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", said)
        if figures:
            return int(figures[1])
        known = self.words.cardinals | self.words.ordinals
        if said in known:
            return known[said]
        tens = next((t for t, n in self.words.cardinals.items() if n >= 20 and said.startswith(t)), None)
        rest = said[len(tens) :].strip(" -") if tens else ""
        return self.words.cardinals[tens] + known[rest] if tens and known.get(rest, 10) < 10 else None

    @cached_property
    def _number_pattern(self) -> str:
        known = self.words.cardinals | self.words.ordinals
        tens = "|".join(word for word, n in self.words.cardinals.items() if n >= 20)
        ones = "|".join(word for word, n in known.items() if n < 10)
        single = "|".join(sorted(known, key=len, reverse=True))
        return rf"(?:\d+(?:st|nd|rd|th)?|(?:{tens})[ -]?(?:{ones})|{single})(?![a-z])"

    def compiled(self, pattern: str, at_end: bool = False) -> re.Pattern[str]:
        """A pattern with the fragments and numbers of the language in the place of their marks."""
        fragments: Mapping[str, str] = {
            **self.words.fragments,
            "frac": "|".join(sorted(map(re.escape, self.words.fractions), key=len, reverse=True)),
        }
        number = self._number_pattern
        pattern = re.sub(r"<(?:ord|num):(\w+)>", lambda found: f"(?P<{found[1]}>{number})", pattern)
        pattern = pattern.replace("<num>", number)
        for name, fragment in fragments.items():
            pattern = pattern.replace(f"<{name}>", f"(?:{fragment})")
        return re.compile(pattern + (r"\s*$" if at_end else ""))


@lru_cache(maxsize=4)
def _kept(key: _Key) -> ClauseReader:
    return ClauseReader(key.words)


class _Key:
    """The very same words are the same reader."""

    def __init__(self, words: ClauseTextWords) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.words is other.words


def reader_of(words: ClauseTextWords) -> ClauseReader:
    """The reader of a language's words; made once."""
    return _kept(_Key(words))
