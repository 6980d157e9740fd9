"""What a bill, a law or a decree is about, told beside it: "a bill to extend the pact", "the law under which it is denounced"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from foedus.statements.names import MentionKind
from foedus.statements.participants import Scene
from foedus.statements.triggers import Trigger
from foedus.terms.acts import Measure

_BILLS = frozenset({"bill", "law", "decree"})
_RATIFY = "ratify"
_REACH = 25
"""Words."""
_OF_OLD = 3
"""Words between a verb that undoes and what it undoes."""


class BillWords(msgspec.Struct, frozen=True):
    """opening   words between a bill and what it does: "to", "under", "which" """

    opening: tuple[str, ...] = ()


class BillsTold:
    """
    measures  what a bill is about that holds a deed of some class: {"extend": "extension"}
    undoing   classes of deeds that, done to a ratification, take it back
    """

    def __init__(self, words: BillWords, measures: Mapping[str, str], undoing: Iterable[str]) -> None:
        self._opening = frozenset(words.opening)
        self._measures = {name: Measure(value) for name, value in measures.items()}
        self._undoing = frozenset(undoing)

    def told(self, scene: Scene, triggers: Sequence[Trigger]) -> Measure | None:
        """What the last bill of a sentence is about; None where none is named or nothing is said of it.

        triggers   all of the sentence, those inside names too
        """
        found = None
        for mention, (first, last) in zip(scene.mentions, scene.spans, strict=True):
            if mention.kind is MentionKind.MEASURE and mention.role in _BILLS and not self._is_undone(triggers, first):
                found = self._about(scene, triggers, first, last) or found
        return found

    def _about(self, scene: Scene, triggers: Sequence[Trigger], first: int, last: int) -> Measure | None:
        opens = last < len(scene.row) and scene.row.lower[last] in self._opening and last + 1 not in scene.timed
        next_bill = next(
            (start for start, _ in scene.spans if start > last and self._is_bill(scene, start)), len(scene.row)
        )
        until = min(next_bill, last + _REACH)
        classes = [
            one.class_
            for one in triggers
            if first <= one.first < last or (one.first < until and (one.first == last or (opens and one.first > last)))
        ]
        if "revoke" in classes or (_RATIFY in classes and self._undoing.intersection(classes)):
            return Measure.REVOCATION
        told = (
            self._measures.get(name, Measure.RATIFICATION) for name in classes if name in {*self._measures, _RATIFY}
        )
        return next(told, None)

    def _is_undone(self, triggers: Sequence[Trigger], first: int) -> bool:
        """ "take back its 2000 decision to ratify": a decision of old, not the bill spoken of."""
        return any(one.class_ in self._undoing and 0 <= first - one.last <= _OF_OLD for one in triggers)

    def _is_bill(self, scene: Scene, word: int) -> bool:
        mention = scene.mentions[scene.at[word]] if scene.at[word] >= 0 else None
        return mention is not None and mention.kind is MentionKind.MEASURE and mention.role in _BILLS
