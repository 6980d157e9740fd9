"""Caches of what is computed from the record: how documents name treaties, the catalogue, and the registers.

Each is kept under a hash of what it was computed from, so it is right or absent; all of it can be made again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, LargeBinary, and_, bindparam, func, or_, select

from foedus.journal.holdings import counts, insert_new, pages
from foedus.journal.tables import addresses, catalogues, entries, namings, registers, rulings, versions
from foedus.register.entries import Register

KEPT_CATALOGUES = 8
"""Catalogues of earlier states of the journal that are kept for those who ask for them."""
EARLIER, LASTING, FIRST = "", "0", "1"
"""The time of what is noted of an earlier day; how the time of what all of them need begins; and before all catalogues."""
KEPT_DAYS, KEPT_LASTING = 64, 2
"""How many days are kept, and how many times all that is of all days."""
SPEED = 1
"""zlib level: registers are read far more often than made. What every question reads, and that is large, is kept as it is."""
SMALL = b"\x78"
"""How zlib begins; no MessagePack of a list or a map does."""

_ENCODER = msgspec.msgpack.Encoder()


class Kept(msgspec.Struct, frozen=True):
    """A register and the ids of the treaties that its shelf answers for."""

    register: Register
    own: tuple[str, ...]


_KEPT = msgspec.msgpack.Decoder(Kept)


def numbers(connection: Connection, gone: int, recorded_by: str | None) -> tuple[int, ...]:
    """Numbers that differ as soon as anything counts that did not before; `gone` counts the redactions.

    On a server with many writers a lower number may be committed after a higher one: there the rows are counted too.
    """
    is_file = connection.dialect.name == "sqlite"
    asked = []
    for table in (versions, entries, rulings):
        for told in (func.max(table.c.number), *(() if is_file else (func.count(),))):
            query = select(told).select_from(table)
            asked.append(query if recorded_by is None else query.where(table.c.recorded_at < recorded_by))
    row = connection.execute(select(*(query.scalar_subquery() for query in asked))).one()
    return (*(number or 0 for number in row), gone)


def has_later(connection: Connection, since: str) -> bool:
    """Whether anything was recorded from a moment on; looked for among the latest first, where it is found at once."""
    later = [
        select(table.c.number).where(table.c.recorded_at >= since).order_by(table.c.number.desc()).limit(1)
        for table in (versions, entries, rulings)
    ]
    found = connection.execute(select(*(query.scalar_subquery() for query in later))).one()
    return any(number is not None for number in found)


def has_only_grown(connection: Connection, since: str) -> bool:
    """Whether nothing was entered by hand or ruled from a moment on."""
    later = [select(table.c.number).where(table.c.recorded_at >= since).exists() for table in (entries, rulings)]
    return not connection.execute(select(or_(*later))).scalar_one()


def named(
    connection: Connection, version: str, recorded_by: date | None, after: str, limit: int
) -> list[tuple[str, str, str, bytes | None]]:
    """So many documents after one: id, the hash and the time of the version that counts, and naming (None: yet to be told)."""
    of_it = and_(
        namings.c.document == versions.c.document, namings.c.reader == version, namings.c.digest == versions.c.digest
    )
    query = (
        select(versions.c.document, versions.c.digest, versions.c.recorded_at, namings.c.value)
        .join(namings, of_it, isouter=True)
        .where(counts(recorded_by), versions.c.document > after)
        .order_by(versions.c.document)
        .limit(limit)
    )
    return [(row.document, row.digest, row.recorded_at, row.value) for row in connection.execute(query)]


def keep_namings(connection: Connection, version: str, told: Iterable[tuple[str, str, bytes]]) -> None:
    rows = [{"document": d, "reader": version, "digest": g, "value": naming} for d, g, naming in told]
    insert_new(connection, namings, rows, namings.c.document)


def place_of(connection: Connection, reader: str, statement: str) -> str | None:
    """Id of the document in which a reader found a statement; looks through what is kept of all documents."""
    by_hand = select(entries.c.document).where(entries.c.statement == statement).limit(1)
    if (document := connection.execute(by_hand).scalar_one_or_none()) is not None:
        return str(document)
    sought = bindparam("sought", statement.encode(), LargeBinary)
    is_file = connection.dialect.name == "sqlite"
    place = func.instr(namings.c.value, sought) if is_file else func.position(sought.op("IN")(namings.c.value))
    query = select(namings.c.document).where(namings.c.reader == reader, place > 0).limit(1)
    return connection.execute(query).scalar_one_or_none()


def newest_catalogue(connection: Connection) -> dict[str, bytes]:
    """The parts of the catalogue that was made last, of whatever state."""
    newest = select(func.max(catalogues.c.made_at)).where(catalogues.c.made_at > FIRST).scalar_subquery()
    found = connection.execute(select(catalogues.c.state, catalogues.c.value).where(catalogues.c.made_at == newest))
    return {row.state: _unpacked(row.value) for row in found}


def noted(connection: Connection, states: Collection[str]) -> dict[str, bytes]:
    """What is noted under some names, all at one moment."""
    query = select(catalogues.c.state, catalogues.c.value).where(catalogues.c.state.in_(states))
    return {row.state: _unpacked(row.value) for row in connection.execute(query)}


def _unpacked(value: bytes) -> bytes:
    """What is kept as it is, or was made small."""
    return zlib.decompress(value) if value.startswith(SMALL) else value


def keep_catalogue(connection: Connection, parts: Iterable[tuple[str, bytes]], now: str) -> None:
    """Keeps a catalogue, part by part, and forgets the oldest of too many."""
    for state, value in parts:
        _note(connection, state, now, value)
    _keep_newest(connection, catalogues.c.made_at > FIRST, KEPT_CATALOGUES)


def keep_earlier(connection: Connection, state: str, value: bytes) -> None:
    """Keeps what one earlier day needs; of too many days none but this."""
    of_days = catalogues.c.made_at == EARLIER
    count = connection.execute(select(func.count()).select_from(catalogues).where(of_days)).scalar_one()
    if count >= KEPT_DAYS:
        connection.execute(catalogues.delete().where(of_days))
    _note(connection, state, EARLIER, zlib.compress(value, SPEED))


def keep_lasting(connection: Connection, noted: Iterable[tuple[str, bytes]], now: str) -> None:
    """Keeps what all earlier days need, by the states of the journal and what it is of; forgets what was noted long before."""
    made_at = LASTING + now[:-1]
    for state, value in noted:
        _note(connection, state, made_at, value)
    _keep_newest(connection, catalogues.c.made_at.between(LASTING, FIRST), KEPT_LASTING)


def _note(connection: Connection, state: str, made_at: str, value: bytes) -> None:
    """Notes something in the place of what another version may have noted, and that could not be read."""
    connection.execute(catalogues.delete().where(catalogues.c.state == state))
    row = {"state": state, "made_at": made_at, "value": value}
    insert_new(connection, catalogues, [row], catalogues.c.state)


def _keep_newest(connection: Connection, among: ColumnElement[bool], most: int) -> None:
    made_at = catalogues.c.made_at
    newest = select(made_at).distinct().where(among).order_by(made_at.desc()).limit(most)
    kept = list(connection.execute(newest).scalars())
    connection.execute(catalogues.delete().where(among, made_at.not_in(kept)))


def register(connection: Connection, digest: str, known: str) -> Kept | None:
    row = connection.execute(
        select(registers.c.value).where(registers.c.digest == digest, registers.c.known == known)
    ).one_or_none()
    return None if row is None else _KEPT.decode(zlib.decompress(row.value))


def keep_registers(connection: Connection, made: Mapping[tuple[str, str], Kept]) -> None:
    """Keeps registers by digest and day of knowledge, with the addresses of their entries."""
    rows = [
        {"digest": digest, "known": known, "value": zlib.compress(_ENCODER.encode(kept), SPEED)}
        for (digest, known), kept in made.items()
    ]
    insert_new(connection, registers, rows, registers.c.digest)
    listed: list[dict[str, Any]] = [
        {"id": id_, "digest": digest}
        for (digest, _), kept in made.items()
        for id_ in sorted({entry.id for entry in kept.register.entries if entry.treaty in kept.own})
    ]
    insert_new(connection, addresses, listed, addresses.c.id)


def registers_held(connection: Connection, digests: Collection[str]) -> set[str]:
    """Those of some digests of which the whole register is kept."""
    found: set[str] = set()
    for page in pages(digests):
        query = select(registers.c.digest).where(registers.c.known == "", registers.c.digest.in_(page or ()))
        found |= set(connection.execute(query).scalars())
    return found


def addressed(connection: Connection, id_: str) -> tuple[str, ...]:
    """Digests of the registers that have an entry with this id."""
    return tuple(connection.execute(select(addresses.c.digest).where(addresses.c.id == id_)).scalars())


def prune(connection: Connection, wanted: Callable[[bytes], Iterable[str]]) -> None:
    """Forgets the registers that none of the kept catalogues lists: whoever still reads in an earlier one finds its own.

    wanted   the digests that a catalogue lists
    """
    held = set(connection.execute(select(registers.c.digest).distinct()).scalars())
    for state in list(connection.execute(select(catalogues.c.state).where(catalogues.c.made_at > FIRST)).scalars()):
        for value in noted(connection, [state]).values():  # one at a time: each takes megabytes
            held.difference_update(wanted(value))
    for page in pages(held):
        if page:
            connection.execute(registers.delete().where(registers.c.digest.in_(page)))
            connection.execute(addresses.delete().where(addresses.c.digest.in_(page)))


def forget(connection: Connection, document: str | None = None) -> None:
    """Empties the caches: how one document names treaties, or all do, and whatever quotes them."""
    for table in (catalogues, registers, addresses):
        connection.execute(table.delete())
    connection.execute(namings.delete() if document is None else namings.delete().where(namings.c.document == document))
