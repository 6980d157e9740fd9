"""How values are kept in the journal: msgpack, made small by zlib, and hashed to tell whether two are the same."""

from __future__ import annotations

import hashlib
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from foedus.documents.document import Document
from foedus.statements.statement import Statement

SPEED = 6
"""zlib level; a report of 3 kB takes about 0.1 ms."""

_ENCODER = msgspec.msgpack.Encoder()
_DOCUMENT = msgspec.msgpack.Decoder(Document)
_STATEMENT = msgspec.msgpack.Decoder(Statement)
_STATEMENTS = msgspec.msgpack.Decoder(tuple[Statement, ...])


class Encoded(NamedTuple):
    """A value as it is kept.

    digest  hash of the value before it was made small
    value   msgpack, zlib
    """

    digest: str
    value: bytes


def encoded(value: Any) -> Encoded:
    plain = _ENCODER.encode(value)
    return Encoded(hashlib.sha256(plain).hexdigest()[:16], zlib.compress(plain, SPEED))


def digest_of(value: Any) -> str:
    return hashlib.sha256(_ENCODER.encode(value)).hexdigest()[:16]


def document_in(value: bytes) -> Document:
    return _DOCUMENT.decode(zlib.decompress(value))


def statement_in(value: bytes) -> Statement:
    return _STATEMENT.decode(zlib.decompress(value))


def statements_in(value: bytes) -> tuple[Statement, ...]:
    return _STATEMENTS.decode(zlib.decompress(value))


def moment(at: datetime) -> str:
    """A point in time as the journal writes it, always 27 characters.

    >>> moment(datetime(2024, 10, 24, 9, 30, tzinfo=UTC))
    '2024-10-24T09:30:00.000000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def microseconds(moment: str) -> int:
    """A moment, as a journal writes it, in microseconds since 1970."""
    since = datetime.fromisoformat(moment) - datetime(1970, 1, 1, tzinfo=UTC)
    return since // timedelta(microseconds=1)


def end_of(day: date | None) -> str:
    """The first moment that no longer belongs to `day`, which may be a moment itself; after all moments for None.

    >>> end_of(date(2024, 10, 24)), end_of(datetime(2024, 10, 24, 9, 30, tzinfo=UTC))
    ('2024-10-25T00:00:00.000000Z', '2024-10-24T09:30:00.000001Z')
    """
    if isinstance(day, datetime):
        return moment(day + timedelta(microseconds=1))
    if day is None or day == date.max:
        return "9999-12-31T23:59:59.999999Z"
    return f"{(day + timedelta(days=1)).isoformat()}T00:00:00.000000Z"
