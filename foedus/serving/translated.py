"""Quotations that are translations, or likely so, so that a page can say so beside their words.

Where the report itself says that it is translated, or the words are, its own words are the evidence (`translation_notes.py`).
Most reports do not say it. What can be told of them is whether the report is in a language that is official where the
speaker comes from (for a treaty's own words: in one of its parties). Where it is in none of these, the words are likely the
report's translation; where nobody says for which state somebody speaks, the treaty's parties decide whether they may be.
Official languages are those of CLDR (supplemental data, territoryInfo), as Babel carries them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import msgspec

from foedus.documents.document import Document
from foedus.reference.directory import Directory, State
from foedus.reference.packs import Reference
from foedus.serving.translation_notes import TranslationNotes, translation_notes
from foedus.serving.wording import listed
from foedus.statements.statement import Claim, ProvisionMention, Statement
from foedus.terms.agents import BodyKind
from foedus.terms.evidence import Quote, Stance

QUOTED = re.compile(r"[\"“„«「『‘][^\"”»“」』’]{16,}[\"”»“」』’]")
"""Words in quotation marks, long enough to be a sentence's and not a mere name."""
ONE = {"nb": "no", "nn": "no"}
"""Languages that count as another: Norwegian in either of its written forms."""
TOLD = "translated, as the report says"
"""What stands beside words of which the report itself says it."""
LIKELY, PERHAPS = "likely translated", "may be translated"
"""What stands beside others: where it is told for which state somebody speaks, and where only the treaty's parties are."""


class Translated(msgspec.Struct, frozen=True):
    """That words are a translation, or likely so: what stands beside them, and why.

    said_in   the words by which the report says so; None where it follows from languages only
    """

    mark: str
    why: str
    said_in: Quote | None = None


Translation = Callable[[Quote], Translated | None]
"""Whether the words of a quote are likely a translation; None where nothing says so."""


def translations_of(
    statements: Iterable[Statement], documents: Mapping[str, Document | None], reference: Reference
) -> dict[str, Translated]:
    """Statement id -> that its words are a translation, or likely one; the others are left out.

    What quotes the same sentence as such a statement shows the same words, and is marked with it.

    documents   document id -> the document as it is read; of one without, nothing can be told
    """
    all_ = tuple(statements)
    found: dict[Quote, Translated] = {}
    reports = {id_: _report(text, reference) for id_, text in documents.items() if text}
    for statement in all_:
        report = reports.get(statement.document)
        mark = _mark(statement, report, reference.directory) if report and _is_somebodys(statement) else None
        if mark and (statement.quote not in found or mark.said_in):
            found[statement.quote] = mark
    return {s.id: found[s.quote] for s in all_ if s.quote in found}


def places_of(statements: Iterable[Statement], translations: Mapping[str, Translated]) -> Translation:
    """The same by the places that these statements quote."""
    found = {
        (quote.document, quote.start, quote.end): translations[statement.id]
        for statement in statements
        if statement.id in translations
        for quote in (statement.quote, *statement.evidence)
    }
    return lambda quote: found.get((quote.document, quote.start, quote.end))


class _Report(msgspec.Struct, frozen=True):
    """A report with what it says of itself: the mark for all that it quotes, and its notes on single sentences."""

    text: Document
    whole: Translated | None
    notes: TranslationNotes | None


def _report(text: Document, reference: Reference) -> _Report:
    notes = translation_notes(reference, _one(text.language))
    if notes is None or not notes.in_any_of(text.text):
        return _Report(text, None, None)
    return _Report(text, _told(notes.of_report(text)), notes)


def _mark(statement: Statement, report: _Report, directory: Directory) -> Translated | None:
    return report.whole or _told_beside(statement, report) or _inferred(statement, report.text, directory)


def _is_somebodys(statement: Statement) -> bool:
    """Whether a statement prints what somebody said or what the treaty says, and not the report's own account."""
    content = statement.content
    if isinstance(content, Claim):
        return content.stance is not Stance.INTERPRET
    return isinstance(content, ProvisionMention) and bool(QUOTED.search(statement.quote.exact))


def _told_beside(statement: Statement, report: _Report) -> Translated | None:
    says = statement.content.says if isinstance(statement.content, Claim) else ""
    return _told(report.notes.of_words(statement.quote, says, report.text)) if report.notes else None


def _told(quote: Quote | None) -> Translated | None:
    if quote is None:
        return None
    words = " ".join(quote.exact.split())
    return Translated(TOLD, f"The report says: “{words}” ({quote.place}).", quote)


def _inferred(statement: Statement, text: Document, directory: Directory) -> Translated | None:
    """The mark that follows from the languages of the report and of those who speak in it."""
    content, parties = statement.content, statement.treaty.parties if statement.treaty else ()
    own = _one(text.language)
    if not isinstance(content, Claim):
        return _other_language(LIKELY, "", own, parties, directory)
    if content.speaker.states:
        return _other_language(LIKELY, "", own, content.speaker.states, directory)
    if content.speaker.kind is BodyKind.ORGANISATION:
        return None
    who = f"It is not told for which state {content.speaker.name} speaks. "
    return _other_language(PERHAPS, who, own, parties, directory)


def _other_language(
    mark: str, before: str, own: str, states: tuple[str, ...], directory: Directory
) -> Translated | None:
    """The mark where a language is official in none of the states; None also where that cannot be told."""
    spoken = [official_languages(state, directory) for state in states]
    if not own or not spoken or not all(spoken) or any(own in languages for languages in spoken):
        return None
    codes = list(dict.fromkeys(code for languages in spoken for code in languages))
    names = listed(language_name(code) for code in codes)
    are = "is the official language" if len(codes) == 1 else "are the official languages"
    where = listed(directory.name_of(state) for state in states)
    return Translated(mark, f"{before}The report is in {language_name(own)}; {names} {are} of {where}.")


def official_languages(state: str, directory: Directory) -> tuple[str, ...]:
    """Codes of the languages that are official in a state, by law or in fact; () where that is not known."""
    found = directory.find(state)
    return _official(found.iso2) if isinstance(found, State) and found.iso2 else ()


@lru_cache(maxsize=512)
def _official(territory: str) -> tuple[str, ...]:
    from babel.languages import get_official_languages

    return tuple(dict.fromkeys(_one(code) for code in get_official_languages(territory, de_facto=True)))


def _one(code: str) -> str:
    """
    >>> _one("zh_Hant"), _one("en-GB"), _one("nb")
    ('zh', 'en', 'no')
    """
    bare = re.split("[-_]", code)[0].lower()
    return ONE.get(bare, bare)


@lru_cache(maxsize=512)
def language_name(code: str) -> str:
    """
    >>> language_name("ko"), language_name("no"), language_name("x-none")
    ('Korean', 'Norwegian', 'x-none')
    """
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
