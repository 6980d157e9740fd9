"""Acts that are dated by other acts: by words that count from them, and by the arithmetic of a clause."""

import pytest

from foedus.documents.document import Basis, DateCandidate, Document
from foedus.documents.formats import document_from
from foedus.pipeline import load_reference
from foedus.reference.clauses import Period
from foedus.register.entries import Register
from foedus.register.intervals import Interval
from foedus.register.reconciliation import reconcile
from foedus.statements.reading import read
from foedus.terms.dates import DateRange


def register_of(*texts: str, published: str = "2021-07-01") -> Register:
    reference = load_reference()
    documents = []
    for number, text in enumerate(texts):
        document = document_from(f"{number}.txt", text.encode(), reference.lexicon("en"))
        given = DateCandidate(on=DateRange.parse(published), basis=Basis.GIVEN)
        documents.append(Document(id=document.id, name=document.name, text=document.text, published=(given,)))
    return reconcile([s for d in documents for s in read(d, reference)], documents, reference)


def day_of(register: Register, kind: str) -> str | None:
    found = [a for a in register.acts if a.kind == kind and a.on]
    return found[0].on.edtf if len(found) == 1 and found[0].on else None


EXCHANGE = "Kenya and Uganda exchanged instruments of ratification of the Lake Fisheries Treaty on 4 March 2021."
CLAUSE = "The Lake Fisheries Treaty between Kenya and Uganda enters into force 30 days after the exchange of instruments of ratification."
IN_FORCE = "The Lake Fisheries Treaty between Kenya and Uganda has entered into force."


def test_a_clause_dates_an_entry_into_force_that_no_report_dates() -> None:
    assert day_of(register_of(EXCHANGE, CLAUSE, IN_FORCE), "enter-into-force") == "2021-04-03"


def test_without_the_clause_it_stays_undated() -> None:
    assert day_of(register_of(EXCHANGE, IN_FORCE), "enter-into-force") is None


def test_a_clause_narrows_a_month_to_its_day() -> None:
    told = IN_FORCE.replace("has entered into force", "entered into force in April 2021")
    assert day_of(register_of(EXCHANGE, CLAUSE, told), "enter-into-force") == "2021-04-03"


def test_a_day_that_reports_name_outweighs_the_clause() -> None:
    told = [
        IN_FORCE.replace("has entered into force", f"entered into force on 9 April 2021{more}")
        for more in ("", " at last")
    ]
    assert day_of(register_of(EXCHANGE, CLAUSE, *told), "enter-into-force") == "2021-04-09"


def test_the_proof_names_the_clause() -> None:
    register = register_of(EXCHANGE, CLAUSE, IN_FORCE)
    act = next(a for a in register.acts if a.kind == "enter-into-force" and a.dated)
    assert act.dated is not None
    assert [p.by for p in act.dated.proof.because if "clause" in p.by] == ["entry-into-force clause (VCLT 24)"]


@pytest.mark.parametrize(
    ("period", "first", "then"),
    [
        (Period(days=90), "2020-10-24", "2021-01-22"),
        (Period(months=1), "2021-01-31", "2021-02-28"),
        (Period(month_start=3), "2024-10-24", "2025-01-01"),
        (Period(days=60, month_start=1), "2021-03-04", "2021-06-01"),
    ],
)
def test_the_days_between_lie_in_the_bounds_of_the_interval(period: Period, first: str, then: str) -> None:
    each = Interval(first=0, then=1, period=period, weight=1.0, says="", by="")
    days = [DateRange.parse(day).earliest.toordinal() for day in (first, then)]
    assert each.after(days[0]) == days[1]
    assert each.least <= days[1] - days[0] <= each.most


def test_a_first_day_of_a_month_cannot_be_counted_back() -> None:
    each = Interval(first=0, then=1, period=Period(month_start=1), weight=1.0, says="", by="")
    assert each.before(DateRange.parse("2021-06-01").earliest.toordinal()) is None
