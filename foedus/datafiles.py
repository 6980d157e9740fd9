"""Data files: TOML 1.0 tables into typed records, with errors that name the file, the record, the key and the remedy.

A data file is a TOML file with one table a record; the table's header is the record's id. Dates come out of
`read_tables` as ISO 8601 text, and `records` makes them dates again: a table read from the cache and one read
from the file are the same value. TOML is slow to parse, so the tables of a folder are kept as MessagePack in the
user's cache folder under the hash of their bytes, and `kept` keeps what is made of them in the same way; where that
folder cannot be used, nothing changes but the speed.
"""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import msgspec
from msgspec import inspect

from foedus.errors import DataFileError

Table: TypeAlias = dict[str, Any]
T = TypeVar("T", bound=msgspec.Struct)
Value = TypeVar("Value")

DATA = Path(__file__).parent / "data"

CHECK = 32
"""Bytes of the hash with which a kept file begins, so that a damaged one is known."""
CACHE_LAYOUT = b"foedus tables 1\n"
"""Goes into the key of the cache: change it when what `read_tables` returns changes."""


def read_tables(folder: Path) -> dict[str, Table]:
    """The TOML files in and below `folder`, by their name inside it: {"states.toml": {"AFG": {...}, ...}, ...}.

    raises   DataFileError if the folder holds no TOML file, or one that is not TOML
    """
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}
    if not texts:
        raise DataFileError(f"{folder}: no .toml file is here; give a folder of data files, such as {DATA}")
    content = sha256(CACHE_LAYOUT)
    for name, text in texts.items():
        content.update(f"{name}\0{len(text)}\0".encode())
        content.update(text)

    def parsed() -> dict[str, Table]:
        return {name: _parsed(folder.name, name, text) for name, text in texts.items()}

    return kept(folder, content.hexdigest(), dict[str, Table], parsed)


def kept(folder: Path, version: str, kind: type[Value], make: Callable[[], Value]) -> Value:
    """What `make` makes of the files in `folder`; from the user's cache folder if this version of it is there.

    version  a hash of all that the value follows from: of each file, and of the code where that shapes it
    kind     the type of the value, as msgspec reads it; what is kept and is none, or damaged, is made anew
    """
    cached = _cache_file(folder, version)
    if cached is None:
        return make()
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        content = cached.read_bytes()
        if content[:CHECK] == sha256(content[CHECK:]).digest():
            return msgspec.msgpack.decode(memoryview(content)[CHECK:], type=kind)
    value = make()
    _keep(cached, value)
    return value


def records(table: Mapping[str, Any], kind: type[T], where: str) -> tuple[T, ...]:
    """Each record of `table` as a `kind`, in the file's order, with the header of its table as its `id`.

    where    how errors name the file: "directory/states.toml"
    raises   DataFileError, as `record` does

    >>> class Treaty(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ...     id: str
    ...     articles: int
    >>> records({"prk-rus-2024": {"articles": 23}}, Treaty, "treaties.toml")
    (Treaty(id='prk-rus-2024', articles=23),)
    >>> records({"prk-rus-2024": {"article": 23}}, Treaty, "treaties.toml")
    Traceback (most recent call last):
    foedus.errors.DataFileError: treaties.toml, prk-rus-2024: "article" is no field here (did you mean "articles"?)
    """
    return tuple(record(identified(id, fields, where), kind, where, named=id) for id, fields in table.items())


def identified(id: str, fields: object, where: str) -> Table:
    """The fields of a record together with its id.

    raises   DataFileError if the header `id` holds no table
    """
    if not isinstance(fields, Mapping):
        raise DataFileError(f'{where}, {id}: is {fields!r}, where a record is wanted; begin one with a line "[{id}]"')
    return {"id": id, **fields}


