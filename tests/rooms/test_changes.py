"""What changed between two states of knowledge, treaty by treaty."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from foedus.changes import _unheard, news_between
from foedus.documents.document import Document
from foedus.documents.formats import document_from
from foedus.gathering.shipped_data import load_reference
from foedus.knowledge import Knowledge
from foedus.stacks import read_any
from foedus.statements.statement import Statement
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Quote
from foedus.terms.proof import Issue

OLD = "Ghana and Togo signed their Air Services Agreement on 3 May 2001 in Accra."
NEW = "Ghana and Togo signed their Air Services Agreement on 9 June 2021 in Lome."
FORCE = "The Air Services Agreement between Ghana and Togo entered into force on 1 July 2022."
ALONE = "Ghana signed the Air Services Agreement on 9 June 2021 in Lome."
DAYS = {OLD: date(2001, 5, 4), NEW: date(2021, 6, 10), ALONE: date(2021, 6, 10), FORCE: date(2022, 7, 2)}


def told(said: str, year: int, parties: tuple[str, ...] = ("GHA", "TGO")) -> tuple[Document, tuple[Statement, ...]]:
    """A report whose words tell the year of the treaty, and its parties."""
    reference = load_reference()
    document = document_from("report.txt", said.encode(), reference.lexicons["en"], published=DateRange.of(DAYS[said]))
    return document, tuple(
        replace(s, treaty=replace(s.treaty, parties=parties, years=(year,)))
        for s in read_any(document, reference)
        if s.treaty
    )


def known(*reports: tuple[Document, tuple[Statement, ...]]) -> Knowledge:
    return Knowledge.over([d for d, _ in reports], [s for _, said in reports for s in said], load_reference())


def test_a_new_treaty_is_not_taken_for_an_older_one_of_the_same_name() -> None:
    old, new = told(OLD, 2001), told(NEW, 2021)
    news = [n for n in news_between(known(old), known(old, new)) if n.kind == "status"]
    assert [(n.treaty, n.state, n.was, n.is_) for n in news] == [
        ("gha-tgo-2021", "GHA", "none", "signatory"),
        ("gha-tgo-2021", "TGO", "none", "signatory"),
    ]


def test_a_treaty_that_gets_another_id_had_a_status_before() -> None:
    """Its parties are told by a later report, so it is no longer called by its name alone."""
    signed, force = told(ALONE, 2021, ()), told(FORCE, 2021)
    before, after = known(signed), known(signed, force)
    (had,), (has,) = before.treaties, after.treaties
    assert (had.parties, has.id) == ((), "gha-tgo-2021") and had.id != has.id
    news = {(n.state, n.was, n.is_) for n in news_between(before, after) if n.kind == "status"}
    assert news == {("GHA", "signatory", "party"), ("TGO", "none", "party")}


def test_only_the_treaty_that_a_report_is_about_has_news() -> None:
    old, new, force = told(OLD, 2001), told(NEW, 2021), told(FORCE, 2021)
    before, after = known(old, new), known(old, new, force)
    assert {(n.treaty, n.was, n.is_) for n in news_between(before, after)} == {("gha-tgo-2021", "signatory", "party")}
    assert {n.quotes[0].exact for n in news_between(before, after)} == {FORCE}, "what is new goes first"
    assert news_between(after, after) == ()


def test_a_treaty_is_not_found_on_a_day_when_only_another_of_its_name_was_known() -> None:
    both = known(told(OLD, 2001), told(NEW, 2021))
    treaty = both.treaty("gha-tgo-2021")
    assert both.then(treaty, both.around(treaty.id, date(2010, 1, 1))) is None
    assert both.picture("gha-tgo-2021", date(2010, 1, 1), date(2010, 1, 1)) is None
    assert [t.id for t, _ in both.registers(date(2010, 1, 1))] == ["gha-tgo-2001"]


def refuted(*quoted: str, why: str, about: str = "d_1", kind: str = "date-refuted") -> Issue:
    quotes = tuple(Quote(document=about, start=0, end=len(words), exact=words) for words in quoted)
    return Issue(kind=kind, says=f"its date is refuted: {why}", quotes=quotes, about=(about,))


def test_a_contradiction_is_told_once_though_its_reasons_grow() -> None:
    """Each further report may be one more reason; only other words against one another are news."""
    before = refuted("on 3 May", "in May", why="it was signed later")
    assert list(_unheard([refuted("on 3 May", why="it was signed later; it was approved later")], [before])) == []
    for fresh in (
        refuted("on 4 May", why="another day"),
        refuted("on 3 May", why="another report", about="d_2"),
        refuted("on 3 May", why="another kind", kind="dates-differ"),
        refuted(why="nothing is quoted"),
    ):
        assert list(_unheard([fresh], [before])) == [fresh]
        assert list(_unheard([before, fresh], [before])) == [fresh]
    again = refuted("on 3 May", why="a second date of the same report")
    assert list(_unheard([before, again], [before])) == [again], "beside the first it is one more"
    assert list(_unheard([refuted("on 3 May", why="a", kind="wording-differs")], [])) == []
