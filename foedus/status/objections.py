"""Who objects to what another state declares: to a suspension or a withdrawal, or to a reservation (VCLT 20, 65(3)).

An objection says whom it is against; one that names nobody is against whoever had declared something by then.
`definitive` says of an objection that its author does not want the treaty to be in force between the two (VCLT 20(4)(b)).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foedus.register.entries import Act, Register
from foedus.status.events import acts_under
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Truth


def objectors(treaty: str, state: str, since: date, on: date, register: Register) -> tuple[str, ...]:
    """The states that have objected to what a state declared on `since`, by the end of day `on`."""
    acts = objections_to(treaty, state, register)
    found = {s for act in acts if act.on and since <= act.on.latest <= on for s in act.states}
    return tuple(sorted(found - {state}))


def objections_to(treaty: str, state: str, register: Register) -> Iterator[Act]:
    """The objections under a treaty against a state, as far as they happened."""
    for act in acts_under(treaty, register):
        happened = act.truth is Truth.TRUE and act.factuality is Factuality.HAPPENED
        if act.kind is Kind.OBJECT and happened and (not act.against or state in act.against):
            yield act
