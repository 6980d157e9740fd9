"""Quotations that are likely translations, so that a page can say so beside their words.

No report says in which language somebody spoke. What can be told is whether the report is in a language that is official where
the speaker comes from (for a treaty's own words: in one of its parties). Where it is in none of these, the words are likely the
report's translation. Official languages are those of CLDR (supplemental data, territoryInfo), as Babel carries them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from foedus.reference.directory import Directory, State
from foedus.serving.wording import listed
from foedus.statements.statement import Claim, ProvisionMention, Statement
from foedus.terms.evidence import Quote, Stance

QUOTED = re.compile(r"[\"“„«「『‘][^\"”»“」』’]{16,}[\"”»“」』’]")
"""Words in quotation marks, long enough to be a sentence's and not a mere name."""
ONE = {"nb": "no", "nn": "no"}
"""Languages that count as another: Norwegian in either of its written forms."""
MARK = "likely translated"
"""What stands beside such words."""

Translation = Callable[[Quote], str]
"""Why the words of a quote are likely a translation; "" where nothing says so."""


def translations_of(
    statements: Iterable[Statement], languages: Mapping[str, str | None], directory: Directory
) -> dict[str, str]:
    """Statement id -> why its words are likely a translation; the others are left out.

    What quotes the same sentence as such a statement shows the same words, and is marked with it.

    languages   document id -> the language that it is in; of one without, nothing can be told
    """
    all_ = tuple(statements)
    found = {s.quote: said for s in all_ if (said := _why(states_of(s), languages.get(s.document), directory))}
    return {s.id: found[s.quote] for s in all_ if s.quote in found}


def places_of(statements: Iterable[Statement], translations: Mapping[str, str]) -> Translation:
    """The same by the places that these statements quote."""
    why = {
        (quote.document, quote.start, quote.end): translations[statement.id]
        for statement in statements
        if statement.id in translations
        for quote in (statement.quote, *statement.evidence)
    }
    return lambda quote: why.get((quote.document, quote.start, quote.end), "")


def states_of(statement: Statement) -> tuple[str, ...]:
    """Whose words a statement quotes: the speaker's states, or the parties of the treaty whose text it gives; () for the report's own."""
    content = statement.content
    if isinstance(content, Claim):
        return () if content.stance is Stance.INTERPRET else content.speaker.states
    if isinstance(content, ProvisionMention) and statement.treaty and QUOTED.search(statement.quote.exact):
        return statement.treaty.parties
    return ()


def _why(states: tuple[str, ...], language: str | None, directory: Directory) -> str:
    own = _one(language or "")
    spoken = [official_languages(state, directory) for state in states]
    if not own or not spoken or not all(spoken) or any(own in languages for languages in spoken):
        return ""
    codes = list(dict.fromkeys(code for languages in spoken for code in languages))
    names = [language_name(code) for code in codes]
    are = "is the official language" if len(codes) == 1 else "are the official languages"
    where = listed(directory.name_of(state) for state in states)
    return f"The report is in {language_name(own)}; {listed(names)} {are} of {where}."


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
