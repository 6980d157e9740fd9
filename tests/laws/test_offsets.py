"""Every word of a document is found again in its original bytes, whatever it came in and however it was encoded."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator
from html import escape, unescape

import pytest
from archives_by_hand import record
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdf_by_hand import pdf
from pypdf import PdfReader

from foedus.documents.containers import arrivals_in
from foedus.documents.decoding import decoded
from foedus.documents.document import Document
from foedus.errors import InputError
from foedus.gathering.shipped_data import load_reference

ENGLISH = load_reference().lexicons["en"]
WORD = re.compile(r"\w+")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);?", re.IGNORECASE)

WORDS = st.sampled_from(
    [
        "Ghana",
        "Togo",
        "signed",
        "the",
        "treaty",
        "Überprüfung",
        "São",
        "Tomé",
        "“water”",
        "R&D",
        "3 < 4",
        "naïve",
        "café",
        "2021",
    ]
)
SENTENCES = st.lists(WORDS, min_size=4, max_size=14).map(lambda words: f"{' '.join(words)} in Lomé.")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=5)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1")
NARROW = str.maketrans({"“": '"', "”": '"'})
"""Signs that ISO 8859-1 lacks."""


def page(paragraphs: list[str], charset: str, entities: bool) -> str:
    def written(said: str) -> str:
        plain = escape(said, quote=False).replace("water", "<b>wa</b><i>ter</i>")
        return plain.encode("ascii", "xmlcharrefreplace").decode() if entities else plain

    body = "\n".join(f"<p>{written(said)}</p>" for said in paragraphs)
    head = f'<meta charset="{charset}"><title>A report</title><script>var treaty = "Ghana";</script>'
    menu = "<nav><a href='/'>Home</a> <a href='/treaties'>Ghana and Togo</a></nav>"
    return (
        f"<!doctype html><html><head>{head}</head><body>{menu}<article><h1>A report</h1>{body}</article></body></html>"
    )


def arrived(name: str, data: bytes) -> Iterator[tuple[Document, bytes]]:
    for arrival in arrivals_in(name, data, ENGLISH):
        assert not isinstance(arrival, InputError), arrival
        yield arrival


def leads_back(document: Document, source: str) -> None:
    """Each sign of each word stands in the source, as it is or as an entity."""
    assert WORD.search(document.text)
    for word in WORD.finditer(document.text):
        for at in range(*word.span()):
            sign, place = document.text[at], document.original_position(at)
            entity = ENTITY.match(source, place)
            assert source[place] == sign or (entity and sign in unescape(entity[0])), (word[0], at, source[place:][:20])


@settings(max_examples=40)
@given(PARAGRAPHS, st.sampled_from(ENCODINGS), st.booleans())
@example(["Ghana Ghana the the Ghana in Lomé."] * 3, "utf-16", False)
def test_words_of_a_text(paragraphs: list[str], encoding: str, is_packed: bool) -> None:
    data = "\r\n\r\n".join(paragraphs).translate(NARROW if encoding == "iso-8859-1" else {}).encode(encoding)
    for document, original in arrived("a.txt.gz", gzip.compress(data)) if is_packed else arrived("a.txt", data):
        assert original == data
        leads_back(document, decoded("a", original)[0])


@settings(max_examples=60)
@given(PARAGRAPHS, st.sampled_from(ENCODINGS), st.booleans(), st.sampled_from(["plain", "gzip", "warc", "warc.gz"]))
@example(["the treaty the treaty Ghana signed the treaty in Lomé."] * 3, "utf-8", True, "warc")
def test_words_of_a_page(paragraphs: list[str], encoding: str, entities: bool, packed: str) -> None:
    data = page(paragraphs, encoding.removesuffix("-sig"), entities).translate(NARROW).encode(encoding)
    (found,) = {
        "plain": lambda: arrived("a.html", data),
        "gzip": lambda: arrived("a.html.gz", gzip.compress(data)),
        "warc": lambda: arrived("a.warc", record("https://news.example/1", data)),
        "warc.gz": lambda: arrived("a.warc.gz", gzip.compress(record("https://news.example/1", data))),
    }[packed]()
    document, original = found
    assert original == data
    leads_back(document, decoded("a", original)[0])


@settings(max_examples=40)
@given(PARAGRAPHS, st.booleans(), st.booleans())
def test_words_of_a_line_of_json_lines(paragraphs: list[str], is_html: bool, is_packed: bool) -> None:
    field, content = ("html", page(paragraphs, "utf-8", True)) if is_html else ("text", "\n".join(paragraphs))
    line = json.dumps({field: content, "id": "1"}).encode()
    data = b"\n" + line + b"\n"
    for document, original in arrived("a.jsonl.gz", gzip.compress(data)) if is_packed else arrived("a.jsonl", data):
        assert original == line
        leads_back(document, json.loads(original)[field])


@pytest.mark.parametrize(
    "pages", [["Ghana signed the treaty.", "Togo signed it in May."], ["", "Ghana signed the treaty."]]
)
def test_words_of_a_pdf_stand_on_their_page(pages: list[str]) -> None:
    ((document, original),) = arrived("a.pdf", pdf(*pages))
    again = [page.extract_text() for page in PdfReader(io.BytesIO(original)).pages]
    for word in WORD.finditer(document.text):
        quote = document.quote(*word.span())
        assert quote.page is not None
        begins = sum(len(text) + 1 for text in again[: quote.page - 1])
        assert again[quote.page - 1][quote.start - begins : quote.end - begins] == quote.exact
