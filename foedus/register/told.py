"""What every document says for the identity of its treaties, in columns: the names in use, and the documents that use them.

A hundred thousand documents and their names are at hand at once in some ten megabytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from foedus.columns import LARGE, SMALL, Column, Listing, Lists, Packed, Packing
from foedus.register.grouping import CodedName, looks_at_all, sought, told_apart
from foedus.register.identity import Coding, TreatyKey, rank

_ENCODER = msgspec.msgpack.Encoder()
_KEY = msgspec.msgpack.Decoder(TreatyKey)
_NAMES = msgspec.msgpack.Decoder(tuple[CodedName, ...])
TOGETHER = 512
"""Names that are read at once."""


class Naming(msgspec.Struct, frozen=True):
    """What a document calls its treaties, and the ids of its statements: what is kept of it."""

    keys: tuple[TreatyKey, ...] = ()
    statements: tuple[str, ...] = ()


class _Keys(msgspec.Struct):
    """The same, the keys as they are encoded, and without the statements, which are most of it."""

    keys: tuple[msgspec.Raw, ...] = ()


class _Encoded(_Keys):
    statements: tuple[str, ...] = ()


_KEYS = msgspec.msgpack.Decoder(_Keys)
_ENCODED = msgspec.msgpack.Decoder(_Encoded)


class Telling(NamedTuple):
    """What one document tells.

    digest    hash of all that it says, entries by hand included
    keys      those by which it names its treaties, encoded
    ruled     ids of those of its statements that rulings are about
    recorded  when it was recorded as it is, in microseconds since 1970
    """

    document: str
    digest: str
    keys: tuple[bytes, ...]
    ruled: tuple[str, ...] = ()
    recorded: int = 0


def telling_in(document: str, digest: str, naming: bytes, ruled_on: Collection[str], recorded: int = 0) -> Telling:
    """What is told by a document whose naming is kept, encoded; `ruled_on` has the statements that rulings are about."""
    if not ruled_on:
        return Telling(document, digest, tuple(map(bytes, _KEYS.decode(naming).keys)), (), recorded)
    found = _ENCODED.decode(naming)
    ruled = tuple(id_ for id_ in found.statements if id_ in ruled_on)
    return Telling(document, digest, tuple(map(bytes, found.keys)), ruled, recorded)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the documents say that name a treaty.

    names      the keys in use, encoded, in the order in which they are grouped
    compared   the same as they are compared, many together
    searching  the numbers of those that could belong to any treaty
    documents  ids, sorted
    digests    the same: hashes of all that they say
    recorded   the same: when each was recorded as it is, in microseconds since 1970
    uses       the same: numbers of the names that they use
    ruled      ids of those of their statements that rulings are about, by document
    changed    ids of documents of which something else was recorded before
    """

    names: Packed
    compared: Packed
    searching: Column
    documents: Packed
    digests: Packed
    recorded: Column
    uses: Lists
    ruled: dict[str, tuple[str, ...]]
    changed: tuple[str, ...]

    @staticmethod
    def of(tellings: Iterable[Telling], changed: Iterable[str] = ()) -> Told:
        """What some documents tell, which come in the order of their ids."""
        numbers: dict[bytes, int] = {}
        documents, digests, uses = Packing(), Packing(), Listing()
        recorded, ruled = array(LARGE), dict[str, tuple[str, ...]]()
        for one in tellings:
            used = {numbers.setdefault(key, len(numbers)) for key in one.keys}
            if used:
                documents.add(one.document.encode())
                digests.add(one.digest.encode())
                recorded.append(one.recorded)
                uses.add(used)
                if one.ruled:
                    ruled[one.document] = one.ruled
        keys = list(numbers)
        order = array(SMALL, _ordered(keys))
        names = Packed.of(keys[number] for number in order)
        del keys, numbers
        compared, searching = _compared(names)
        place = array(SMALL, order)
        for at, number in enumerate(order):
            place[number] = at
        return Told(
            names=names,
            compared=compared,
            searching=searching,
            documents=documents.packed(),
            digests=digests.packed(),
            recorded=Column.of(recorded, LARGE),
            uses=Lists.of(sorted(place[number] for number in used) for used in uses.lists()),
            ruled=ruled,
            changed=tuple(sorted(changed)),
        )

    def key(self, number: int) -> TreatyKey:
        """What a name says."""
        return _KEY.decode(self.names[number])

    def document(self, number: int) -> str:
        return self.documents[number].decode()

    def digest(self, number: int) -> str:
        return self.digests[number].decode()

    def number(self, document: str) -> int | None:
        """Where a document stands in the columns; None where it names no treaty."""
        return self.documents.number(document.encode())

    def apart(self, used: Iterable[int]) -> Iterator[tuple[int, ...]]:
        """For each of some names, in the order of all, the numbers of the treaties that it may mean, as these alone tell them apart."""
        searching, among = set(self.searching), set(used)
        asked = sought(name for _, name in self._coded(searching & among))
        return told_apart((name for _, name in self._coded(among)), asked)

    def _coded(self, among: Collection[int]) -> Iterator[tuple[int, CodedName]]:
        """Those of some names that there are, as they are compared, by number."""
        asked = {number // TOGETHER for number in among}
        for part in sorted(asked):
            some = enumerate(_NAMES.decode(self.compared[part]), part * TOGETHER)
            yield from (one for one in some if one[0] in among)


def _ordered(keys: Sequence[bytes]) -> Iterator[int]:
    """The numbers of keys in the order of their strength; only those of one rank are read at once."""
    alike: dict[tuple[bool, int, int], tuple[bool, int, int]] = {}
    ranks = [alike.setdefault(one, one) for one in (rank(_KEY.decode(key)) for key in keys)]
    for _, equal in groupby(sorted(range(len(keys)), key=ranks.__getitem__), ranks.__getitem__):
        yield from sorted(equal, key=lambda number: _KEY.decode(keys[number]))


def _compared(names: Packed) -> tuple[Packed, Column]:
    """The names as they are compared, and the numbers of those that could belong to any treaty."""
    coding = Coding.of(map(_KEY.decode, names))
    compared, searching = Packing(), array(SMALL)
    for start in range(0, len(names), TOGETHER):
        keys = (names[number] for number in range(start, min(start + TOGETHER, len(names))))
        some = [coding.coded(_KEY.decode(key)) for key in keys]
        compared.add(_ENCODER.encode(some))
        searching.extend(number for number, name in enumerate(some, start) if looks_at_all(name))
    return compared.packed(), Column.of(searching)
