"""Whether an instrument is binding is said, disputed or unstated; never inferred from its title or from what was done under it."""

import msgspec
import pytest
from readings_by_hand import REFERENCE
from registers_by_hand import reference
from test_objections import report

from foedus.pipeline import load_reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.register.entries import Register
from foedus.register.reconciliation import reconcile
from foedus.statements.reading import read
from foedus.status.binding import binding_of
from foedus.terms.proof import Truth
from foedus.terms.treaties import Binding

SIGNED = "Turkiye and Libya signed an agreement on maritime zones on 27 November 2019."
YES = "The Libyan foreign ministry said that the agreement is legally binding."
NO = "The Greek foreign ministry said that the agreement is not legally binding."
NO_FORCE = "The Egyptian foreign ministry said that the agreement has no legal force."
NON_BINDING = "The Cypriot foreign ministry said that the agreement is non-binding."
REJECTED = "The Greek foreign ministry said that the agreement is an act of hostility."
APPROVED = "The Turkish parliament approved the agreement on maritime zones on 5 December 2019."


def told(*sentences: str) -> tuple[str, Register]:
    text = " ".join(sentences)
    document = report(text, "2019-12-06")
    here = reconcile(read(document, REFERENCE), [document], load_reference())
    return here.treaties[0].id, here


@pytest.mark.parametrize(
    ("sentences", "binding", "truth"),
    [
        ((SIGNED,), Binding.UNSTATED, Truth.UNKNOWN),
        ((SIGNED, APPROVED), Binding.UNSTATED, Truth.UNKNOWN),
        ((SIGNED, YES), Binding.YES, Truth.TRUE),
        ((SIGNED, NO), Binding.NO, Truth.TRUE),
        ((SIGNED, YES, NO), Binding.DISPUTED, Truth.UNKNOWN),
        ((SIGNED, NO_FORCE), Binding.NO, Truth.TRUE),
        ((SIGNED, NON_BINDING), Binding.NO, Truth.TRUE),
        ((SIGNED, NON_BINDING, NO_FORCE), Binding.NO, Truth.TRUE),
        ((SIGNED, NON_BINDING, YES), Binding.DISPUTED, Truth.UNKNOWN),
        ((SIGNED, REJECTED), Binding.UNSTATED, Truth.UNKNOWN),
    ],
)
def test_what_is_said_of_its_force(sentences: tuple[str, ...], binding: Binding, truth: Truth) -> None:
    found = binding_of(*told(*sentences), reference())
    assert (found.binding, found.proof.truth) == (binding, truth)
    assert len(found.proof.because) == len({YES, NO, NO_FORCE, NON_BINDING} & set(sentences))
    assert all(leaf.quotes for leaf in found.proof.because)


@pytest.mark.parametrize("title", ["Treaty of Alliance", "Memorandum of Understanding", "Joint Declaration"])
def test_a_title_decides_nothing(title: str) -> None:
    plain = TreatyRecord(id="mine", names=(title,), since=reference().series[0].since, source="made up")
    world = msgspec.structs.replace(reference(), series=(plain,))
    assert binding_of("mine", Register(), world).binding is Binding.UNSTATED
    said = msgspec.structs.replace(plain, binding=Binding.NO)
    assert binding_of("mine", Register(), msgspec.structs.replace(world, series=(said,))).binding is Binding.NO


def test_what_the_series_says_and_somebody_denies_is_disputed() -> None:
    id_, here = told(SIGNED, NO)
    record = TreatyRecord(
        id=id_, names=("mine",), binding=Binding.YES, since=reference().series[0].since, source="made up"
    )
    found = binding_of(id_, here, msgspec.structs.replace(reference(), series=(record,)))
    assert found.binding is Binding.DISPUTED and len(found.proof.because) == 2
