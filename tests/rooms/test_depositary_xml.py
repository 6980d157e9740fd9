"""The United Nations' XML of a treaty is a status table like any other; its end notes tell what the table drops."""

from datetime import date

import pytest

from foedus.errors import InputError
from foedus.exchange.depositary_xml import is_treaty_xml, table_of
from foedus.exchange.end_notes import acts_in
from foedus.exchange.participation import Imported, column_words, import_table, is_participation, statements_of
from foedus.pipeline import load_reference
from foedus.register.reconciliation import reconcile
from foedus.statements.statement import ActMention
from foedus.status.entry_into_force import force_of
from foedus.status.standings import standing_of
from foedus.terms.dates import DateRange

REFERENCE = load_reference()

# The days are those of the table of 14 March 2015 and of UNTS 999; of what the table shows only some lines. That Ghana left is made up.
ROWS = (
    ("Czech Republic&lt;superscript&gt;4&lt;/superscript&gt;", "", "22 Feb\t 1993 d"),
    ("Germany<superscript>5,6</superscript>", "9 Oct\t 1968 ", "17 Dec\t 1973 "),
    ("Côte d'Ivoire", "", "26 Mar\t 1992 a"),
    ("[Ghana]<superscript>7</superscript>", "", "[7 Sep\t 2000 a]"),
)
NOTES = (
    "Czechoslovakia had signed and ratified the Covenant on 7 October 1968 and 23 December 1975, respectively. See note 1.",
    "The German Democratic Republic had acceded to the Covenant with a reservation on 8 November 1973.",
    "On 1 March 2012, the Government of Ghana notified the Secretary-General of its decision to withdraw, with effect from 1 March 2013.",
)
HEAD = ("Participant", "Signature", "Ratification, Accession(a), Succession(d)")


def entries(cells: tuple[str, ...]) -> str:
    return "<Row>" + "".join(f"<Entry>{cell}</Entry>" for cell in cells) + "</Row>"


def file(
    rows: tuple[tuple[str, ...], ...] = ROWS,
    notes: tuple[str, ...] = NOTES,
    head: tuple[str, ...] = HEAD,
    top: str = "",
) -> str:
    told = "".join(f"<Note><superscript>{n}</superscript> {note}</Note>" for n, note in enumerate(notes, 4))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{top}<MTDSG><Treaty><Header><ExternalData>'
        "<Titlesect>International Covenant on Civil and Political Rights</Titlesect>"
        "<EIF><Labeltext>23 March 1976, in accordance with article 49.</Labeltext></EIF></ExternalData></Header>"
        f"<Participants><Table><TGroup><Thead>{entries(head)}</Thead>"
        f"<Tbody><Rows>{''.join(map(entries, rows))}</Rows></Tbody></TGroup></Table></Participants>"
        f"<EndNotes>{told}</EndNotes></Treaty></MTDSG>"
    )


def imported(text: str, name: str = "IV-4.en.xml", encoding: str = "utf-8") -> Imported:
    return import_table(text.encode(encoding), name, REFERENCE, published=date(2015, 3, 14))


def told(found: Imported) -> list[str]:
    acts = [s.content for s in found.statements]
    return [f"{' '.join(a.states)} {a.kind} {a.date.edtf}" for a in acts if isinstance(a, ActMention) and a.date]


def test_the_lines_and_the_notes_are_acts() -> None:
    found = imported(file())
    assert told(found) == [
        "CZE succeed 1993-02-22",
        "DEU sign 1968-10-09",
        "DEU deposit 1973-12-17",
        "CIV accede 1992-03-26",
        "GHA accede 2000-09-07",
        " enter-into-force 1976-03-23",
        "CSK sign 1968-10-07",
        "CSK deposit 1975-12-23",
        "DDR accede 1973-11-08",
        "GHA withdraw-notice 2012-03-01",
        "GHA withdraw-effective 2013-03-01",
    ]
    assert found.notes == () and found.document.title == "International Covenant on Civil and Political Rights"
    assert is_participation(found.document) and statements_of(found.document, REFERENCE) == found.statements
    assert {s.treaty.id for s in found.statements if s.treaty} == {"iccpr"}


