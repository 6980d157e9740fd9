"""Which quotations are marked as likely translated, on which pages, and which are not."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from test_site import opened, put

from foedus import load_reference
from foedus.documents.document import Document
from foedus.journal.record import Journal
from foedus.serving.accounts import make_account
from foedus.serving.translated import LIKELY, PERHAPS, Translated, official_languages, places_of, translations_of
from foedus.statements.statement import Claim, ProvisionMention, Statement, TreatyMention
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.evidence import Quote, Stance

REFERENCE = load_reference()
DIRECTORY = REFERENCE.directory
ARTICLE = "Article 4 reads: “If one side is at war, the other gives it help at once.”"


def claim(
    *states: str, stance: Stance = Stance.ASSERT, of: tuple[str, ...] = (), kind: BodyKind = BodyKind.OTHER
) -> Statement:
    content = Claim(speaker=Agent(name="the speaker", states=states, kind=kind), stance=stance, says="it is so")
    return said(content, "The speaker said that it is so.", TreatyMention(mention="the treaty", parties=of))


def provision(words: str, *parties: str) -> Statement:
    content = ProvisionMention(kind="mutual-assistance", article="4")
    return said(content, words, TreatyMention(mention="the treaty", parties=parties))


def said(content, words: str, treaty: TreatyMention | None = None) -> Statement:
    return Statement(id="s", document="d", content=content, treaty=treaty, quote=Quote("d", 0, len(words), words))


def report(language: str | None, text: str = "") -> Document | None:
    """A report in a language; None where there is none at hand."""
    return Document(id="d", name="a report", text=text, language=language) if language else None


@pytest.mark.parametrize(
    ("statement", "language", "why"),
    [
        (claim("RUS"), "en", "The report is in English; Russian is the official language of Russia."),
        (claim("USA"), "ru", "The report is in Russian; English is the official language of United States."),
        (
            provision(ARTICLE, "PRK", "RUS"),
            "en",
            "The report is in English; Korean and Russian are the official languages of North Korea and Russia.",
        ),
    ],
)
def test_words_of_those_who_speak_another_language_are_likely_translated(statement, language: str, why: str) -> None:
    assert translations_of([statement], {"d": report(language)}, REFERENCE) == {"s": Translated(LIKELY, why)}


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        (claim("USA"), "en"),
        (claim("IND"), "en"),
        (claim("RUS"), "ru"),
        (claim("NOR"), "nb"),
        (claim("CHN"), "zh_Hans"),
        (claim("RUS", "GBR"), "en"),
        (claim("RUS", stance=Stance.INTERPRET), "en"),
        (claim(), "en"),
        (claim(of=("PRK", "RUS")), "ru"),
        (claim(of=("PRK", "USA")), "en"),
        (claim(of=("PRK", "RUS"), kind=BodyKind.ORGANISATION), "en"),
        (claim("USA", of=("PRK", "RUS")), "en"),
        (claim("RUS"), None),
        (claim("SUN"), "en"),
        (provision("Article 4 provides for help.", "PRK", "RUS"), "en"),
        (provision(ARTICLE, "PRK", "USA"), "en"),
        (provision(ARTICLE), "en"),
    ],
)
def test_what_may_stand_in_its_own_language_is_not_marked(statement, language: str | None) -> None:
    assert translations_of([statement], {"d": report(language)}, REFERENCE) == {}


def test_where_nobody_says_for_which_state_somebody_speaks_the_parties_decide_whether_words_may_be_translated() -> None:
    (found,) = translations_of([claim(of=("PRK", "RUS"))], {"d": report("en")}, REFERENCE).values()
    assert found.mark == PERHAPS
    assert found.why.startswith(
        "It is not told for which state the speaker speaks. The report is in English; Korean and"
    )


def test_what_quotes_the_same_sentence_is_marked_with_it() -> None:
    other = msgspec.structs.replace(claim("USA"), id="other")
    apart = msgspec.structs.replace(other, id="apart", quote=Quote("d", 40, 44, "Else"))
    found = translations_of([claim("RUS"), other, apart], {"d": report("en")}, REFERENCE)
    assert set(found) == {"s", "other"} and found["s"] == found["other"]


def test_a_place_is_marked_where_a_marked_statement_quotes_it_and_nowhere_else() -> None:
    statement = claim("RUS")
    because = Translated(LIKELY, "because")
    translation = places_of([statement], {"s": because})
    assert translation(statement.quote) == because
    assert translation(Quote("d", 0, 3, "The")) is None and translation(Quote("e", 0, 32, "")) is None


def test_official_languages_are_those_of_the_law_and_of_fact() -> None:
    assert official_languages("PRK", DIRECTORY) == ("ko",) and official_languages("USA", DIRECTORY) == ("en",)
    assert official_languages("NATO", DIRECTORY) == () and official_languages("SUN", DIRECTORY) == ()


TEXT = """LISBON, March 3 (Example Wire) - Portugal and Ireland signed the Portugal-Ireland Extradition Treaty on March 3, 2033 in Lisbon.

