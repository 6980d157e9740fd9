"""The data that come with Foedus, loaded once: whoever gathers and whoever reads share their compiled rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from foedus.datafiles import DATA, Table, read_tables
from foedus.reference.directory import directory_of
from foedus.reference.lexicons import Lexicon
from foedus.reference.officeholders import officeholders_of
from foedus.reference.packs import Reference
from foedus.reference.procedures import procedures_from
from foedus.reference.treaty_series import treaty_from

ENGLISH = "en"


@lru_cache(maxsize=1)
def load_reference() -> Reference:
    """What the package's own data files hold.

    raises   DataFileError if one of them is not what it should be
    """
    procedures = read_tables(DATA / "procedures")
    treaties = sorted((DATA / "treaties").glob("*.md"))
    lexicons = shipped_lexicons()
    return Reference(
        directory=directory_of(read_tables(DATA / "directory")),
        procedures=tuple(p for name, t in procedures.items() for p in procedures_from(t, f"procedures/{name}")),
        officeholders=officeholders_of(read_tables(DATA / "officeholders")),
        series=tuple(treaty_from(f.read_text(encoding="utf-8"), f"treaties/{f.name}") for f in treaties),
        lexicons=lexicons,
        opposed_topics=_opposed(lexicons.values()),
    )


def _opposed(lexicons: Iterable[Lexicon]) -> dict[str, frozenset[str]]:
    """Topics that cannot both be asserted of one treaty, in both directions."""
    opposed: dict[str, set[str]] = {}
    for lexicon in lexicons:
        for one, others in lexicon.tables.get("topics", {}).get("opposed", {}).items():
            for other in others:
                opposed.setdefault(one, set()).add(other)
                opposed.setdefault(other, set()).add(one)
    return {topic: frozenset(others) for topic, others in opposed.items()}


@lru_cache(maxsize=1)
def shipped_lexicons() -> Mapping[str, Lexicon]:
    """Every pack by its code; English has the others beside it.

    raises   DataFileError if one of their files is not TOML
    """
    languages: dict[str, dict[str, Table]] = {}
    for name, table in read_tables(DATA / "lexicons").items():
        language, _, file = name.partition("/")
        languages.setdefault(language, {})[file.removesuffix(".toml")] = table
    packs = {language: Lexicon(language=language, tables=tables) for language, tables in languages.items()}
    beside = {language: pack for language, pack in packs.items() if language != ENGLISH}
    return packs | {ENGLISH: msgspec.structs.replace(packs[ENGLISH], beside=beside)}


@lru_cache(maxsize=1)
def reader_version() -> str:
    """A name for the reader as it is: changes with any rule or word, so that older readings are made anew."""
    folders = ("statements", "documents", "terms", "data/lexicons", "data/directory", "data/depositaries", "exchange")
    return "rules-" + _hash_of(folders)


@lru_cache(maxsize=1)
def register_version() -> str:
    """A name for what makes registers of statements: changes with any rule of reconciling, and with the treaty series."""
    return _hash_of(("register", "reference", "data/treaties", "data/procedures"))


def _hash_of(folders: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for folder in folders:
        for file in sorted((DATA.parent / folder).rglob("*")):
            if file.suffix in (".py", ".toml", ".md"):
                whole.update(file.name.encode())
                whole.update(file.read_bytes())
    return whole.hexdigest()[:12]
