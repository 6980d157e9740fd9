"""How a language is read: by the rules on verb groups and phrases that English has, or by inflected tables alone.

A language pack says which (`reader` of `language.toml`); both answer the same five questions, and all that follows from
them (times, votes, statements) is one for all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from foedus.documents.document import Document
from foedus.documents.sentences import Sentence
from foedus.reference.packs import Reference
from foedus.statements.annotation import Annotator
from foedus.statements.attribution import claims, sources_of
from foedus.statements.memory import Act, Memory
from foedus.statements.names import Analysis, Discourse
from foedus.statements.plain_frames import PlainActs
from foedus.statements.plain_names import PlainNames
from foedus.statements.plain_sayings import PlainSayings
from foedus.statements.provisions import provisions
from foedus.statements.relevance import Relevance
from foedus.statements.sentence_acts import SentenceActs
from foedus.statements.statement import Statement
from foedus.statements.word_forms import InflectionWords
from foedus.statements.word_rows import WordRow
from foedus.terms.dates import Timex
from foedus.terms.evidence import Source

__all__ = ["Grammar", "grammar_of"]

PLAIN = "plain"


class Grammar(Protocol):
    """What reading asks of a language."""

    def may_speak_of_treaties(self, text: str) -> bool: ...

    def annotate(
        self, document: Document, sentences: Sequence[Sentence], times_of: Callable[[Sentence], tuple[Timex, ...]]
    ) -> Discourse:
        """The document with everything named in it; times too, where it has a main treaty."""
        ...

    def acts(self, analysis: Analysis, row: WordRow, memory: Memory) -> list[Act]: ...

    def besides(self, discourse: Discourse) -> tuple[Statement, ...]:
        """Provisions and claims."""
        ...

    def sources(self, discourse: Discourse, analysis: Analysis, start: int, end: int) -> tuple[Source, ...]: ...


def grammar_of(reference: Reference, language: str) -> Grammar:
    """The rules of a language, compiled.

    raises   DataFileError if there is no language pack for it
    """
    words = reference.lexicon(language).section("language", InflectionWords)
    return _Plain(reference, language) if words.reader == PLAIN else _Grouped(reference, language)


class _Grouped:
    """Verb groups, phrases and clauses: the order of words tells who does what."""

    def __init__(self, reference: Reference, language: str) -> None:
        annotator = Annotator(reference, language)
        self._reference = reference
        self.may_speak_of_treaties = Relevance(annotator.treaties).may_speak_of_treaties
        self.annotate = annotator.annotate
        self.acts = SentenceActs(reference.lexicon(language)).read

    def besides(self, discourse: Discourse) -> tuple[Statement, ...]:
        return (*provisions(discourse, self._reference), *claims(discourse, self._reference))

    def sources(self, discourse: Discourse, analysis: Analysis, start: int, end: int) -> tuple[Source, ...]:
        return sources_of(discourse, analysis, start, end, self._reference)


class _Plain:
    """Inflected tables alone: forms and small words tell who does what. Provisions are not read."""

    def __init__(self, reference: Reference, language: str) -> None:
        lexicon = reference.lexicon(language)
        names, sayings = PlainNames(reference, lexicon), PlainSayings(lexicon)
        self.may_speak_of_treaties = names.may_speak_of_treaties
        self.annotate = names.annotate
        self.acts = PlainActs(lexicon, names.cited).read
        self.besides = sayings.claims
        self.sources = sayings.sources
