"""What a report says itself of its words being translated, and what only sounds like it."""

import html
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from test_site import opened, put
from test_translated import REFERENCE, TEXT, claim, provision

from foedus.documents.document import Document, Furniture
from foedus.journal.record import Journal
from foedus.serving.translated import LIKELY, TOLD, translations_of
from foedus.serving.translation_notes import TranslationNotes, translation_notes
from foedus.terms.evidence import Quote

CASES = Path(__file__).parents[1] / "cases" / "translation_notes.toml"
REPORT, WORDS, NOT = "of the report", "of the words", "not"
LEAD = {"en": "The pact was signed in May.", "es": "El pacto se firmó en mayo.", "ru": "Договор подписан в мае."}


def cases() -> Iterator[tuple[str, str, str]]:
    for language, rules in tomllib.loads(CASES.read_text(encoding="utf-8")).items():
        assert set(rules) == {REPORT, WORDS, NOT}
        yield from ((language, rule, words) for rule, all_ in rules.items() for words in all_)


def notes_in(language: str) -> TranslationNotes:
    found = translation_notes(REFERENCE, language)
    assert found is not None
    return found


def printed(language: str, sentence: str, **more) -> tuple[Document, Quote]:
    """A report with the sentence as its second paragraph, and where that stands without what is in brackets after it."""
    text = f"{LEAD[language]}\n\n{sentence}\n"
    start, end = len(LEAD[language]) + 2, len(text) - 1
    if sentence.endswith(")") and not sentence.startswith("("):
        end = text.rindex(" (")
    document = Document(id="d", name="a report", text=text, language=language, **more)
    return document, document.quote(start, end)


@pytest.mark.parametrize(("language", "rule", "words"), list(cases()))
def test_a_note_is_read_as_such_and_a_look_alike_is_none(language: str, rule: str, words: str) -> None:
    _, says, _ = words.split("|") if "|" in words else ("", "", "")
    document, quote = printed(language, words.replace("|", ""))
    notes = notes_in(language)
    of_report, of_words = notes.of_report(document), notes.of_words(quote, says, document)
    assert (of_report is not None) == (rule == REPORT)
    if rule != REPORT:
        assert (of_words is not None) == (rule == WORDS)
    for found in filter(None, (of_report, of_words)):
        assert document.text[found.start : found.end] == found.exact


@pytest.mark.parametrize(
    ("kind", "counts"), [("byline", True), ("copyright", True), ("related", False), ("menu", False)]
)
def test_a_note_in_the_furniture_counts_where_the_furniture_speaks_of_the_report(kind: str, counts: bool) -> None:
    document, note = printed("en", "Translated by Ann Example")
    piece = Furniture(kind=kind, start=note.start, end=note.end)
    document = msgspec.structs.replace(document, furniture=(piece,))
    assert (notes_in("en").of_report(document) is not None) == counts


def test_a_language_without_the_table_has_no_notes() -> None:
    assert translation_notes(REFERENCE, "ko") is None


def test_what_a_report_says_goes_before_what_its_language_tells_and_is_its_own_evidence() -> None:
    document, note = printed("en", "(Translated from Korean by Ann Example)")
    said = [claim("RUS"), msgspec.structs.replace(claim("USA"), id="american", quote=Quote("d", 0, 8, "The pact"))]
    found = translations_of(said, {"d": document}, REFERENCE)
    assert {mark.mark for mark in found.values()} == {TOLD} and set(found) == {"s", "american"}
    assert all(mark.said_in is not None and mark.said_in.exact == note.exact.strip("()") for mark in found.values())
    assert "The report says: “Translated from Korean by Ann Example”" in found["s"].why


def test_a_note_of_one_sentence_marks_that_sentence_and_no_other() -> None:
    document, quote = printed("en", '"The pact harms nobody," the minister said through an interpreter.')
    beside = msgspec.structs.replace(claim("USA"), quote=quote)
    other = msgspec.structs.replace(claim("RUS"), id="other", quote=document.quote(0, 10))
    found = translations_of([beside, other], {"d": document}, REFERENCE)
    assert found["s"].mark == TOLD and found["other"].mark == LIKELY and found["other"].said_in is None


def test_the_reports_own_account_is_not_marked_though_the_report_is_translated() -> None:
    document, _ = printed("en", "Translated by Ann Example")
    assert translations_of([provision("Article 4 provides for help.", "PRK", "RUS")], {"d": document}, REFERENCE) == {}


NOTE = "Translated from Portuguese by Ann Example"


def test_the_mark_leads_to_the_words_by_which_the_report_says_it(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "foedus.db") as journal:
        put(journal, tmp_path, "translated.txt", f"{TEXT}\n({NOTE})\n", date(2033, 3, 3))
        site = opened(journal, tmp_path)
        (treaty,) = site.library.edition.treaties
        (document,) = journal.listed()
        for page in (f"/treaties/{treaty.id}", f"/reports/{document.id}"):
            marks = re.findall(r'<a class="badge translated" href="([^"]*)"[^>]*>([^<]*)<', site.get(page).text)
            assert marks and {words for _, words in marks} == {TOLD}
            place = site.get(html.unescape(marks[0][0])).text
            assert re.search(rf'id="quote" class="quote-place"></span><mark class="asked-words">{NOTE}</mark>', place)
        told = site.get(f"/api/v1/documents/{document.id}").json()["translated"]
        assert {mark["said_in"]["exact"] for mark in told.values()} == {NOTE}