def record(fields: Mapping[str, Any], kind: type[T], where: str, named: str) -> T:
    """One record as a `kind`; types are strict (no "3" for 3), and keys that `kind` does not know are refused.

    A `kind`, and each struct within it, has `forbid_unknown_fields=True`: a key spelled wrong is never passed over.

    named    how errors name the record: its id, or "step 3"
    raises   DataFileError naming `where`, `named`, the key, and the remedy
    """
    try:
        return msgspec.convert(fields, kind, strict=True)
    except msgspec.ValidationError as error:
        raise DataFileError(f"{where}, {named}: {_remedy(str(error), kind)}") from None


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint in brackets at what was meant, or at what there is; empty where nothing is known.

    >>> nearest("comitee", ["committee", "court"]), nearest("zebra", ["committee", "court"])
    (' (did you mean "committee"?)', ' (one of: committee, court)')
    """
    candidates = sorted(set(known))
    if close := get_close_matches(word, candidates, n=1):
        return f' (did you mean "{close[0]}"?)'
    few = ", ".join(candidates[:20]) + (", ..." if len(candidates) > 20 else "")
    return f" (one of: {few})" if few else ""


def _parsed(folder: str, name: str, text: bytes) -> Table:
    try:
        table: Table = msgspec.to_builtins(tomllib.loads(text.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise DataFileError(f"{folder}/{name}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"{folder}/{name}: not TOML 1.0: {error}") from None
    return table


# The words in which msgspec reports a fault, and those for a person who edits the file.
UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(?P<word>.*?)`(?: - at `\$(?P<path>.*)`)?$")
MISSING_FIELD = re.compile(r"Object missing required field `(?P<word>.*?)`(?: - at `\$(?P<path>.*)`)?$")
INVALID_WORD = re.compile(r"Invalid enum value '?(?P<word>.*?)'?(?: - at `\$(?P<path>.*)`)?$")
OTHER_FAULT = re.compile(r"(?P<word>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)


def _remedy(fault: str, kind: type[msgspec.Struct]) -> str:
    """What is wrong, at which key, and what would be right."""
    if found := UNKNOWN_FIELD.match(fault):
        fields = _words_at(kind, found["path"])
        return f'{_at(found["path"])}"{found["word"]}" is no field here{nearest(found["word"], fields)}'
    if found := MISSING_FIELD.match(fault):
        return f'{_at(found["path"])}"{found["word"]}" is missing; every {kind.__name__} has one'
    if found := INVALID_WORD.match(fault):
        words = _words_at(kind, found["path"])
        return f'{_at(found["path"])}"{found["word"]}" is not known{nearest(found["word"], words)}'
    found = OTHER_FAULT.match(fault)
    return f"{_at(found['path'])}{found['word'][0].lower()}{found['word'][1:]}" if found else fault


def _at(path: str | None) -> str:
    """The key of a fault, for a person: ".names[3].text" gives "names[3].text: "."""
    return f"{path.removeprefix('.')}: " if path else ""


def _words_at(kind: type[msgspec.Struct], path: str | None) -> list[str]:
    """The words that may stand at `path`: the fields of a struct, or the words of an enumeration or a literal."""
    wanted: list[inspect.Type] = [inspect.type_info(kind)]
    for step in re.findall(r"\.(\w+)|(\[)", path or ""):
        wanted = [inner for outer in wanted for inner in _inside(outer, step[0])]
    return [word for at_path in wanted for word in _words(at_path)]


def _inside(outer: inspect.Type, field: str) -> list[inspect.Type]:
    """The types of a struct's `field`; without a field, those of the items of a collection."""
    if isinstance(outer, inspect.UnionType):
        return [inner for choice in outer.types for inner in _inside(choice, field)]
    if isinstance(outer, inspect.StructType):
        return [its.type for its in outer.fields if its.encode_name == field]
    if isinstance(outer, inspect.DictType):
        return [outer.value_type]
    return [outer.item_type] if isinstance(outer, inspect.CollectionType) else []


def _words(at_path: inspect.Type) -> list[str]:
    if isinstance(at_path, inspect.UnionType):
        return [word for choice in at_path.types for word in _words(choice)]
    if isinstance(at_path, inspect.StructType):
        return [field.encode_name for field in at_path.fields]
    if isinstance(at_path, inspect.LiteralType):
        return [str(word) for word in at_path.values]
    return [str(member.value) for member in at_path.cls] if isinstance(at_path, inspect.EnumType) else []


def _cache_file(folder: Path, version: str) -> Path | None:
    """Where what is made of `folder` is kept: one file a folder and version; None where there is no home."""
    place = sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    with suppress(RuntimeError):  # Path.home() where no home is known
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return home / "foedus" / f"{place}-{version}.msgpack"
    return None


def _keep(cached: Path, value: object) -> None:
    """Keeps a value for the next start, in place of older ones of the same folder; never fails."""
    with suppress(OSError):
        cached.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        outdated = list(cached.parent.glob(f"{cached.name.partition('-')[0]}-*.msgpack"))
        with tempfile.NamedTemporaryFile(dir=cached.parent, suffix=".part", delete=False) as part:
            content = msgspec.msgpack.encode(value)
            part.write(sha256(content).digest() + content)
        Path(part.name).replace(cached)  # at once and whole: another process reads the old file or the new one
        for path in outdated:
            if path != cached:
                path.unlink(missing_ok=True)
