"""How sure an act is in a language that is read by tables alone (FactBank, five-way): from the form and the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.statements.factuality import A_NOUN, Verdict
from foedus.statements.plain_triggers import PlainForm, PlainTrigger
from foedus.statements.word_forms import Entries, Folded, Inflection
from foedus.terms.evidence import Factuality

H, P, E, M, D = Factuality.HAPPENED, Factuality.PLANNED, Factuality.EXPECTED, Factuality.POSSIBLE, Factuality.DENIED

_MODAL = {
    # a class of words before a verb that is not finite   what it makes of the act
    "planned": Verdict(P, "planned"),
    "expected": Verdict(E, "expected"),
    "possible": Verdict(M, "possible"),
    "refused": Verdict(D, "refused or left undone"),
    "urged": Verdict(None, "merely urged"),
    "realised": Verdict(H, "told as done"),
}
_NEGATION_REACH = 3
_REACH = 9
_CLAUSE = 14


class PlainFactuality:
    """The clause words of one language, `[clauses]` of `act_frames.toml`."""

    def __init__(self, clauses: Mapping[str, Sequence[str]], forms: Inflection) -> None:
        self._words = {
            name: Entries(forms, [(written, True) for written in listed]) for name, listed in clauses.items()
        }

    def of(self, words: Folded, trigger: PlainTrigger, future: bool) -> Verdict:
        """The verdict on a trigger; `future`: another verb of the sentence stands in the future."""
        own = self._own(words, trigger)
        if own.factuality is None:
            return own
        if self._is_negated(words, trigger):
            is_open = own.factuality in (H, E, P, M)
            return Verdict(D, "negated") if is_open else own
        opener = self._opener(words, trigger.first)
        if opener == "conditional" and own.factuality is not P:
            return Verdict(M, "conditional clause")
        if opener == "temporal" and (own.factuality is not H or future):
            return Verdict(E, "awaited by the main clause")
        return own

    def _own(self, words: Folded, trigger: PlainTrigger) -> Verdict:
        """What the form and the words right before it say."""
        form, auxiliary = trigger.form, self._auxiliary(words, trigger.first)
        if form is PlainForm.NOUN:
            return self._of_noun(words, trigger)
        if form in (PlainForm.INFINITIVE, PlainForm.SUBJUNCTIVE) or auxiliary in ("unfinished", "subjunctive"):
            modal = self._modal(words, trigger.first)
            if modal is not None:
                return modal
            awaits = form is PlainForm.SUBJUNCTIVE or auxiliary == "subjunctive"
            opener = self._opener(words, trigger.first) if awaits else ""
            return Verdict(E, "awaited by the main clause") if opener == "temporal" else Verdict(None, "a mere purpose")
        if form is PlainForm.FUTURE or auxiliary == "future":
            return Verdict(E, "future")
        return Verdict(M, "possible") if auxiliary == "would" else Verdict(H, "told as done")

    def _of_noun(self, words: Folded, trigger: PlainTrigger) -> Verdict:
        """A noun of action tells an act only beside a verb that says that it took place, or will."""
        if self._any("urged", words, trigger.first - 6, trigger.first):
            return Verdict(None, "merely urged")
        start, end = trigger.first - _REACH - 3, trigger.last + _CLAUSE
        if self._any("coming", words, start, end):
            return Verdict(E, "a noun in a future sentence")
        return Verdict(H, A_NOUN) if self._any("took_place", words, start, end) else Verdict(None, "a mere noun")

    def _auxiliary(self, words: Folded, first: int) -> str:
        for index in range(first - 1, max(-1, first - 4), -1):
            for name in ("future", "unfinished", "subjunctive", "would"):
                if self._at(name, words, index):
                    return name
        return ""

    def _modal(self, words: Folded, first: int) -> Verdict | None:
        """The class of the nearest modal word before a verb, in its clause."""
        for index in range(first - 1, max(-1, first - _REACH), -1):
            if words.lower[index] in _STOPS:
                return None
            for name, verdict in _MODAL.items():
                if self._at(name, words, index):
                    is_negated = self._any("negative", words, index - 2, index)
                    return Verdict(D, "negated") if is_negated and verdict.factuality in (P, E, H) else verdict
        return None

    def _is_negated(self, words: Folded, trigger: PlainTrigger) -> bool:
        first = max(0, trigger.first - _NEGATION_REACH)
        for index in range(trigger.first - 1, first - 1, -1):
            if words.lower[index] in _STOPS or words.lower[index] == ",":
                return False
            if self._at("negative", words, index):
                return not self._at("not_negative", words, index + 1)
        return False

    def _opener(self, words: Folded, first: int) -> str:
        """The subordinator that opens the clause: "conditional", "temporal" or none."""
        for index in range(first - 1, max(-1, first - _CLAUSE), -1):
            for name in ("conditional", "temporal"):
                if self._at(name, words, index):
                    return name
            if words.lower[index] in _STOPS or words.lower[index] == ",":
                return ""
        return ""

    def _at(self, name: str, words: Folded, index: int) -> bool:
        entries = self._words.get(name)
        return entries is not None and 0 <= index < len(words) and entries.at(words, index) is not None

    def _any(self, name: str, words: Folded, start: int, end: int) -> bool:
        return any(self._at(name, words, index) for index in range(max(0, start), min(end, len(words))))


_STOPS = frozenset(".;:")
