"""A journal as it stood on an earlier day, where all that came since are further documents: asked treaty by treaty.

Then what the present catalogue keeps tells which names stood on which shelf, so that one treaty is answered for without
reconciling all others as they stood. Whatever is asked of the journal as a whole takes the catalogue of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from foedus.documents.document import Document
from foedus.earlier import EarlierShelves, register_then, treaty_then
from foedus.errors import NoSuchTreaty
from foedus.journal.encoding import end_of, microseconds
from foedus.knowledge import Knowledge
from foedus.reference.packs import Reference
from foedus.register.entries import Act, ClaimEntry, Finding, Publication, Register
from foedus.stacks import Watch
from foedus.statements.statement import Statement
from foedus.terms.proof import Proof
from foedus.terms.treaties import Treaty

if TYPE_CHECKING:
    from foedus.journal.record import Journal
    from foedus.obligations.scenario import Answer, Scenario


class AsRecorded(Knowledge):
    """What a journal held at the end of a day.

    now    what it holds by now
    whole  makes what it held then, the catalogue of that day with all its registers
    """

    def __init__(self, now: Knowledge, recorded: date, whole: Callable[[], Knowledge]) -> None:
        super().__init__(now._stacks, now.placed, now.reference)
        self._now, self._recorded, self._make_whole = now, recorded, whole
        self._shelves = EarlierShelves.recorded_before(now._stacks, now._heard, end_of(recorded))

    @cached_property
    def _whole(self) -> Knowledge:
        return self._make_whole()

    # Treaty by treaty

    def treaty(self, words: str) -> Treaty:
        try:
            return self._now.treaty(words)
        except NoSuchTreaty:
            return self._whole.treaty(words)

    def around(self, treaty: str, known: date | None = None) -> Register:
        number = self.placed.numbers.get(treaty)
        if number is None:
            return self._whole.around(treaty, known)
        if self._is_past(known):
            return self._whole.around(self._called_then(treaty), known)
        placed = self.placed[number]
        made = (self._shelves.register(one, placed.called) for one in self._shelves.holding(placed.documents))
        around = register_then(treaty, self._register(number), made) or Register()
        return msgspec.structs.replace(around, known=known or self.today)

    def then(self, treaty: Treaty, register: Register) -> Treaty | None:
        number = self.placed.numbers.get(treaty.id)
        if number is None:
            return self._whole.then(treaty, register)
        return treaty_then(treaty.id, self._register(number), register)

    def _called_then(self, treaty: str) -> str:
        here = self.then(self.treaty(treaty), self.around(treaty))
        return here.id if here else treaty

    def not_yet(self, treaty: Treaty, known: date | None) -> str:
        if known is not None:
            return super().not_yet(treaty, known)
        first = self._now.first_report(treaty)
        return f"no report recorded by {self._recorded} tells of {treaty.id}; the first of those recorded since is of {first}"

    # As a whole

    @cached_property
    def treaties(self) -> tuple[Treaty, ...]:
        return self._whole.treaties

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        return self._whole.documents

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return self._whole.statements

    def document(self, id_: str) -> Document | None:
        return self._whole.document(id_)

    def statements_of(self, document: str) -> tuple[Statement, ...]:
        return self._whole.statements_of(document)

    def publication(self, document: str, known: date | None = None) -> Publication | None:
        return self._whole.publication(document, known)

    def registers(self, known: date | None = None) -> Iterator[tuple[Treaty, Register]]:
        return self._whole.registers(known)

    def register(self, known: date | None = None) -> Register:
        return self._whole.register(known)

    def entry(self, id_: str, known: date | None = None) -> Act | Finding | ClaimEntry | None:
        return self._whole.entry(id_, known)

    def answers(self, scenario: Scenario, treaty: str | None = None, known: date | None = None) -> tuple[Answer, ...]:
        return super().answers(scenario, treaty, known) if treaty else self._whole.answers(scenario, None, known)

    def explain(
        self, id_: str, on: date | None = None, known: date | None = None, scenario: Scenario | None = None
    ) -> Proof | None:
        return self._whole.explain(id_, on, known, scenario)


def as_recorded(journal: Journal, reference: Reference, day: date | None, watch: Watch | None = None) -> Knowledge:
    """What a journal held at the end of a day (None: holds by now)."""

    def whole() -> Knowledge:
        return Knowledge.of(journal, reference, day, watch)

    if day is None or not journal.has_later(end_of(day)):
        return whole()
    now = Knowledge.of(journal, reference, watch=watch)
    return AsRecorded(now, day, whole) if _has_only_grown(journal, now, end_of(day)) else whole()


def _has_only_grown(journal: Journal, now: Knowledge, since: str) -> bool:
    """Whether nothing that was recorded before a moment was corrected, ruled on or added to by hand from then on."""
    heard = now._heard
    numbers = (heard.number(id_) for id_ in heard.changed)
    late = any(heard.recorded[number] >= microseconds(since) for number in numbers if number is not None)
    return not late and journal.has_only_grown(since)
