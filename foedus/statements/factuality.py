"""Whether an act happened, is planned, expected, possible or denied (FactBank, five-way), from the words around it.

Merely urged is no act, nor is what law requires in general. The verb's own group speaks first, then the clause it stands
in. A noun of action is as sure as the verbs of its sentence.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from foedus.statements.triggers import Form, Trigger
from foedus.statements.unreal import (
    UnrealWords,
    awaits,
    is_called_off,
    is_disowned,
    is_inverted,
    is_of_none,
    is_ways_off,
    is_wished,
    was_to_have,
    would_have_been,
)
from foedus.statements.verb_groups import VerbGroup
from foedus.statements.verb_words import VerbWords
from foedus.statements.word_rows import WordRow
from foedus.terms.evidence import Factuality

H, P, E, M, D = Factuality.HAPPENED, Factuality.PLANNED, Factuality.EXPECTED, Factuality.POSSIBLE, Factuality.DENIED


_CLAUSE = 14
MAY_NOT_BE = "what may not be"
STILL_REQUIRED = "still required"
AWAITED = "awaited by the main clause"
A_NOUN = "a noun of action"
LOOKED_FOR = "counted on"


class NominalWords(msgspec.Struct, frozen=True):
    """`[nominal]` of `act_frames.toml`: words around a noun of action that make it an act, or none."""

    realised: tuple[str, ...]
    urged: tuple[str, ...]
    lacking: tuple[str, ...]
    future: tuple[str, ...]
    announced: tuple[str, ...]
    planned: tuple[str, ...]
    compounds: tuple[str, ...]
    asking: tuple[str, ...]
    asked: tuple[str, ...]
    required: tuple[str, ...]
    needed: tuple[str, ...]
    looked_for: tuple[str, ...]
    coming: tuple[str, ...]
    talks: tuple[str, ...]
    talks_on: tuple[str, ...]
    events: tuple[str, ...]
    talks_of: tuple[str, ...]
    other_talks: tuple[str, ...]
    talks_rounds: tuple[str, ...]
    work: tuple[str, ...]
    general: tuple[str, ...]
    outstanding: tuple[str, ...]
    since: tuple[str, ...]
    leaving: tuple[str, ...]
    laws: tuple[str, ...] = ()
    by_now: tuple[str, ...] = ()
    few: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    procedural: tuple[str, ...] = ()
    debates: tuple[str, ...] = ()
    short: str = ""
    telling: tuple[str, ...] = ()
    polls: tuple[str, ...] = ()
    in_polls: tuple[str, ...] = ()
    intending: tuple[str, ...] = ()
    depositaries: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """How sure, and the rule that says so; `factuality` None: no act at all."""

    factuality: Factuality | None
    rule: str


def is_none_of(row: WordRow, noun: Trigger, none: tuple[str, ...]) -> bool:
    """ "No referendum was held": none of what the noun tells of."""
    return row.lower[max(0, noun.first - 1) : noun.first] == list(none[:1])


def _is_of_none(row: WordRow, trigger: Trigger, none: tuple[str, ...]) -> bool:
    """ "made no reservation", "no notice has been given": the noun that holds the meaning is denied."""
    if not trigger.words.light or trigger.class_ == "rule":
        return False
    if trigger.turned_at >= 0:
        return any(word in none for word in row.lower[max(0, trigger.turned_at - 2) : trigger.turned_at])
    return any(word in none for word in row.lower[trigger.core : trigger.last])


_SAYING_NO = frozenset({"rule", "vote-against"})
"""Verbs whose own tail says no: "voted not to ratify" is done."""


class FactualityRules:
    """The clause words of one language."""

    def __init__(self, words: VerbWords, nominal: NominalWords, unreal: UnrealWords) -> None:
        self._unreal = unreal
        self._infinitive = words.auxiliaries.infinitive
        self._have = frozenset(words.auxiliaries.have)
        self._that = words.clauses.conjunction_or_relative
        clauses = words.clauses
        self._conditional = frozenset(clauses.conditional)
        self._temporal = frozenset(clauses.temporal)
        self._waiting = frozenset(clauses.waiting)
        self._stops = frozenset((*clauses.stops, *clauses.quotes))
        self._general = frozenset(clauses.general)
        self._general_verbs = frozenset(clauses.general_verbs)
        self._anticipation = frozenset(clauses.anticipation)
        self._not_before = frozenset(clauses.not_before)
        self._joining = frozenset(clauses.conjunctions)
        self._neither = words.auxiliaries.neither
        self._absolute = words.auxiliaries.absolute
        self._future = frozenset(words.auxiliaries.future)
        self._ahead = frozenset((*words.auxiliaries.future, *words.auxiliaries.would, *words.auxiliaries.possible))
        self._negative = frozenset(words.auxiliaries.negative)
        self._past = frozenset(words.auxiliaries.past)
        self._copulas = frozenset(words.auxiliaries.be)
        self._urged = frozenset(nominal.urged)
        self._lacking = frozenset(tuple(text.split()) for text in nominal.lacking)
        self._required = frozenset(nominal.required)
        self._needed = frozenset(nominal.needed)
        self._noun_future = frozenset(nominal.future)
        self._looked_for: dict[str, set[str]] = {}
        for one, other in map(str.split, nominal.looked_for):
            self._looked_for.setdefault(one, set()).add(other)
        self._coming = frozenset(nominal.coming)
        self._noun_planned = frozenset(nominal.planned)
        self._unsure = frozenset(nominal.unsure)
        self._modal = frozenset((*words.auxiliaries.would, *words.auxiliaries.possible))
        self._relatives = frozenset(clauses.relatives)
        self._determiners = frozenset(words.nouns.markers)
        self._no_clause = frozenset(words.clauses.no_clause)
        self._stretches = frozenset(clauses.stretches)

    def of_verb(
        self, row: WordRow, trigger: Trigger, group: VerbGroup, subject_first: int, by_chamber: bool
    ) -> Verdict:
        """The verdict on a verb; `subject_first` is where its subject begins, in words."""
        if self.is_general(row, group.first) and trigger.form is not Form.PAST:
            return Verdict(None, "what law requires in general")
        own = _own(group, trigger, by_chamber)
        if own.rule == MAY_NOT_BE and any(word in self._waiting for word in row.lower[trigger.last : trigger.last + 4]):
            own = Verdict(E, "not before something else")
        if self._neither in row.lower[max(0, min(subject_first, group.first) - 3) : group.first]:
            own = Verdict(D, "neither")
        is_negated = trigger.class_ not in _SAYING_NO and any(
            word in self._negative for word in row.lower[trigger.core : trigger.last]
        )
        if is_negated or (row.lower[trigger.last : trigger.last + 1] == [self._neither]):
            own = Verdict(D, "negated")
        if _is_of_none(row, trigger, self._unreal.none[:1]):
            own = Verdict(D, "none of them")
        if own.factuality is D and self._is_awaited_after(row, trigger.last):
            is_past = group.tense == "past" and "perfect" not in group.says
            return Verdict(H, "not before something else") if is_past else Verdict(E, "not before something else")
        if own.factuality is None or own.factuality is D:
            return own
        if self._is_unreal(row, trigger, group, subject_first):
            return Verdict(D, "what would have been")
        if own.rule == "told as done":
            own = self._told_as_done(row, trigger, group, own)
        if own.rule == "future in the past" and row.lower[0] in self._conditional:
            return Verdict(M, "conditional clause")
        if own.factuality in (E, P) and self._is_past_anticipation(row, trigger.first):
            return Verdict(E, "past anticipation")
        return self._in_clause(row, group, own, self._opener(row, min(subject_first, group.first)))

    def _is_unreal(self, row: WordRow, trigger: Trigger, group: VerbGroup, subject_first: int) -> bool:
        """What would have been, was to have been, was of no treaty, or is denied as a whole."""
        first = min(subject_first, group.first)
        return (
            would_have_been(row, group, self._unreal)
            or was_to_have(row, trigger, group, self._infinitive, self._have)
            or is_of_none(row, trigger, group, first, self._unreal)
            or is_disowned(row, first, self._that, self._unreal)
        )

    def _told_as_done(self, row: WordRow, trigger: Trigger, group: VerbGroup, own: Verdict) -> Verdict:
        """A verb whose own words say "done" may be wished, unreal, or the rest of a clause that waits."""
        if is_inverted(row, trigger, group, self._unreal):
            return Verdict(D, "what would have been")
        if is_wished(row, trigger, group, self._unreal, self._infinitive):
            return Verdict(E, "expected")
        if awaits(row, trigger, group, self._waiting):
            return Verdict(E, AWAITED)
        if awaits(row, trigger, group, self._temporal) and self._future & set(row.lower):
            return Verdict(E, AWAITED)
        return Verdict(M, "conditional clause") if awaits(row, trigger, group, self._conditional) else own

    def _is_awaited_after(self, row: WordRow, last: int) -> bool:
        """Whether "until" or "before" follows in the same clause; "has not, and unless it does" begins another."""
        after = row.lower[last : last + 9]
        awaited = next((at for at, word in enumerate(after) if word in self._waiting or word in self._not_before), None)
        return awaited is not None and not self._joining & set(after[:awaited])

    def _in_clause(self, row: WordRow, group: VerbGroup, own: Verdict, opener: str) -> Verdict:
        """A verb that by itself is told as done may hang on "if", "once" or "until"."""
        if own.rule != "told as done":
            return Verdict(M, "conditional clause") if opener in self._conditional and own.factuality is not P else own
        if opener in self._conditional:
            return Verdict(M, "conditional clause")
        if self._absolute in row.lower[group.first : group.first + 1]:
            return Verdict(E, AWAITED) if self._future & set(row.lower) else own
        if opener in self._temporal and "perfect" in group.says and not self._is_past_perfect(row, group):
            return Verdict(E, AWAITED)
        is_open = group.tense == "present" or ("perfect" in group.says and self._future & set(row.lower))
        is_reached = group.tense == "past" and "perfect" not in group.says and not self._ahead & set(row.lower)
        if (opener in self._waiting and not is_reached) or (opener in self._temporal and is_open):
            return Verdict(E, AWAITED)
        return own

    def _is_past_perfect(self, row: WordRow, group: VerbGroup) -> bool:
        return any(word in self._past for word in row.lower[group.first : group.first + 3])

    def of_noun(self, row: WordRow, trigger: Trigger, is_ballot: bool, timed: set[int]) -> Verdict:
        """The verdict on a noun of action, by the words before it and the verbs of its sentence."""
        before = row.lower[max(0, trigger.first - 6) : trigger.first]
        if self.is_called_off(row, trigger) and not is_ballot:
            return Verdict(D, "called off")
        if is_ways_off(row, trigger, self._copulas, self._unreal):
            return Verdict(None, "far off")
        if any(word in self._urged for word in before):
            return Verdict(None, "merely urged")
        near = before[-3:]
        if any(words in self._lacking for words in (*zip(near), *pairwise(near))):
            return Verdict(D, "lacking")
        if not is_ballot and self._is_contested(row, trigger):
            return Verdict(None, "merely opposed")
        if not is_ballot and self._is_required(row, trigger, before):
            return Verdict(E, STILL_REQUIRED)
        if not is_ballot and self._is_looked_for(row, trigger.first):
            return Verdict(E, LOOKED_FOR)
        if is_ballot:
            near = row.lower[max(0, trigger.first - 6) : trigger.last + 14]
            return (
                Verdict(P, "a vote on the calendar")
                if any(word in self._noun_planned for word in near)
                else Verdict(None, "a mere noun")
            )
        opener = self._opener(row, trigger.first)
        if opener in self._conditional:
            return Verdict(M, "conditional clause")
        if opener in self._waiting or (opener in self._temporal and self._future & set(row.lower)):
            return Verdict(E, AWAITED)
        after = self._verb_after(row, trigger.last, timed)
        if after in self._noun_planned:
            return Verdict(P, "on the calendar")
        if after in self._modal:
            return Verdict(M, "what it might")
        if after in self._unsure:
            return Verdict(None, "what it was not")
        if any(word in self._noun_future and index not in timed for index, word in enumerate(row.lower)):
            return Verdict(E, "a noun in a future sentence")
        return Verdict(H, A_NOUN)

    def _is_looked_for(self, row: WordRow, first: int) -> bool:
        """ "counts on royal assent this month, and on the entry into force", "After that comes ratification by the Senate"."""
        if first and row.lower[first - 1] in self._coming:
            return True
        pairs = range(max(0, first - _CLAUSE), first - 1)
        return any(row.lower[at + 1] in self._looked_for.get(row.lower[at], ()) for at in pairs)

    def _verb_after(self, row: WordRow, last: int, timed: set[int]) -> str:
        """The auxiliary of which a noun is the subject, or what follows it where it is a form of "be"; "" if there is none."""
        for at in range(last, min(len(row) - 1, last + _CLAUSE)):
            word = row.lower[at]
            if word in self._stops or word == "," or word in self._temporal or word in self._relatives:
                return ""
            if word in self._modal and at not in timed:
                return word
            if word in self._copulas:
                return (
                    " ".join(row.lower[at + 1 : at + 3]) if row.lower[at + 1] in self._negative else row.lower[at + 1]
                )
        return ""

    def is_called_off(self, row: WordRow, trigger: Trigger) -> bool:
        """ "put off the signing": no act, whoever put it off."""
        return is_called_off(row, trigger, self._copulas, self._unreal)

    def _is_contested(self, row: WordRow, trigger: Trigger) -> bool:
        """ "The ratification is opposed by the left": a struggle about an act."""
        after = row.lower[trigger.last : trigger.last + 9]
        copula = next((at for at, word in enumerate(after) if word in self._copulas), None)
        return copula is not None and any(word in self._urged for word in after[copula + 1 : copula + 3])

    def _is_required(self, row: WordRow, trigger: Trigger, before: list[str]) -> bool:
        """ "needs ratification by the Senate", "parliament's consent is necessary": still to be done."""
        after = row.lower[trigger.last : trigger.last + 14]
        copula = next((at for at, word in enumerate(after) if word in self._copulas), None)
        is_said = copula is not None and any(word in self._needed for word in after[copula + 1 : copula + 7])
        return is_said or any(word in self._required for word in before)

    def _opener(self, row: WordRow, first: int) -> str:
        """The subordinator that opens the clause a phrase begins in, or ""."""
        for index in range(first - 1, max(-1, first - 14), -1):
            word = row.lower[index]
            if word in self._conditional and index + 1 < len(row) and row.lower[index + 1] == ",":
                return word
            if index < first - 5 or self._comma_between(row, index, first):
                continue
            before = row.lower[index - 1] if index else ""
            if before in self._determiners or f"{before} {word}" in self._no_clause:
                continue  # "the following states", "in keeping with its Article 9"
            if row.lower[index + 1 : index + 2] and row.lower[index + 1] in self._stretches and index + 2 < first:
                continue  # "after a long wait Mali has"
            if word in self._conditional or word in self._temporal or word in self._waiting:
                return word
            if word in self._stops:
                return ""
        return ""

    def _comma_between(self, row: WordRow, start: int, end: int) -> bool:
        return "," in row.lower[start:end]

    def is_general(self, row: WordRow, first: int) -> bool:
        """ "All members must approve": law in general. `first` is where the verb group begins."""
        before = row.lower[max(0, first - 5) : first]
        after = row.lower[first : first + 2]
        return any(word in self._general for word in before) and any(word in self._general_verbs for word in after)

    def _is_past_anticipation(self, row: WordRow, first: int) -> bool:
        """ "it was previously anticipated that the Duma would ...": an expectation of the past."""
        before = row.lower[:first]
        return any(
            word in self._anticipation and self._past & set(before[max(0, index - 4) : index])
            for index, word in enumerate(before)
        )


def _own(group: VerbGroup, trigger: Trigger, by_chamber: bool) -> Verdict:
    """What a verb's own group says; the first row that fits."""
    if "pending" in group.says:
        return Verdict(E, "still pending before a chamber") if by_chamber else Verdict(D, "not done yet")
    if "possible" in group.says and ("negative" in group.says or "denied" in group.says):
        return Verdict(None, MAY_NOT_BE)
    for word, verdict in _ROWS:
        if word in group.says:
            return verdict
    return Verdict(H, "told as done")


_ROWS = (
    ("urged", Verdict(None, "merely urged")),
    ("content", Verdict(None, "content of a measure")),
    ("purpose", Verdict(None, "a mere purpose")),
    ("denied", Verdict(D, "refused or left undone")),
    ("negative", Verdict(D, "negated")),
    ("planned", Verdict(P, "planned")),
    ("decided", Verdict(P, "planned")),
    ("expected", Verdict(E, "expected")),
    ("possible", Verdict(M, "possible")),
    ("required", Verdict(E, STILL_REQUIRED)),
    ("future", Verdict(E, "future")),
    ("would", Verdict(E, "future in the past")),
)
AHEAD = "ahead"
STANDS = {
    AHEAD: Verdict(P, "planned"),
    "open": Verdict(E, STILL_REQUIRED),
    "denied": Verdict(D, "refused or left undone"),
}
"""How a verb stands though it is told as done (`stands` of its words)."""
