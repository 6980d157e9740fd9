"""From bytes to one document, decided by content; a clear line for what cannot be read."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from pdf_by_hand import pdf

from foedus.documents.decoding import MOST_TEXT
from foedus.documents.document import Basis, document_id
from foedus.documents.formats import MOST_LETTERS, document_from
from foedus.documents.sentences import sentences
from foedus.errors import InputError
from foedus.gathering.shipped_data import load_reference
from foedus.reference.lexicons import Lexicon
from foedus.statements.reading import read
from foedus.statements.statement import ActMention
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("times", "furniture", "publishers", "sentences")
ENGLISH = Lexicon(
    language="en",
    tables={
        name: tomllib.loads((ROOT / f"foedus/data/lexicons/en/{name}.toml").read_text(encoding="utf-8"))
        for name in NAMES
    },
)
LEAD = "The State Duma voted on the treaty on Thursday, and all “of the deputies” who were present supported it."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_is_read_in_every_unicode_encoding(encoding: str) -> None:
    document = document_from("one.txt", LEAD.encode(encoding), ENGLISH)
    assert (document.text, document.notes, document.offsets) == (LEAD, (), ())


def test_other_text_is_read_as_windows_1252_and_says_so() -> None:
    document = document_from("one.txt", LEAD.encode("cp1252"), ENGLISH)
    assert document.text == LEAD
    assert "is not UTF-8; read as Windows-1252" in document.notes[0]


def test_a_page_that_states_its_encoding_is_believed() -> None:
    html = (
        f'<html><head><meta charset="windows-1251"></head><body><article><p>{LEAD} Москва.</p></article></body></html>'
    )
    document = document_from("one.html", html.replace("“", '"').replace("”", '"').encode("cp1251"), ENGLISH)
    assert "Москва" in document.text and document.notes == ()


def test_the_characters_of_plain_text_stay_as_they_are() -> None:
    text = f"Duma backs treaty\r\n\r\n{LEAD}\r\n"
    document = document_from("one.txt", text.encode(), ENGLISH)
    assert document.text == text
    assert [document.text[s.start : s.end] for s in sentences(document, ENGLISH)] == ["Duma backs treaty", LEAD]


def test_the_id_is_that_of_the_bytes_and_the_name_does_not_decide() -> None:
    html = f"<html><body><article><p>{LEAD}</p></article></body></html>".encode()
    document = document_from("one.txt", html, ENGLISH)
    assert document.id == document_id(html) == document_from("two.html", html, ENGLISH).id
    assert document.text == LEAD


def test_what_the_text_says_of_itself_is_kept() -> None:
    text = f"Example Gazette\n6 November 2024, 15:10\n\nMOSCOW, Nov 6 (Interfax) - {LEAD}"
    document = document_from("one.txt", text.encode(), ENGLISH, published=DateRange.day(2024, 11, 7))
    assert [(c.on.edtf, c.basis) for c in document.published] == [
        ("2024-11-07", Basis.GIVEN),
        ("2024-11-06", Basis.DATELINE),
    ]
    assert document.publisher == "Example Gazette"
    assert [piece.kind for piece in document.furniture] == ["masthead", "header-date", "dateline"]
    assert document.dateline is not None and document.dateline.words == "Nov 6"
    assert document.stated is not None and document.stated.basis is Basis.GIVEN


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"abc\x00\x01\x02def" * 50, "looks like a binary file; foedus reads text, HTML, PDF"),
        (b"\x89PNG\r\n\x1a\n", "looks like a binary file, an image"),
        (b"PK\x03\x04word/document.xml", "looks like a binary file, a ZIP archive or an office file"),
        (b"%PDF-1.4 nothing", "the PDF cannot be read"),
        (b"x" * (MOST_TEXT + 1), "foedus reads at most 20 MB in one document"),
        (b"It passed. " * (MOST_LETTERS // 11 + 1), "foedus reads at most 5,000,000 in one document"),
        (b"\xff\xfeabc", "begins like UTF-16-LE and is not"),
    ],
)
def test_what_cannot_be_read_gives_one_clear_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        document_from("one.txt", data, ENGLISH)
    assert str(caught.value).startswith("one.txt: ") and says in str(caught.value) and "\n" not in str(caught.value)


def test_a_pdf_gives_its_text_page_by_page() -> None:
    document = document_from("law.pdf", pdf("The State Duma voted.", "", "The Council voted."), ENGLISH)
    assert document.text.split("\f") == ["The State Duma voted.", "", "The Council voted."]
    assert (document.title, document.notes) == ("Treaty law", ("1 of 3 pages hold no text",))
    assert [(c.on.edtf, c.basis) for c in document.published] == [("2024-11-09", Basis.PAGE)]


COLUMN = """Report of the committee on external relations
Iceland and Norway signed the treaty on fisheries in Bergen on 12
May 2022. The parliament of Iceland approved its rati-
fication on 30 May, and the Storting will vote on the cross-
border part of it in autumn. The committee asks for
1. a report on the stocks of herring in the northern waters;
2. a cross-border office.
Annex"""


def test_the_lines_of_a_pdf_are_joined_where_they_were_wrapped() -> None:
    text = document_from("paper.pdf", pdf(COLUMN), ENGLISH).text
    assert text.split("\n") == [
        "Report of the committee on external relations",
        "Iceland and Norway signed the treaty on fisheries in Bergen on 12 May 2022. The parliament of Iceland approved its "
        "ratification on 30 May, and the Storting will vote on the cross-border part of it in autumn. The committee asks for",
        "1. a report on the stocks of herring in the northern waters;",
        "2. a cross-border office.",
        "Annex",
    ]


def test_short_lines_of_a_pdf_stay_lines() -> None:
    listed = "Ratified by\nMali\nChad\nNiger and Benin, with reservations"
    assert document_from("list.pdf", pdf(listed), ENGLISH).text == listed


def test_a_sentence_of_a_pdf_keeps_the_day_that_stands_on_its_next_line() -> None:
    reference = load_reference()
    document = document_from("paper.pdf", pdf("", COLUMN), reference.lexicon("en"))
    (signed,) = [
        s for s in read(document, reference) if isinstance(s.content, ActMention) and s.content.kind is Kind.SIGN
    ]
    assert isinstance(signed.content, ActMention) and signed.content.date == DateRange.of(date(2022, 5, 12))
    assert (signed.quote.page, document.text[signed.quote.start : signed.quote.end]) == (2, signed.quote.exact)


def test_a_sentence_that_runs_over_a_page_stands_on_the_page_where_it_begins() -> None:
    pages = [
        "The parliament of Iceland approved the treaty by forty votes\n3",
        "to seven on 30 May 2022. The Storting waits.",
    ]
    document = document_from("paper.pdf", pdf(*pages), ENGLISH)
    first, second = document.text.split("\f")
    assert first == "The parliament of Iceland approved the treaty by forty votes to seven on 30 May 2022.\n3"
    assert second == "The Storting waits."
    assert document.page_at(document.text.index("30 May")) == 1


@pytest.mark.parametrize(
    "pages",
    [
        ("A heading of the paper", "goes on."),
        ("It was approved by forty votes in the end.", "annex: none"),
        ("It was approved by the house and by the council of", "Ministers on Friday."),
    ],
)
def test_what_need_not_run_on_stays_on_its_page(pages: tuple[str, str]) -> None:
    assert document_from("paper.pdf", pdf(*pages), ENGLISH).text.split("\f") == list(pages)


def test_a_pdf_that_was_made_on_no_day_is_read() -> None:
    (made,) = document_from("law.pdf", pdf("The State Duma voted."), ENGLISH).published
    assert made.on.edtf == "2024-11-09"
    odd = pdf("The State Duma voted.").replace(b"D:20241109120000Z", b"D:2024\x0099120000Z")
    assert document_from("law.pdf", odd, ENGLISH).published == ()


def test_a_pdf_of_images_asks_for_text_recognition() -> None:
    with pytest.raises(InputError, match="holds no text, only images; run text recognition"):
        document_from("law.pdf", pdf(""), ENGLISH)


def test_a_line_as_long_as_the_limit_is_read_in_reasonable_time() -> None:
    document = document_from("one.txt", b"It passed. " * 100_000, ENGLISH)
    assert len(sentences(document, ENGLISH)) == 100_000
