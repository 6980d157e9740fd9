"""Status tables of depositaries become statements, each quoted with its line; what cannot be told is refused or noted."""

from datetime import date
from pathlib import Path

import pytest

from foedus.documents.document import DocumentClass
from foedus.errors import InputError
from foedus.exchange.participation import import_table, is_participation, register_of, statements_of
from foedus.pipeline import load_reference
from foedus.register.reconciliation import reconcile
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import Kind

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
UN = SHARED / "untc" / "participation_2015"
HEAD = 'Participant,Signature,"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)"\n'


def told(table: str, name: str = "99-1.csv") -> list[str]:
    found = import_table(table.encode(), name, load_reference(), "A Convention", date(2015, 3, 14))
    return [line(s) for s in found.statements]


def line(statement: Statement) -> str:
    act = statement.content
    assert isinstance(act, ActMention) and act.date is not None
    binding = "!" if act.definitive else ""
    instrument = f" {act.instrument}" if act.instrument else ""
    return f"{act.states[0]} {act.kind}{binding} {act.date.edtf}{instrument}"


@pytest.mark.parametrize(
    ("row", "acts"),
    [
        ("France,1 Feb 2000,3 Mar 2001", ["FRA sign 2000-02-01", "FRA deposit 2001-03-03 ratification"]),
        ("France,,3 Mar 2001 a", ["FRA accede 2001-03-03"]),
        ("France,,3 Mar 2001 A", ["FRA deposit 2001-03-03 acceptance"]),
        ("France,,3 Mar 2001 AA", ["FRA deposit 2001-03-03 approval"]),
        ("Montenegro,,23 Oct 2006 d", ["MNE succeed 2006-10-23"]),
        ("Bolivia (Plurinational State of),,6 Oct 1983 a", ["BOL accede 1983-10-06"]),
        ("[Senegal] 3,,3 Mar 2001 a", ["SEN accede 2001-03-03"]),
        ('"France 1,2",,3 Mar 2001', ["FRA deposit 2001-03-03 ratification"]),
        ("European Union,,3 Mar 2001 AA", ["EU deposit 2001-03-03 approval"]),
        ("Congo,,3 Mar 2001 a", ["COG accede 2001-03-03"]),
        ("France,,", []),
    ],
)
def test_a_line_of_the_united_nations(row: str, acts: list[str]) -> None:
    assert told(HEAD + row + "\n") == acts


@pytest.mark.parametrize(
    ("heading", "cell", "act"),
    [
        ("Definitive signature(s)", "1 Jan 2000 s", "FRA sign! 2000-01-01"),
        ("Provisional application(n)", "1 Jan 2000 n", "FRA provisional-application 2000-01-01"),
        ('"Succession(d), Consent to be bound(P)"', "1 Jan 2000 P", "FRA accede 2000-01-01 consent to be bound"),
        (
            '"Simplified procedure(p), Formal confirmation(c)"',
            "1 Jan 2000 p",
            "FRA deposit 2000-01-01 simplified procedure",
        ),
        ('"Formal confirmation(c), Accession(a)"', "1 Jan 2000 c", "FRA deposit 2000-01-01 confirmation"),
        ("Acceptance(A)", "1 Jan 2000 A", "FRA deposit 2000-01-01 acceptance"),
        ('"Signature, Succession to signature(d)"', "1 Jan 2000 d", "FRA sign 2000-01-01 succession to signature"),
    ],
)
def test_the_marks_say_which_act_it_was(heading: str, cell: str, act: str) -> None:
    assert told(f"Participant,{heading}\nFrance,{cell}\n") == [act]


def test_every_quote_is_the_line_in_the_file() -> None:
    found = import_table((HEAD + "France,1 Feb 2000,3 Mar 2001\n").encode(), "99-1.csv", load_reference())
    for statement in found.statements:
        quote = statement.quote
        assert found.document.text[quote.start : quote.end] == quote.exact == "France,1 Feb 2000,3 Mar 2001"
    assert found.document.class_ is DocumentClass.DEPOSITARY and is_participation(found.document)


def test_a_name_that_nobody_has_is_refused_with_the_remedy() -> None:
    with pytest.raises(InputError, match='nobody is called "Ruritania" in the directory; add the name to'):
        told(HEAD + "Ruritania,1 Feb 2000,\n")


@pytest.mark.parametrize("text", ["a letter", "Name,Date\nFrance,2000\n", "Participant,Weather\nFrance,1 Jan 2000\n"])
def test_what_is_no_status_table_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"no status table|no heading says"):
        told(text)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Hong Kong,,3 Mar 1995 a", "a territory of GBR"),
        ("France,,3 Mar 2001 n", 'no heading explains the mark "n"'),
        ("France,,31 Feb 2001 a", "no day of the calendar"),
        ("France,,see note", "has no day"),
    ],
)
def test_what_is_left_out_is_said(row: str, why: str) -> None:
    found = import_table((HEAD + row + "\n").encode(), "99-1.csv", load_reference())
    assert found.statements == () and why in found.notes[0].says


def test_wipo_has_a_treaty_and_a_party_a_line() -> None:
    head = "Contracting Party,Treaty,Signature Date,Instrument Type,Instrument Date,Entry Into Force Date\n"
    rows = "Montenegro,WIPO Copyright Treaty (WCT),,Declaration of Continued Application,2006-12-04,2006-06-03\n"
    rows += "Austria,WIPO Copyright Treaty (WCT),1997-12-30,Ratification,2009-12-14,2010-03-14\n"
    assert told(head + rows, "participation.csv") == [
        "MNE succeed 2006-12-04",
        "MNE enter-into-force 2006-06-03",
        "AUT sign 1997-12-30",
        "AUT deposit 2009-12-14 ratification",
        "AUT enter-into-force 2010-03-14",
    ]


def test_reconciling_the_statements_gives_the_same_acts_as_the_tables_alone() -> None:
    table = HEAD + "France,1 Feb 2000,3 Mar 2001\nMontenegro,,23 Oct 2006 d\nAustria,,4 Apr 2002 a\n"
    found = import_table(table.encode(), "99-1.csv", load_reference(), "A Convention", date(2015, 3, 14))
    reconciled = reconcile(found.statements, [found.document], load_reference())
    alone = register_of([found.document], load_reference())
    shown = [sorted((a.kind, a.states, a.on and a.on.edtf, a.truth) for a in r.acts) for r in (reconciled, alone)]
    assert shown[0] == shown[1]
    assert statements_of(found.document, load_reference()) == found.statements


def test_all_tables_of_the_united_nations_are_read() -> None:
    if not UN.is_dir():
        pytest.skip(f"{UN} is not at hand: it is no part of Foedus")
    found = [import_table(f.read_bytes(), f.name, load_reference()) for f in sorted(UN.glob("*.csv"))]
    assert (len(found), sum(len(t.statements) for t in found)) == (324, 31227)
    assert sum(len(t.notes) for t in found) == 6
    kinds = {s.content.kind for t in found for s in t.statements if isinstance(s.content, ActMention)}
    assert kinds >= {Kind.SIGN, Kind.DEPOSIT, Kind.ACCEDE, Kind.SUCCEED, Kind.PROVISIONAL_APPLICATION}
