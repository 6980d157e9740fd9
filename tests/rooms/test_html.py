"""Web pages: the report without the page around it, and the way back from each word to the page's source."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.documents.document import Basis
from foedus.documents.formats import document_from
from foedus.documents.html import looks_like_html, web_report
from foedus.documents.visible_text import aligned, visible
from foedus.errors import InputError
from foedus.reference.lexicons import Lexicon

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("times", "furniture", "publishers", "sentences")
ENGLISH = Lexicon(
    language="en",
    tables={
        name: tomllib.loads((ROOT / f"foedus/data/lexicons/en/{name}.toml").read_text(encoding="utf-8"))
        for name in NAMES
    },
)
PAGE = (ROOT / "examples/05-federal-law.html").read_bytes()
LEAD = "The State Duma voted on the treaty on Thursday, and all of the deputies who were present supported it."


def page(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}<article><h1>Duma backs treaty</h1><p>{LEAD}</p></article></body></html>"


def test_the_report_comes_without_the_page_around_it() -> None:
    document = document_from("05.html", PAGE, ENGLISH)
    assert document.text.startswith("Putin signs law ratifying treaty with North Korea\nRussian President")
    assert document.text.endswith("applies until that day.")
    for furniture in (
        "cookies",
        "Subscribe",
        "newsletter",
        "Most popular",
        "Related articles",
        "Contact",
        "2 min read",
    ):
        assert furniture not in document.text
    assert (document.title, document.publisher) == (
        "Putin signs law ratifying treaty with North Korea",
        "Example Courier",
    )


def test_every_word_leads_back_to_its_place_in_the_source() -> None:
    source = PAGE.decode()
    document = document_from("05.html", PAGE, ENGLISH)
    found = list(re.finditer(r"\w+", document.text))
    places = [document.original_position(word.start()) for word in found]
    assert len(found) > 150
    assert all(source.startswith(word[0], place) for word, place in zip(found, places, strict=True))
    assert places == sorted(places)


def test_a_date_of_the_page_is_a_weak_candidate_and_no_day_is_taken_from_the_text() -> None:
    candidates = document_from("05.html", PAGE, ENGLISH).published
    assert [(found.on.edtf, found.basis) for found in candidates] == [("2024-11-29", Basis.PAGE)]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-10-24T12:00:00+03:00">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-10-24T09:00:00Z"}</script>',
        '<meta name="date" content="2024-10-24">',
    ],
)
def test_metadata_states_the_day_of_publication(head: str) -> None:
    assert [days.edtf for days in web_report("one", page(head), ENGLISH).stated] == ["2024-10-24"]


def test_what_the_caller_knows_goes_before_what_the_page_states() -> None:
    html = page('<meta property="og:site_name" content="Example Courier"><meta name="date" content="2024-10-25">')
    document = document_from(
        "one", html.encode(), ENGLISH, publisher="TASS", title="Another", url="https://a.example/x"
    )
    assert (document.publisher, document.title, document.url) == ("TASS", "Another", "https://a.example/x")
    assert document.class_.value == "wire"


def test_dates_of_related_articles_are_no_candidates() -> None:
    html = page().replace(
        "</article>", f"</article>{'<p>More text of the page.</p>' * 40}<ul><li>October 1, 2019</li></ul>"
    )
    assert web_report("one", html, ENGLISH).printed == ()


def test_entities_and_inline_tags_are_followed() -> None:
    html = "<p>Russia&rsquo;s <b>Fede</b>ration&nbsp;Council &amp; Duma</p><!-- <p>no</p> --><script>no()</script>"
    shown = visible(html)
    text = "Russia’s Federation Council & Duma"
    assert shown.text.replace("\xa0", " ").split("\n")[1] == text
    pairs = aligned(text, shown)
    at = dict(pairs)
    assert html.startswith("ration", at[text.index("ration")])
    assert html.startswith("s <b>", at[text.index("s Fede")])


def test_a_page_without_text_is_refused_with_a_remedy() -> None:
    with pytest.raises(InputError, match="shows no text; save it after it has loaded"):
        web_report("one", "<html><body><script>load()</script></body></html>", ENGLISH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><html>", True), ("\n <!-- made by x -->\n<html lang='en'>", True), ("<p>Hello</p>", True),
        ("<?xml version='1.0'?><html>", True), ("Hello <b>you</b>", False), ("<rss version='2.0'>", False), ("< 5 votes", False),
    ],
)  # fmt: skip
def test_what_looks_like_html(text: str, expected: bool) -> None:
    assert looks_like_html(text) is expected


@given(st.text(alphabet="<>/!-&;apbscritx \"'=", max_size=120))
def test_any_source_is_passed_once_and_every_character_has_a_place(html: str) -> None:
    shown = visible(html)
    assert len(shown.text) == len(shown.places)
    assert all(0 <= place < max(1, len(html)) for place in shown.places)


def test_reading_plain_text_imports_no_extractor() -> None:
    code = "import sys, foedus.documents.containers; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"trafilatura", "pypdf", "feedparser", "fastwarc", "htmldate"}
    assert not slow & set(answer.stdout.split())
