"""The data that come with Foedus, loaded once: whoever gathers and whoever reads share their compiled rules."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from foedus.datafiles import DATA, Table, kept, read_tables
from foedus.reference.directory import directory_of
from foedus.reference.lexicons import Lexicon
from foedus.reference.officeholders import officeholders_of
from foedus.reference.packs import Reference
from foedus.reference.procedures import procedures_from
from foedus.reference.treaty_series import treaty_from

ENGLISH = "en"
MADE_OF = (
    "data/directory", "data/procedures", "data/officeholders", "data/treaties", "reference", "terms", "datafiles.py",
    "gathering/shipped_data.py",
)  # fmt: skip
"""All in the package from which a `Reference` without its lexicons follows: the data, and the code that makes values of them."""


@lru_cache(maxsize=1)
def load_reference() -> Reference:
    """What the package's own data files hold; without its lexicons it is kept for the next start until a byte of `MADE_OF` changes.

    raises   DataFileError if one of them is not what it should be
    """
    lexicons = shipped_lexicons()
    without = kept(DATA, _hash_of(MADE_OF), Reference, _without_lexicons)
    return msgspec.structs.replace(without, lexicons=lexicons, opposed_topics=_opposed(lexicons.values()))


def _without_lexicons() -> Reference:
    procedures = read_tables(DATA / "procedures")
    treaties = sorted((DATA / "treaties").glob("*.md"))
    return Reference(
        directory=directory_of(read_tables(DATA / "directory")),
        procedures=tuple(p for name, t in procedures.items() for p in procedures_from(t, f"procedures/{name}")),
        officeholders=officeholders_of(read_tables(DATA / "officeholders")),
        series=tuple(treaty_from(f.read_text(encoding="utf-8"), f"treaties/{f.name}") for f in treaties),
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


def _hash_of(parts: Iterable[str]) -> str:
    return hashlib.sha256(b"".join(map(_digest, parts))).hexdigest()[:12]


@lru_cache(maxsize=64)
def _digest(part: str) -> bytes:
    """A hash of the names and the bytes of all files in a folder of the package, or of one file of it."""
    whole = hashlib.sha256()
    for file in _files_of(DATA.parent / part):
        content = file.read_bytes()
        whole.update(f"{file.name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.digest()


def _files_of(part: Path) -> Iterator[Path]:
    if part.is_file():
        yield part
    for folder, folders, names in os.walk(part):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names) if name.endswith((".py", ".toml", ".md")))
