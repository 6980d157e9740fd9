"""Quotations that are likely translations, so that a page can say so beside their words.

No report says in which language somebody spoke. What can be told is whether the report is in a language that is official where
the speaker comes from (for a treaty's own words: in one of its parties). Where it is in none of these, the words are likely the
report's translation; where nobody says for which state somebody speaks, the treaty's parties decide whether they may be.
Official languages are those of CLDR (supplemental data, territoryInfo), as Babel carries them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import msgspec

from foedus.reference.directory import Directory, State
from foedus.serving.wording import listed
from foedus.statements.statement import Claim, ProvisionMention, Statement
from foedus.terms.agents import BodyKind
from foedus.terms.evidence import Quote, Stance

QUOTED = re.compile(r"[\"“„«「『‘][^\"”»“」』’]{16,}[\"”»“」』’]")
"""Words in quotation marks, long enough to be a sentence's and not a mere name."""
ONE = {"nb": "no", "nn": "no"}
"""Languages that count as another: Norwegian in either of its written forms."""
LIKELY, PERHAPS = "likely translated", "may be translated"
"""What stands beside such words: where it is told for which state somebody speaks, and where only the treaty's parties are."""


class Translated(msgspec.Struct, frozen=True):
    """That words are likely a translation: what stands beside them, and why."""

    mark: str
    why: str


Translation = Callable[[Quote], Translated | None]
"""Whether the words of a quote are likely a translation; None where nothing says so."""


def translations_of(
    statements: Iterable[Statement], languages: Mapping[str, str | None], directory: Directory
) -> dict[str, Translated]:
    """Statement id -> that its words are likely a translation; the others are left out.

    What quotes the same sentence as such a statement shows the same words, and is marked with it.

    languages   document id -> the language that it is in; of one without, nothing can be told
    """
    all_ = tuple(statements)
    found = {s.quote: mark for s in all_ if (mark := _mark(s, _one(languages.get(s.document) or ""), directory))}
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


def _mark(statement: Statement, own: str, directory: Directory) -> Translated | None:
    content, parties = statement.content, statement.treaty.parties if statement.treaty else ()
    if isinstance(content, Claim) and content.stance is not Stance.INTERPRET:
        speaker = content.speaker
        if speaker.states:
            return _other_language(LIKELY, "", own, speaker.states, directory)
        if speaker.kind is not BodyKind.ORGANISATION:
            who = f"It is not told for which state {speaker.name} speaks. "
            return _other_language(PERHAPS, who, own, parties, directory)
    if isinstance(content, ProvisionMention) and QUOTED.search(statement.quote.exact):
        return _other_language(LIKELY, "", own, parties, directory)
    return None


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
