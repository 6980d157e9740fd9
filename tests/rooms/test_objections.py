"""An objection says whom it is against, and whether its author refuses the treaty between the two: read, reconciled, applied."""

from datetime import date

import pytest
from readings_by_hand import REFERENCE

from foedus.documents.document import Basis, DateCandidate, Document, DocumentClass, document_id
from foedus.pipeline import load_reference
from foedus.register.entries import Register
from foedus.register.reconciliation import reconcile
from foedus.statements.reading import read
from foedus.statements.statement import ActMention
from foedus.status.objections import objectors
from foedus.status.reservations import relations_of
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange


def report(text: str, day: str, number: int = 0) -> Document:
    return Document(
        id=document_id(f"{number}{text}".encode()),
        name=f"{number}.txt",
        text=text,
        class_=DocumentClass.WIRE,
        published=(DateCandidate(on=DateRange.parse(day), basis=Basis.GIVEN),),
    )


def objections(text: str) -> list[str]:
    acts = [s.content for s in read(report(text, "2025-07-04"), REFERENCE)]
    return [
        f"{' '.join(a.states)} against {' '.join(a.against) or 'nobody named'}{' definitely' if a.definitive else ''}"
        for a in acts
        if isinstance(a, ActMention) and a.kind is Kind.OBJECT
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway objected to Qatar's reservation to the Convention against Torture.", "NOR against QAT"),
        ("Norway objected to the reservation that Iran made to the Convention against Torture.", "NOR against IRN"),
        ("Norway objected to the reservations by Qatar, Oman and Kuwait to the Convention against Torture.",
         "NOR against QAT OMN KWT"),
        ("Italy lodged objections to the reservations of Iran and of the Maldives to the Convention against Torture.",
         "ITA against IRN MDV"),
        ("France objected to the Ukrainian suspension of the Ottawa Convention.", "FRA against UKR"),
        ("Switzerland filed an objection against Ukraine over the suspension of the Ottawa Convention.", "CHE against UKR"),
        ("Sweden objects to the reservation of Qatar to the Convention against Torture, and opposes its entry into force "
         "between the two.", "SWE against QAT definitely"),
        # against nobody named: a place, a third state, the author itself
        ("Norway lodged an objection to a reservation to the Convention against Torture.", "NOR against nobody named"),
        ("Norway objected to the reservation to the Convention against Torture in Geneva, Peru reported.",
         "NOR against nobody named"),
        ("Norway objected to the reservation to the Convention against Torture after talks with Chile.",
         "NOR against nobody named"),
    ],
)  # fmt: skip
def test_whom_an_objection_is_against(text: str, found: str) -> None:
    assert objections(text) == [found]


def register() -> Register:
    told = (
        ("Qatar acceded to the Convention against Torture on 11 January 2000.", "2000-01-12"),
        ("Qatar made a reservation to the Convention against Torture on 11 January 2000.", "2000-01-12"),
        ("Norway ratified the Convention against Torture: its instrument was deposited on 9 July 1986.", "1986-07-10"),
        ("Norway objected to Qatar's reservation to the Convention against Torture on 18 January 2001, and opposes the "
         "entry into force of the convention between the two.", "2001-01-19"),
        ("Sweden objected on 27 April 2000 to Qatar's reservation to the Convention against Torture.", "2000-04-28"),
    )  # fmt: skip
    reference = load_reference()
    documents = [report(text, day, number) for number, (text, day) in enumerate(told)]
    return reconcile([s for d in documents for s in read(d, reference)], documents, reference)


def test_read_objections_hold_pair_by_pair() -> None:
    here = register()
    found = relations_of("cat", "QAT", date(2001, 1, 30), here, load_reference(), ["NOR", "SWE", "FIN"])
    effects = {r.other: str(r.effect) for r in found}
    # Norway's came a week after the twelve months; Sweden's in time; Finland said nothing
    assert effects == {"FIN": "modified", "NOR": "modified", "SWE": "without-the-provision"}


def test_an_objection_against_one_is_none_against_another() -> None:
    here = register()
    assert objectors("cat", "QAT", date(2000, 1, 1), date(2002, 1, 1), here) == ("NOR", "SWE")
    assert objectors("cat", "OMN", date(2000, 1, 1), date(2002, 1, 1), here) == ()
