"""One sentence of a final clause, taken apart: what it is about, and its condition as a time and an event.

A condition is accepted only if its words are read whole, and all the ways to read them agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from foedus.reference.clause_words import ClauseTextWords, RuleWords
from foedus.reference.clauses import ForceClause, Part, Period, Pool, Share, Trigger
from foedus.reference.numerals import Numerals

Resolve = Callable[[str], str | None]
Groups = Mapping[str, Any]

NOT_KNOWN = "the condition is said in words that are not known"
LATE_NOT_KNOWN = "the period of those who consent later is said in words that are not known"
UNNAMED = "it names states that the directory does not know, or knows more than one of"
TWICE = "a number is said in words and figures that differ"


class Declined(msgspec.Struct, frozen=True, kw_only=True):
    """A clause that was not read: why, and the words that were not understood."""

    reason: str
    words: str = ""


class ClauseReading(msgspec.Struct, frozen=True, kw_only=True):
    """What one sentence says.

    of        "treaty", "amendment", "article", "late" or "amendment-late" (who consents later), "organisations", "limit"
              (what it must not come before), "fallback" (where the conditions are not met by a day), "provisional",
              "provisional-else" (in other words), "counting" (how instruments are counted), "other"
    clause    what was read, or why it was not
    unread    words that change nothing and were passed over
    fails     another sentence must say what holds where the conditions are not met by a day
    """

    of: str
    clause: ForceClause | Declined
    words: str
    unread: tuple[str, ...] = ()
    fails: bool = False


_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)\]%])[.;]\s*(?=(?:\d+\s*\.\s*|\([a-z0-9]+\)\s*)?[A-Z\"“])|\n+(?!\s*(?:\.\d|\([a-z]+\)))"
)
_NUMBERING = re.compile(r"^\s*(?:\d+\s*\.|\([a-z0-9]+\))\s*")
_WRAPPED = re.compile(r"(?<=[a-z,-])[ \t]*\n[ \t]*(?=[a-z0-9](?!\s*\.\s|\)))")


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of an article, without their numbers; lines that a page has broken are joined."""
    for part in _SENTENCE_END.split(_WRAPPED.sub(" ", text)):
        plain = _NUMBERING.sub("", part).strip(" .;\u3000")
        if plain:
            yield plain