def test_every_quote_is_in_the_text_and_every_cell_has_its_place_in_the_file() -> None:
    text = file()
    document = imported(text).document
    for statement in imported(text).statements:
        quote = statement.quote
        assert document.text[quote.start : quote.end] == quote.exact
    for word in ("Germany", "Côte d'Ivoire", "26 Mar", "Czechoslovakia had", "23 March 1976"):
        place = document.original_position(document.text.index(word))
        assert text[place : place + len(word)] == word


def test_the_file_s_own_encoding_is_read() -> None:
    latin = imported(file().replace("UTF-8", "ISO-8859-1"), encoding="iso-8859-1")
    assert told(latin) == told(imported(file()))


def test_who_has_left_is_no_party_from_the_day_that_a_note_gives() -> None:
    found = imported(file())
    register = reconcile(found.statements, [found.document], REFERENCE)
    stood = [
        str(standing_of("GHA", "iccpr", date(year, 6, 1), register, REFERENCE).status) for year in (2011, 2012, 2014)
    ]
    assert stood == ["party", "withdrawing", "withdrawn"]


def test_the_reported_entry_into_force_is_evidence_beside_the_clause() -> None:
    found = imported(file(rows=(("France", "", "4 Nov\t 1980 a"),), notes=()))
    register = reconcile(found.statements, [found.document], REFERENCE)
    force = force_of("iccpr", date(2000, 1, 1), register, REFERENCE)
    assert force.since == DateRange.day(1976, 3, 23)


def test_brackets_without_a_note_are_noted() -> None:
    found = imported(file(notes=NOTES[:2]))
    assert ["in brackets" in note.says for note in found.notes] == [True]


def test_a_note_about_somebody_unknown_is_noted_not_refused() -> None:
    found = imported(file(notes=("Ruritania had acceded to the Covenant on 1 May 1970.",)))
    assert any("Ruritania" in note.says and "an end note tells of it" in note.says for note in found.notes)


