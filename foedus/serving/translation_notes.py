"""What a report says itself of its words being translated: "(translated from Korean)", "said through an interpreter".

A note speaks of the whole report where it is a line of its own or names the report ("This article was translated by ..."),
else of what is quoted in its sentence. It counts only outside of what somebody is quoted with: who says that a treaty "exists in
an English translation" tells of the treaty. The words are a language's `translations.toml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from foedus.documents.document import Document
from foedus.documents.paragraphs import paragraphs
from foedus.documents.quotations import quotations
from foedus.errors import DataFileError
from foedus.reference.packs import Reference
from foedus.statements.phrases import PhraseError, Phrases, compile_phrases
from foedus.terms.evidence import Quote

FILE = "translations"
BRACKETED = re.compile(r"[(\[]([^()\[\]\n]{3,160})[)\]]")
BESIDE = re.compile(r"[ \t]*[(\[][^()\[\]\n]{3,160}[)\]]")
"""What stands in brackets right after a sentence, and is said of it."""
AROUND = " \t*_~|–—-.:;,\"'“”«»()[]©"
"""What may stand around a note that is a line of its own."""
LONGEST_NOTE = 160
"""Letters of a note that is a line of its own."""
OWN = frozenset({"byline", "copyright", "dateline", "masthead"})
"""Kinds of page furniture that speak of the report itself; menus and other articles' titles do not."""


class TranslationTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"against": "not"}):
    """`translations.toml` of a language: phrases, by where they stand."""

    languages: tuple[str, ...]
    notes: tuple[str, ...]
    of_the_report: tuple[str, ...]
    of_the_words: tuple[str, ...]
    against: tuple[str, ...]


class TranslationNotes(msgspec.Struct, frozen=True, eq=False):
    """The compiled phrases of one language."""

    notes: Phrases
    of_the_report: Phrases
    of_the_words: Phrases
    against: Phrases

    def in_any_of(self, text: str) -> bool:
        """Whether any of the phrases stands in a text; most reports have none, and need not be looked through twice."""
        return any(phrases.find(text) for phrases in (self.notes, self.of_the_report, self.of_the_words))

    def of_report(self, document: Document) -> Quote | None:
        """The words by which the report says that it is a translation itself; None where it does not.

        >>> from foedus import load_reference
        >>> words = translation_notes(load_reference(), "en")
        >>> said = words.of_report(Document(id="d", name="a", text="A pact was signed.\\n\\n(Translated from Korean by Ann)"))
        >>> said.exact
        'Translated from Korean by Ann'
        """
        text = document.text
        own = ((piece.start, piece.end) for piece in document.furniture if piece.kind in OWN)
        for start, end in (*paragraphs(text, document.furniture), *own):
            span = self._whole(text, start, end) or self._outside(self.of_the_report, text, start, end)
            if span:
                return document.quote(*span)
        return None

    def of_words(self, quote: Quote, says: str, document: Document) -> Quote | None:
        """The words by which a sentence, or the brackets after it, say that what it quotes is translated.

        says   what the speaker is quoted with or said to have said; a note within it counts only in brackets
        """
        text, end = document.text, quote.end
        if beside := BESIDE.match(text, end):
            end = beside.end()
        for bracket in BRACKETED.finditer(text, quote.start, end):
            if span := self._whole(text, *bracket.span(1)) or self._first(self.of_the_words, text, *bracket.span(1)):
                return document.quote(*span)
        span = self._outside(self.of_the_words, text, quote.start, quote.end)
        at = text.find(says, quote.start, quote.end) if says else -1
        is_said = span is not None and at >= 0 and at < span[1] and span[0] < at + len(says)
        return document.quote(*span) if span and not is_said else None

    def _whole(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The stretch without what stands around it, where a note is all of it."""
        line = text[start:end]
        start += len(line) - len(line.lstrip(AROUND))
        end -= len(line) - len(line.rstrip(AROUND))
        may_be = start < end <= start + LONGEST_NOTE and self.notes.find(text, start, end)
        is_note = may_be and any(one.compiled.fullmatch(text, start, end) for one in self.notes.patterns)
        return (start, end) if is_note else None

    def _outside(self, phrases: Phrases, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where a phrase stands that is no part of direct speech."""
        found = self._first(phrases, text, start, end)
        if found is None:
            return None
        speech = quotations(text, [(start, end)])
        return None if any(one.start < found[1] and found[0] < one.end for one in speech) else found

    def _first(self, phrases: Phrases, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where a phrase stands that no look-alike overlaps."""
        spans = [found.span() for found in phrases.find_all(text, start, end)]
        alike = [found.span() for found in self.against.find_all(text, start, end)] if spans else []
        return next((s for s in spans if not any(a < s[1] and s[0] < b for a, b in alike)), None)


@lru_cache(maxsize=16)
def translation_notes(reference: Reference, language: str) -> TranslationNotes | None:
    """The phrases of a language; None where the pack has none, and where there is no pack."""
    pack = reference.lexicons.get(language)
    if pack is None or FILE not in pack.tables:
        return None
    table = pack.section(FILE, TranslationTable)
    classes = {"language": table.languages}
    try:
        return TranslationNotes(
            **{name: compile_phrases(getattr(table, name), classes) for name in TranslationNotes.__struct_fields__}
        )
    except PhraseError as error:
        raise DataFileError(f"lexicons/{language}/{FILE}.toml: {error}") from error