The Portuguese Foreign Ministry said that the Portugal-Ireland Extradition Treaty protects the accused.

The Irish Foreign Ministry said that the Portugal-Ireland Extradition Treaty protects the victims.
"""
PORTUGUESE = "the accused"
IRISH = "the victims"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SimpleNamespace]:
    with Journal.open(tmp_path / "foedus.db") as journal:
        put(journal, tmp_path, "signed.txt", TEXT, date(2033, 3, 3))
        yield opened(journal, tmp_path)


def parts(html: str, tag: str) -> list[str]:
    """What stands in each element of a kind, up to where the next begins."""
    return re.split(f"<{tag}[ >]", html)[1:]


def marked(pieces: list[str], words: str) -> set[bool]:
    """Whether the pieces that hold some words hold the mark too."""
    return {LIKELY in piece for piece in pieces if words in piece}


def test_the_dossier_marks_the_translated_claim_and_not_the_other(site) -> None:
    (treaty,) = site.library.edition.treaties
    html = site.get(f"/treaties/{treaty.id}").text
    said = [p.partition("</p>")[0] for p in parts(html, 'p class="says"')]
    assert marked(said, PORTUGUESE) == {True} and marked(said, IRISH) == {False}
    quoted = [p.partition("</blockquote>")[0] for p in parts(html, "blockquote")]
    assert marked(quoted, PORTUGUESE) == {True} and marked(quoted, IRISH) == {False}
    labels = re.findall(r'data-words="([^"]*)"', html)
    assert marked(labels, PORTUGUESE) == {True} and marked(labels, IRISH) == {False}


@pytest.mark.parametrize("page", ["/reports/{0}", "/compare?r={0}&r={1}"])
def test_pages_of_reports_mark_the_translated_words_and_not_the_others(site, page: str) -> None:
    put(site.journal, site.folder, "again.txt", TEXT.replace("LISBON", "DUBLIN"), date(2033, 3, 4))
    site.library.refresh()
    html = site.get(page.format(*sorted(one.id for one in site.journal.listed()))).text
    places = parts(html, "li") if page.startswith("/reports") else parts(html, "p")
    places = [p for p in places if "note-says" in p or 'class="cited-words"' in p]
    assert html.count(LIKELY) >= 1
    assert not any(LIKELY in p and IRISH in p.partition(LIKELY)[0] for p in places)


def test_what_an_editor_rules_on_is_marked_too(site) -> None:
    (treaty,) = site.library.edition.treaties
    token = make_account(site.journal, "Editor", may_edit=True, author="keeper")
    csrf = re.search(r'name="csrf" value="([^"]+)"', site.get("/editor/sign-in").text)[1]
    site.post("/editor/sign-in", data={"csrf": csrf, "token": token})
    (report,) = site.journal.listed()
    html = site.get(f"/editor/reports/{report.id}").text
    words = [p.partition("</p>")[0] for p in parts(html, 'p class="words"')]
    assert marked(words, PORTUGUESE) == {True} and marked(words, IRISH) == {False}
    assert site.get(f"/editor/treaties/{treaty.id}").status_code == 200


def test_programs_are_told_which_words_are_translated(site) -> None:
    (report,) = site.journal.listed()
    document = site.get(f"/api/v1/documents/{report.id}").json()
    text, said = document["text"], document["translated"]
    assert {mark["mark"] for mark in said.values()} == {LIKELY} and set(said) < set(document["statements"])
    for words, mark in ((PORTUGUESE, LIKELY), (IRISH, None)):
        start = text.index(words)
        quote = site.get(f"/api/v1/quotes/{report.id}/{start}-{start + len(words)}").json()
        assert (quote["translated"] or {}).get("mark") == mark