@pytest.mark.parametrize(
    ("note", "acts"),
    [
        ("The former Yugoslavia had signed and ratified the Protocol on 1 May 1970 and 2 June 1971, respectively.",
         ["Yugoslavia sign 1 May 1970", "Yugoslavia deposit 2 June 1971"]),
        ("Yugoslavia had acceded to the Convention on the Law of the Sea on 5 May 1986.", ["Yugoslavia accede 5 May 1986"]),
        ("On 7 March 2017, the Government of South Africa informed the Secretary-General of its decision to revoke its "
         "notification of withdrawal.", ["South Africa revoke-notice 7 March 2017"]),
        ("On 27 October 2016, the Government of Burundi notified the Secretary-General that it would withdraw from it.",
         ["Burundi withdraw-notice 27 October 2016"]),
        ("A notification of denunciation by the Government of Chile was received on 4 May 1999 with effect from 4 May 2000.",
         ["Chile withdraw-notice 4 May 1999", "Chile withdraw-effective 4 May 2000"]),
        # for two acts one day does not say which was when; a reservation and a name are no acts
        ("Czechoslovakia had signed and ratified the Convention on 1 May 1970.", []),
        ("On 3 April 1980, the Government of Peru informed the Secretary-General that it withdraws the reservation.", []),
        ("Formerly Dahomey until 2 December 1975.", []),
    ],
)  # fmt: skip
def test_a_note_in_words(note: str, acts: list[str]) -> None:
    assert [f"{a.who} {a.kind} {a.day}" for a in acts_in(note, column_words().notes)] == acts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (file(top='<!DOCTYPE MTDSG [<!ENTITY a "aaaa">]>'), "document type of its own"),
        (file()[:-20], "is no XML"),
        (file(head=("Country", "Signature", "Accession")), 'whose first heading is "Participant"'),
        ("<Participants>" * 70, "elements within one another"),
    ],
)
def test_a_file_that_is_none_of_the_depositary_s_is_refused_with_the_remedy(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        table_of(text.encode(), "IV-4.en.xml")


def test_other_xml_is_no_treaty() -> None:
    assert is_treaty_xml(file().encode()) and not is_treaty_xml(b"<rss><channel/></rss>")
    with pytest.raises(InputError, match="is no status table"):
        import_table(b"<rss><channel/></rss>", "feed.xml", REFERENCE)


CZECHOSLOVAKIA = (
    "Czechoslovakia had signed and ratified the Covenant on 7 October 1968 and 23 December 1975, respectively."
)
GERMANY = "The German Democratic Republic had acceded to the Covenant on 8 November 1973."
OF_NOTES = ["CSK sign 1968-10-07", "CSK deposit 1975-12-23"]
FIGURE = "&lt;superscript&gt;{}&lt;/superscript&gt;"


@pytest.mark.parametrize(
    ("notes", "acts"),
    [
        (f"<EndNote><Number>4</Number><Text>{CZECHOSLOVAKIA}</Text></EndNote>", OF_NOTES),
        (f"<Texts><Text><Title/>4 {CZECHOSLOVAKIA}</Text></Texts>", OF_NOTES),
        (f"<![CDATA[<superscript>4</superscript> {CZECHOSLOVAKIA}]]>", OF_NOTES),
        (f"<EndNote><superscript>4</superscript><P>Some words.</P><P>{CZECHOSLOVAKIA}</P></EndNote>", OF_NOTES),
        (
            f"{FIGURE.format(4)} {CZECHOSLOVAKIA}&lt;br/&gt;{FIGURE.format(5)}{GERMANY}",
            [*OF_NOTES, "DDR accede 1973-11-08"],
        ),
        # a figure that is not the next note's is part of the note
        (f"{FIGURE.format(4)} {CZECHOSLOVAKIA} See{FIGURE.format(9)} there.", OF_NOTES),
        ("<Note>4 The former Yugoslavia had acceded to the Covenant on 2 June 1971.</Note>", ["YUG accede 1971-06-02"]),
        ("<Note>4 Yugoslavia had acceded to the Covenant on 12 March 2001.</Note>", ["SCG accede 2001-03-12"]),
        ("<Note>4 Yugoslavia had acceded to the Covenant on 12 March 2011.</Note>", []),
    ],
)
def test_end_notes_in_other_forms(notes: str, acts: list[str]) -> None:
    text = file(rows=ROWS[:3])
    found = imported(text[: text.index("<EndNotes>")] + f"<EndNotes>{notes}</EndNotes></Treaty></MTDSG>")
    listed = told(imported(file(rows=ROWS[:3], notes=())))
    assert told(found) == [*listed, *acts]
    assert bool(found.notes) is (not acts)


def test_figures_apart_and_a_table_of_two_columns() -> None:
    name = (
        "United Kingdom of Great Britain and Northern Ireland<superscript>5</superscript>,<superscript>6</superscript>"
    )
    rows = ((name, "18 Nov\t 2016 A"), ("European Union", "21 Dec\t 2017 A"))
    found = imported(file(rows=rows, notes=(), head=("Participant", "Acceptance(A)")))
    assert told(found)[:2] == ["GBR deposit 2016-11-18", "EU deposit 2017-12-21"]


def test_figures_at_a_heading_lead_to_notes_on_the_table_and_a_treaty_may_not_be_in_force_yet() -> None:
    head = ("Participant<superscript>1</superscript>", "Signature", "Accession(a), Succession(d), Ratification")
    rows = (
        ("Argentina", "7 Apr\t 1975 ", "6 Mar\t 1981 "),
        ("Croatia<superscript>2</superscript>", "", "12 Oct\t 1992 d"),
    )
    text = file(rows=rows, notes=(), head=head).replace("23 March 1976, in accordance with", "see")
    assert told(imported(text)) == ["ARG sign 1975-04-07", "ARG deposit 1981-03-06", "HRV succeed 1992-10-12"]
