"""Who published a text, and what kind of publisher that is: a wire, a gazette, a parliament, a government, an outlet."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from foedus.documents.document import DocumentClass
from foedus.reference.lexicons import Lexicon


class ClassWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names, words of names and web domains that tell one class."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class Copyrights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    holder: str
    years: str
    no_holder: tuple[str, ...]
    article: str


class Marks(msgspec.Struct, frozen=True):
    """The part of `furniture.toml` that is about copyright lines."""

    copyrights: Copyrights


class Publishers:
    """Knows publishers; compiled once for a language."""

    def __init__(self, lexicon: Lexicon) -> None:
        classes = lexicon.section("publishers", dict[DocumentClass, ClassWords])
        marks = lexicon.section("furniture", Marks).copyrights
        self._article = f"{marks.article} "
        self._names = {self._folded(name): class_ for class_, words in classes.items() for name in words.names}
        self._words = [(f" {word} ", class_) for class_, words in classes.items() for word in words.words]
        self._domains = [(domain, class_) for class_, words in classes.items() for domain in words.domains]
        self._holder = re.compile(marks.holder.replace(" ?", r"\s*").replace(" ", r"\s"), re.IGNORECASE)
        self._years = re.compile(marks.years, re.IGNORECASE)
        self._no_holder = frozenset(map(self._folded, marks.no_holder))

    def class_of(self, publisher: str | None, url: str | None = None) -> DocumentClass:
        """By the publisher's name, else by the address; an outlet where neither tells.

        A depositary's word outweighs others': a page that calls itself one is none unless its address is a depositary's.
        """
        named, host = self._named(publisher) if publisher else None, _host(url)
        fits = (class_ for domain, class_ in self._domains if host == domain or host.endswith(f".{domain}"))
        found = next(fits, None)
        if named is DocumentClass.DEPOSITARY and host:
            return found or DocumentClass.OUTLET
        return named or found or DocumentClass.OUTLET

    def _named(self, publisher: str) -> DocumentClass | None:
        name = self._folded(publisher)
        if name in self._names:
            return self._names[name]
        return next((class_ for word, class_ in self._words if word in f" {name} "), None)

    def is_wire(self, name: str) -> bool:
        return self.class_of(name) is DocumentClass.WIRE

    def copyright_holder(self, line: str) -> str | None:
        """The publisher that a copyright line names.

        "© The Harbour Courier(www.example.org)" gives "The Harbour Courier".
        """
        found = self._holder.search(line)
        name = found["name"].strip(" ,.-|") if found else ""
        folded = self._folded(name)
        is_name = 1 < len(name) <= 60 and folded not in self._no_holder and not self._no_holder & set(folded.split())
        return name if is_name else None

    def copyright_year(self, line: str) -> tuple[int, int, int] | None:
        """The latest year of a copyright line, and where it stands in the line."""
        found = self._years.search(line)
        return (int(found["year"]), *found.span()) if found else None

    def _folded(self, name: str) -> str:
        return " ".join(name.lower().split()).removeprefix(self._article)


def _host(url: str | None) -> str:
    """The host of an address, without "www."; empty where there is none.

    >>> _host("https://www.example.org/page"), _host("http://[broken")
    ('example.org', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    except ValueError:
        return ""


@lru_cache(maxsize=8)
def publishers(lexicon: Lexicon) -> Publishers:
    return Publishers(lexicon)