class ClauseReader:
    """One language's patterns, compiled."""

    def __init__(self, words: ClauseTextWords) -> None:
        self.words = words
        self.numerals = Numerals(words.cardinals, words.ordinals, words.hundred)
        self.number = self.numerals.number
        self.vocabulary = frozenset(words.vocabulary) | set(words.cardinals) | set(words.ordinals)
        self.sentence = [(s, self.compiled(s.pattern)) for s in words.sentence]
        self.tails = [(t, self.compiled(t.pattern, at_end=not t.leads)) for t in words.tail]
        self.rules = [(r, self.compiled(r.pattern)) for r in words.rule]
        self.times = [(t, self.compiled(t.pattern)) for t in words.time]
        self.events = [(e, self.compiled(e.pattern)) for e in words.event]
        self.own_events = [(e, self.compiled(e.pattern)) for e in words.own_event]
        self.splits = [(s, self.compiled(s.pattern)) for s in words.split]
        self.conditions, self.joiners = self.compiled(words.conditions), self.compiled(words.joiners)
        self.about = self.compiled(words.about)
        self.headings = self.compiled(words.headings)
        self.listed = self.compiled(words.list.opening)
        self.item, self.share = self.compiled(words.list.item), self.compiled(words.list.share)

    def sentences(self, text: str) -> Iterator[str]:
        """The sentences of a text; one that says two things is two."""
        for sentence in sentences_of(text):
            yield from self._split(sentence)

    def read(self, sentence: str, resolve: Resolve | None) -> Iterator[ClauseReading]:
        plain = self.headings.sub("", self.plain(sentence))
        for kind, pattern in self.sentence if self.about.search(plain) else ():
            found = pattern.fullmatch(plain)
            if not found:
                continue
            if any(word in plain for word in kind.skip):
                return
            reason = next((why for word, why in kind.decline.items() if word in plain), None)
            if reason is None and (twice := self.numerals.differs(plain)):
                reason = f"{TWICE}: {twice}"
            if reason:
                yield ClauseReading(of=kind.of, clause=Declined(reason=reason, words=sentence), words=sentence)
            else:
                yield self._reading(kind.of, found.groupdict(), sentence, resolve)
            return

    def plain(self, sentence: str) -> str:
        """In lower case, with single blanks, and words that a bad copy ran together taken apart."""
        text = sentence.lower().replace("’", "'").replace("—", "-").replace("–", "-").replace("½", "1/2")
        return self.numerals.once(" ".join(" ".join(self._apart(token)) for token in text.split()))

    def compiled(self, pattern: str, at_end: bool = False) -> re.Pattern[str]:
        """A pattern with the fragments and numbers of the language in the place of their marks."""
        fragments: Mapping[str, str] = {
            **self.words.fragments,
            "frac": "|".join(sorted(map(re.escape, self.words.fractions), key=len, reverse=True)),
            "day": rf"\d{{1,2}}(?:st|nd|rd|th)?(?: day of)? (?:{'|'.join(self.words.months)}),? \d{{4}}"
            rf"|(?:{'|'.join(self.words.months)}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
        }
        for _ in range(4):  # a fragment may stand in another one
            for name, fragment in fragments.items():
                pattern = f"(?:{fragment})".join(_marked(name).split(pattern))
        number = self.numerals.pattern
        pattern = re.sub(r"<(?:ord|num):(\w+)>", lambda found: f"(?P<{found[1]}>{number})", pattern)
        pattern = pattern.replace("<num>", number)
        return re.compile(pattern + (r"\s*$" if at_end else ""))

    def _split(self, sentence: str) -> Iterator[str]:
        plain = self.plain(sentence)
        for split, pattern in self.splits if self.about.search(plain) else ():
            found = pattern.fullmatch(plain)
            if found:
                yield from self._split(found["first"].strip(" ,;"))
                yield from self._split(f"{split.lead} {found['second']}".strip(" ,;"))
                return
        yield sentence

    def _apart(self, token: str) -> list[str]:
        core = token.strip(",.;:()")
        if core in self.vocabulary or len(core) < 3:
            return [token]
        for cut in range(1, len(core)):
            if core[:cut] in self.vocabulary and core[cut:] in self.vocabulary:
                return token.replace(core, f"{core[:cut]} {core[cut:]}").split(" ")
        return [token]

    def _reading(self, of: str, groups: Groups, sentence: str, resolve: Resolve | None) -> ClauseReading:
        fixed = FIXED.get(of)
        if fixed:
            return ClauseReading(of=of, clause=msgspec.structs.replace(fixed, words=sentence), words=sentence)
        joiners = bool(groups.get("joiners"))
        when = (groups.get("joiners") or groups.get("when") or "").strip(" ,.:")
        fields, when = self._tails(when)
        fields |= {"after": groups["after"]} if groups.get("after") else {}
        if "late" in of:
            return ClauseReading(of=of, clause=self._late(when, joiners, sentence), words=sentence)
        if of == "limit":
            return ClauseReading(of=of, clause=self._limit(groups, sentence), words=sentence)
        if of == "fallback":
            return ClauseReading(of=of, clause=self._period_of(when, sentence), words=sentence)
        clause, passed, fails = self._general(when, {**fields, "words": sentence}, resolve)
        return ClauseReading(of=of, clause=clause, words=sentence, unread=(passed,) if passed else (), fails=fails)

    def _tails(self, when: str) -> tuple[dict[str, Any], str]:
        """What bounds a condition, as fields of the clause, and the condition without it."""
        fields: dict[str, Any] = {}
        for tail, pattern in self.tails:
            found = pattern.match(when) if tail.leads else pattern.search(when)
            bounds = self._bounds(found.groupdict()) if found else None
            if found and bounds is not None:
                when = (when[found.end() :] if tail.leads else when[: found.start()]).strip(" ,")
                fields |= bounds
        return fields, when

    def _bounds(self, groups: Groups) -> dict[str, Any] | None:
        fields: dict[str, Any] = {}
        if groups.get("opening"):
            length = self.number(groups["opening"]) or 0
            fields["opening_months"] = length * (12 if groups["opening_unit"].startswith("year") else 1)
        for name in ("earliest", "not_before"):
            if groups.get(name):
                day = self._day(groups[name])
                if day is None:
                    return None
                fields[name] = day
        if groups.get("other"):
            fields["after"] = groups["other"].strip()
        return fields

    def _day(self, said: str) -> date | None:
        figures = [int(n) for n in re.findall(r"\d+", said)]
        month = next(i for i, name in enumerate(self.words.months, 1) if name in said)
        try:
            return date(figures[1], month, figures[0])
        except ValueError:
            return None

    def _limit(self, groups: Groups, sentence: str) -> ForceClause | Declined:
        bounds = self._bounds(groups)
        if not bounds:
            return Declined(
                reason="it must not enter into force before something that is not understood", words=sentence
            )
        return ForceClause(trigger=Trigger.UNSTATED, words=sentence, **bounds)

    def _period_of(self, when: str, sentence: str) -> ForceClause | Declined:
        """A time that runs from the conditions of another sentence."""
        for time, pattern in self.times:
            found = pattern.match(when)
            if found and self.conditions.fullmatch(when[found.end() :].strip()):
                days, months, start = self._period(found.groupdict(), time.days, time.month_start)
                return ForceClause(
                    trigger=Trigger.UNSTATED, days=days, months=months, month_start=start, words=sentence
                )
        return Declined(reason=NOT_KNOWN, words=when)

    def _late(self, when: str, joiners: bool, sentence: str) -> ForceClause | Declined:
        """The period after each state's own instrument.

        joiners   the condition begins with who joins: "each State that ratifies it thereafter on the ..."
        """
        starts = [found.end() for found in re.finditer(r"\s", when)] if joiners else [0]
        for start in starts:
            if joiners and not self.joiners.fullmatch(when[:start].strip(" ,")):
                continue
            made = self._timed(when[start:], self.own_events, {"words": sentence}, None)
            read = {repr(clause): clause for clause, _, _ in made if isinstance(clause, ForceClause)}
            if len(read) == 1:
                return next(iter(read.values()))
        return Declined(reason=LATE_NOT_KNOWN, words=when)

    def _general(
        self, when: str, fields: dict[str, Any], resolve: Resolve | None
    ) -> tuple[ForceClause | Declined, str, bool]:
        """The clause, words passed over, and whether another sentence must say what holds else."""
        found = [
            made
            for rule, pattern in self.rules
            if (match := pattern.fullmatch(when))
            and (made := self._clause(rule, match.groupdict(), None, fields, resolve)) is not None
        ]
        found += self._timed(when, self.events, fields, resolve)
        found += self._conditions(when, fields, resolve)
        read = {repr(made[0]): made for made in found if isinstance(made[0], ForceClause)}
        if len(read) == 1:
            return next(iter(read.values()))
        if read:
            return Declined(reason="it can be read in two ways", words=when), "", False
        return next(iter(found), (Declined(reason=NOT_KNOWN, words=when), "", False))

    def _timed(
        self,
        when: str,
        events: list[tuple[RuleWords, re.Pattern[str]]],
        fields: dict[str, Any],
        resolve: Resolve | None,
    ) -> list[tuple[ForceClause | Declined, str, bool]]:
        """Every way to read a condition as a time and an event."""
        found = []
        for time, pattern in self.times:
            start = pattern.match(when)
            if not start:
                continue
            rest = when[start.end() :].strip()
            period = self._period(start.groupdict(), time.days, time.month_start)
            for event, wording in events:
                match = wording.fullmatch(rest)
                made = match and self._clause(event, match.groupdict(), period, fields, resolve)
                if made:
                    found.append(made)
        return found

    def _conditions(
        self, when: str, fields: dict[str, Any], resolve: Resolve | None
    ) -> list[tuple[ForceClause | Declined, str, bool]]:
        """Conditions listed one under the other: the first is an event, the others are shares."""
        for time, pattern in self.times:
            start = pattern.match(when)
            opening = start and self.listed.match(when[start.end() :].strip())
            if not start or not opening:
                continue
            items = [i.strip(" ,;") for i in self.item.split(when[start.end() :].strip()[opening.end() :])]
            first, *others = [re.sub(r"[;,]? and$", "", item) for item in items if item]
            period = self._period(start.groupdict(), time.days, time.month_start)
            shares = [self.share.fullmatch(item) for item in others]
            for event, wording in self.events if all(shares) else ():
                match = wording.fullmatch(first)
                more = tuple(s for found in shares if found for s in self._shares(found.groupdict()))
                made = match and self._clause(event, match.groupdict(), period, {**fields, "shares": more}, resolve)
                if made:
                    return [made]
        return []

    def _clause(
        self,
        rule: RuleWords,
        groups: Groups,
        period: tuple[int | None, int | None, int | None] | None,
        fields: dict[str, Any],
        resolve: Resolve | None,
    ) -> tuple[ForceClause | Declined, str, bool]:
        """What a rule's groups say; declined where a name or a number in them is not known."""
        named = self._named(rule, groups, resolve)
        if named is None:
            return Declined(reason=UNNAMED, words=groups["names"]), "", False
        numbers = ("count", "others", "days", "period", "month_start", "percent")
        unknown = [groups[g] for g in numbers if groups.get(g) and not self.number(groups[g])]
        bounds = self._bounds(groups)
        if unknown or bounds is None:
            return Declined(reason="a number is not understood", words=", ".join(unknown)), "", False
        days, months, start = period or self._period(groups, None, rule.month_start)
        own = Period(days=days, months=months, month_start=start) if days or months or start else None
        made: dict[str, Any] = {
            "trigger": rule.trigger,
            "count": 1 if rule.own and period is None else self._of(groups, "count"),
            "others": self._of(groups, "others"),
            "counting": self._counting(rule, groups),
            "named": named,
            "part": self._part(rule, groups),
            "shares": self._shares(groups),
            "noticed": rule.noticed,
            "objections": self._objections(groups),
            "states_only": rule.states_only,
        }
        if rule.own:
            made["late"] = own
        if not rule.own or period is None:
            made |= {"days": days, "months": months, "month_start": start}
        passed = (groups.get("adoption") or groups.get("notice") or "").strip(" ,")
        return ForceClause(**{**made, **bounds, **fields}), passed, rule.fails

    def _counting(self, rule: RuleWords, groups: Groups) -> Pool | None:
        kind = groups.get("kind") or ""
        pool = next((pool for word, pool in self.words.kinds.items() if word in kind), "")
        return rule.counting or (Pool(pool) if pool else None)

    def _part(self, rule: RuleWords, groups: Groups) -> Part | None:
        if rule.part_of is None or not groups.get("part"):
            return None
        said, kind = self.words.fractions[groups["part"]], groups.get("pool") or ""
        pool = next((pool for word, pool in self.words.pools.items() if word in kind), rule.part_of)
        return Part(part=said.lstrip(">"), over=said.startswith(">"), of=pool, then=rule.then, or_more=rule.or_more)

    def _objections(self, groups: Groups) -> str | None:
        """The part of the parties whose objections prevent what silence would bring."""
        said = groups.get("objections")
        return self.words.fractions[said].lstrip(">") if said else None

    def _shares(self, groups: Groups) -> tuple[Share, ...]:
        if groups.get("percent"):
            percent = str(self.number(groups["percent"]))
        elif groups.get("share_part"):
            percent = f"{float(100 * Fraction(self.words.fractions[groups['share_part']].lstrip('>'))):.2f}"
        else:
            return ()
        return (Share(measure=groups["measure"].strip(" ,"), percent=percent),)

    def _named(self, rule: RuleWords, groups: Groups, resolve: Resolve | None) -> tuple[str, ...] | None:
        """The states that a clause names, by their ids; None where one of them is not known."""
        if groups.get("group"):
            return self.words.groups[groups["group"]]
        if not groups.get("names"):
            return rule.named
        names = [n.strip().removeprefix("and ").removeprefix("the ") for n in groups["names"].split(",")]
        flat = [one for name in names for one in (name.split(" and ") if resolve and not resolve(name) else [name])]
        ids = [resolve(name.removeprefix("the ")) if resolve else None for name in flat if name]
        return None if None in ids else tuple(id_ for id_ in ids if id_)

    def _period(self, groups: Groups, days: int | None, start: int | None) -> tuple[int | None, int | None, int | None]:
        """Days, months and the first day of which month a match gives."""
        start = self._of(groups, "month_start") or start
        if given := self._of(groups, "days"):
            return given, None, start
        length = self._of(groups, "period")
        if length is None:
            return days, None, start
        unit = self.words.units[groups["unit"]]
        if unit in ("days", "weeks"):
            return length * (7 if unit == "weeks" else 1), None, start
        return None, length * (12 if unit == "years" else 1), start

    def _of(self, groups: Groups, group: str) -> int | None:
        said = groups.get(group)
        return self.number(said) if said else None


@lru_cache(maxsize=256)
def _marked(name: str) -> re.Pattern[str]:
    """The mark of a fragment, which is no name of a group."""
    return re.compile(rf"(?<!\?P)<{name}>")


# Sentences that say one thing only.
FIXED: Mapping[str, ForceClause | Declined] = {
    "organisations": ForceClause(trigger=Trigger.DEPOSITS, states_only=True),
    "provisional": ForceClause(trigger=Trigger.UNSTATED, provisional="signature"),
    "provisional-else": Declined(reason="provisional application is said in words that are not known"),
    "counting": Declined(reason="another sentence changes what counts, in words that are not known"),
}


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
