"""A proof reads the same as text and as HTML, down to the words of a report."""

from html.parser import HTMLParser

import dossier_case as case
import pytest

from foedus.serving.proof_view import overruled, proof_text, why_html
from foedus.serving.spelling import spelled
from foedus.terms.evidence import Quote
from foedus.terms.proof import Proof, Truth

NAMES = {case.A.id: "004"}
SIGNED = Quote(case.A.id, 792, 809, "signed on\nJune 19")
LEAF = Proof(says="Russia signed it on 2024-06-19", truth=Truth.TRUE, by="report", quotes=(SIGNED,))
SILENT = Proof(says="no instruments were exchanged", truth=Truth.UNKNOWN, by="NOT REPORTED by 2024-10-25")
LOST = Proof(says="overruled: its page date is 2024-11-21", truth=Truth.TRUE, by="page date", because=(SILENT,))
WHOLE = Proof(says="Russia is a signatory", truth=Truth.TRUE, by="VCLT 14(1)", because=(LEAF, SILENT))


def nowhere(quote: Quote) -> None:
    """Quotes that can be seen nowhere."""


class Nesting(HTMLParser):
    """How deep <details> nest, and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = 0
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.deepest = max(self.deepest, self.open.count("details"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_text_is_indented_and_quotes_its_leaves() -> None:
    assert proof_text(WHOLE, NAMES).splitlines() == [
        "TRUE     Russia is a signatory [VCLT 14(1)]",
        "  TRUE     Russia signed it on 2024-06-19 [report]",
        "             004, chars 792-809: “signed on June 19”",
        "  UNKNOWN  no instruments were exchanged [NOT REPORTED by 2024-10-25]",
    ]


def test_a_document_without_a_name_is_called_by_its_id() -> None:
    assert case.A.id in proof_text(LEAF, {})


def test_the_html_nests_and_says_the_same() -> None:
    nesting = Nesting(why_html(WHOLE, NAMES, nowhere))
    assert nesting.open == [] and nesting.deepest == 2
    for words in (*(spelled(proof.says) for proof in (WHOLE, LEAF, SILENT)), SIGNED.exact, "004", "792–809", "unknown"):
        assert words in nesting.text


def test_a_quote_leads_to_its_place() -> None:
    assert '<a href="#in-A1">' in why_html(LEAF, NAMES, lambda quote: "#in-A1")
    assert "<a" not in why_html(LEAF, NAMES, nowhere)


def test_what_lost_says_so_instead_of_how_sure_it_is() -> None:
    html = why_html(LOST, NAMES, nowhere, "Why this day?", "004")
    assert '<span class="truth overruled">overruled</span> <span class="says"><bdi>its page date is' in html
    assert "Why this day?" in html and '<span class="unseen"> 004</span>' in html and "true" not in html


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\x1b[2J\x1b[31m"])
def test_hostile_words_stay_words(words: str) -> None:
    proof = Proof(says=words, truth=Truth.TRUE, by=words, quotes=(Quote("d", 0, len(words), words),))
    assert "<script>" not in why_html(proof, {"d": words}, lambda quote: words, words, words)
    assert "\x1b" not in proof_text(proof, {"d": words})


def test_losers_are_found_however_deep_and_named_once() -> None:
    false = Proof(says="it was in 2023", truth=Truth.FALSE, by="calendar")
    tree = Proof(
        says="the day",
        truth=Truth.TRUE,
        by="joint",
        because=(LEAF, Proof(says="a", truth=Truth.TRUE, by="b", because=(LOST, false))),
    )
    assert overruled(tree) == (LOST, false)
    assert overruled(WHOLE) == ()
