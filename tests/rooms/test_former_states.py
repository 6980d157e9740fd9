"""A state that no longer exists is no party: its acts still count, and its successors stand by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from registers_by_hand import act, finding, reference, register

from foedus.register.entries import Register
from foedus.status.standings import Status, force_of, standing_of
from foedus.terms.acts import Kind
from foedus.terms.proof import Truth
from foedus.terms.treaties import Treaty, TreatyName

MANY = "glacier"


def of_many() -> Register:
    treaty = Treaty(id=MANY, names=(TreatyName(text="Glacier Treaty"),), parties=(), bilateral=False)
    acts = (
        act(Kind.DEPOSIT, "1970-03-01", "CSK", treaty=MANY),
        act(Kind.DEPOSIT, "1970-04-01", "PER", treaty=MANY),
        act(Kind.SUCCEED, "1993-01-01", "CZE", treaty=MANY),
    )
    return register(acts, findings=(finding("entry-into-force-clause", "deposits:2", treaty=MANY),), treaties=(treaty,))


@pytest.mark.parametrize(
    ("state", "on", "status"),
    [
        ("CSK", "1992-12-31", Status.PARTY),
        ("CSK", "1993-01-01", Status.TERMINATED),
        ("CZE", "1993-01-01", Status.PARTY),
        ("PER", "1993-01-01", Status.PARTY),
    ],
)
def test_a_state_is_a_party_as_long_as_it_exists(state: str, on: str, status: Status) -> None:
    standing = standing_of(state, MANY, date.fromisoformat(on), of_many(), reference())
    assert standing.status is status
    if status is Status.TERMINATED:
        assert any("ceased to exist" in leaf.says for leaf in standing.proof.because)


def test_the_treaty_goes_on_when_one_of_its_states_ends() -> None:
    force = force_of(MANY, date(2000, 1, 1), of_many(), reference())
    assert force.truth is Truth.TRUE and force.since is not None and force.since.edtf == "1970-04-01"
