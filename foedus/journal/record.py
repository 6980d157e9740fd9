"""The journal: what was said and decided, kept append-only, with the time at which it was recorded.

Documents, statements entered by hand and editors' rulings are kept; everything else can be computed again from them.
`recorded_by` asks for the journal as it stood at the end of a day (UTC), or, given a datetime, at a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, func, select

from foedus.documents.document import Document
from foedus.errors import JournalError
from foedus.journal import (
    copying,
    decisions,
    finding,
    holdings,
    listing,
    people,
    readings,
    redaction,
    shelving,
    word_index,
)
from foedus.journal.arrivals import Arrival
from foedus.journal.encoding import end_of, moment
from foedus.journal.finding import Found
from foedus.journal.holdings import Appended
from foedus.journal.listing import Listed, Publisher
from foedus.journal.opening import WRITES, explained, opened, shown, take_turn
from foedus.journal.people import Account, Deed
from foedus.journal.readings import Entry
from foedus.journal.redaction import Redaction
from foedus.journal.shelving import Kept
from foedus.journal.tables import versions
from foedus.register.entries import Register, Ruling
from foedus.statements.statement import Statement
from foedus.terms.dates import DateRange

PATIENCE = 30.0
"""Seconds to wait while another process writes."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """An open journal; a context manager that closes it. May be shared by threads, not across a fork.

    Importing this module takes a sixth of a second (SQLAlchemy): import it where a journal is opened.
    """

    def __init__(self, engine: Engine, name: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._clock = clock
        self.name = name

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = _utc_now,
        patience: float = PATIENCE,
    ) -> Journal:
        """Opens the journal at a path or a postgresql:// address; older ones are brought forward.

        create   make it where there is none
        clock    says when something is recorded
        raises   JournalError, with the remedy, if there is no journal, or none that can be used
        """
        return cls(opened(where, create=create, patience=patience), shown(where), clock)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    # Documents

    def append(self, arrivals: Iterable[Arrival | tuple[Document, bytes]]) -> Appended:
        """Takes documents in with their original bytes: all of the batch, or, when anything fails, none of it.

        The same bytes twice are one document. Batches of some hundred are fastest.

        raises   JournalError if it cannot be written, or a document's id is not that of its bytes
        """
        batch = [Arrival(*arrival) for arrival in arrivals]
        with self._writing() as connection:
            return holdings.append(connection, batch, self._now())

    def documents(self, ids: Collection[str] | None = None, *, recorded_by: date | None = None) -> Iterator[Document]:
        """The documents, all or those asked for, by id; redacted ones are left out."""
        with self._reading() as connection:
            yield from holdings.holdings(connection, ids, recorded_by)

    def document(self, id_: str, *, recorded_by: date | None = None) -> Document:
        """One document.

        raises   JournalError if there is none, or it was redacted (and then says when, why and by whom)
        """
        with self._reading() as connection:
            for document in holdings.holdings(connection, [id_], recorded_by):
                return document
            raise holdings.missing_document(connection, id_)

    def original(self, id_: str) -> bytes:
        """The bytes of a document as they came.

        raises   JournalError if there is no such document, or it was redacted
        """
        with self._reading() as connection:
            return holdings.original(connection, id_)

    def listed(
        self, words: Sequence[str] = (), *, since: date | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[Listed, ...]:
        """Documents without their texts, the newest by their own day first.

        words   all of them stand in the name, title or publisher
        since   published after this day, by their own word
        """
        with self._reading() as connection:
            return tuple(listing.listed(connection, words, since, limit, offset))

    def many_listed(self, words: Sequence[str] = (), *, since: date | None = None) -> int:
        """How many documents `listed` would list without a limit."""
        with self._reading() as connection:
            return listing.many(connection, words, since)

    def publishers(self, words: Sequence[str] = (), *, limit: int = 50, offset: int = 0) -> tuple[Publisher, ...]:
        """Who published the documents, by name, with how many each has; those that nobody tells last.

        words   all of them stand in the name
        """
        with self._reading() as connection:
            return tuple(listing.publishers(connection, words, limit, offset))

    def many_publishers(self, words: Sequence[str] = ()) -> int:
        """How many `publishers` would list without a limit."""
        with self._reading() as connection:
            return listing.many_publishers(connection, words)

    def recorded_at(self, id_: str) -> datetime:
        """When a document came in.

        raises   JournalError if there is no such document
        """
        with self._reading() as connection:
            return holdings.recorded_at(connection, id_)

    def __len__(self) -> int:
        """How many documents there are to read."""
        with self._reading() as connection:
            return connection.execute(select(func.count(versions.c.document.distinct()))).scalar_one()

    # Statements

    def store_statements(self, reader: str, read: Iterable[tuple[Document, Iterable[Statement]]]) -> None:
        """Keeps what a version of the reader found in documents, so that it need not read them again.

        A reading belongs to the document as it was read: once its publication day is corrected, it is `missing` again.
        """
        pairs = [(document, tuple(statements)) for document, statements in read]
        with self._alone() as connection:
            readings.keep(connection, reader, pairs)

    def statements(
        self, reader: str, *, documents: Collection[str] | None = None, recorded_by: date | None = None
    ) -> Iterator[Statement]:
        """What a version of the reader found, by document, then the statements entered by hand."""
        with self._reading() as connection:
            yield from readings.kept(connection, reader, documents, recorded_by)
            for entry in readings.entries_kept(connection, recorded_by):
                if entry.statement is not None and (documents is None or entry.document in documents):
                    yield entry.statement

    def read_by(
        self, reader: str, documents: Collection[str], *, recorded_by: date | None = None
    ) -> Iterator[Statement]:
        """What a version of the reader found in some documents, without what was entered by hand."""
        with self._reading() as connection:
            yield from readings.kept(connection, reader, documents, recorded_by)

    def read_as(self, reader: str, wanted: Mapping[str, str]) -> list[tuple[str, tuple[Statement, ...]]]:
        """Of some documents, given with the hashes of what is known of them, those that were read as these, and what was found."""
        with self._reading() as connection:
            return list(readings.kept_as(connection, reader, wanted))

    def missing(self, reader: str, *, recorded_by: date | None = None) -> tuple[str, ...]:
        """Ids of the documents that this version of the reader has yet to read."""
        with self._reading() as connection:
            return readings.unread(connection, reader, recorded_by)

    def forget_readings(self, reader: str | None = None) -> None:
        """Empties the cache of one version of the reader, or of all; nothing that was said is lost."""
        with self._alone() as connection:
            readings.forget(connection, reader)
            shelving.forget(connection)

    def append_statement(self, statement: Statement, *, author: str, published: DateRange | None = None) -> Entry:
        """Adds a statement entered by hand; one with the id of an earlier entry corrects it.

        published   when what it cites was published
        raises      JournalError if nobody answers for it, or the document that it cites is not here, or no longer
        """
        if not author.strip():
            raise JournalError("a statement entered by hand needs its author; give a name")
        with self._alone() as connection:
            if not holdings.holds(connection, statement.document):
                raise holdings.missing_document(connection, statement.document)
            readings.enter(connection, statement, author, published, self._now())
            return next(readings.entries_kept(connection, None, statement.id))

    def entries(self, *, recorded_by: date | None = None) -> Iterator[Entry]:
        """The statements entered by hand, with author and time."""
        with self._reading() as connection:
            yield from readings.entries_kept(connection, recorded_by)

    # Rulings

    def append_ruling(
        self, verb: str, *args: str, author: str, note: str | None = None, source: str | None = None
    ) -> Ruling:
        """Appends an editor's ruling: `same`, `different`, `reject`, `set` or `undo`.

        raises   JournalError if the verb takes other arguments
        """
        if not author.strip():
            raise JournalError("a ruling needs its author; give a name")
        with self._writing() as connection:
            return decisions.rule(connection, verb, args, author=author, note=note, source=source, now=self._now())

    def rulings(self, *, recorded_by: date | None = None) -> tuple[Ruling, ...]:
        """The rulings in effect, in the order of recording."""
        return decisions.in_effect(self.all_rulings(recorded_by=recorded_by))

    def all_rulings(self, *, recorded_by: date | None = None) -> Sequence[Ruling]:
        """Every ruling, undone ones and the undoing included."""
        with self._reading() as connection:
            return tuple(decisions.ruled(connection, recorded_by))

    # Who may sign in to the site, and what was done through it

    def add_account(self, name: str, token_hash: str, *, may_edit: bool, author: str) -> Account:
        """An account with a token, of which the hash is kept; a revoked account gets a new token.

        raises   JournalError if there is one of this name already
        """
        with self._writing() as connection:
            account = people.add(connection, name, token_hash, may_edit, self._now())
            people.note(connection, author, "user-add", name, self._now())
            return account

    def revoke_account(self, name: str, *, author: str) -> None:
        """Ends what a token counts for.

        raises   JournalError if there is no such account
        """
        with self._writing() as connection:
            people.revoke(connection, name, self._now())
            people.note(connection, author, "user-revoke", name, self._now())

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, by name, revoked ones included."""
        with self._reading() as connection:
            return tuple(people.listed(connection))

    def account_of(self, token_hash: str) -> Account | None:
        """The account whose token has this hash, unless it was revoked."""
        with self._reading() as connection:
            return people.of_token(connection, token_hash)

    def note_deed(self, who: str, deed: str, about: str) -> None:
        """Appends to the audit what somebody did through the site."""
        with self._writing() as connection:
            people.note(connection, who, deed, about, self._now())

    def deeds(self, *, limit: int = 200) -> tuple[Deed, ...]:
        """What was done through the site, the newest first."""
        with self._reading() as connection:
            return tuple(people.deeds(connection, limit))

    # What is computed from it, kept under a hash of what it was computed from

    def named(self, version: str, *, recorded_by: date | None = None) -> Iterator[tuple[str, str, str, bytes | None]]:
        """Per document its id, a hash of what is known of it, when that was recorded, and how it names its treaties, as
        it was kept by some version of what reads and reconciles; None: yet to be told. They come page by page, so that
        nobody who takes something away waits for whoever listens.
        """
        after: str | None = ""
        while after is not None:
            with self._reading() as connection:
                page = shelving.named(connection, version, recorded_by, after, holdings.PAGE)
            yield from page
            after = page[-1][0] if page else None

    def place_of(self, reader: str, statement: str) -> str | None:
        """Id of the document in which a reader found a statement, or an editor entered one; None where there is none."""
        with self._reading() as connection:
            return shelving.place_of(connection, reader, statement)

    def keep_namings(self, version: str, told: Iterable[tuple[str, str, bytes]]) -> None:
        """Keeps how documents, given with that hash, name their treaties."""
        rows = list(told)
        with self._alone() as connection:
            shelving.keep_namings(connection, version, rows)

    def changed(self) -> tuple[str, ...]:
        """Ids of the documents of which something was known that has since been added to or corrected."""
        with self._reading() as connection:
            return holdings.changed(connection)

    def has_later(self, since: str) -> bool:
        """Whether anything was recorded from a moment on, as the journal writes it; redactions aside."""
        with self._reading() as connection:
            return shelving.has_later(connection, since)

    def has_only_grown(self, since: str) -> bool:
        """Whether nothing was entered by hand or ruled from a moment on."""
        with self._reading() as connection:
            return shelving.has_only_grown(connection, since)

    def noted(self, states: Collection[str]) -> dict[str, bytes]:
        """What was kept under some of such names, all as it was at one moment."""
        with self._reading() as connection:
            return shelving.noted(connection, states)

    def newest_catalogue(self) -> dict[str, bytes]:
        """The parts of the catalogue that was made last, of whatever state."""
        with self._reading() as connection:
            return shelving.newest_catalogue(connection)

    def keep_catalogue(self, parts: Iterable[tuple[str, bytes]], wanted: Callable[[bytes], Iterable[str]]) -> None:
        """Keeps a catalogue; registers that neither it nor another that is kept wants are forgotten.

        parts    of it, by the state of the journal and what they are of
        wanted   the digests that a part of a catalogue lists
        """
        with self._alone() as connection:
            shelving.keep_catalogue(connection, parts, self._now())
            shelving.prune(connection, wanted)

    def keep_earlier(self, state: str, value: bytes) -> None:
        """Keeps what one earlier day needs, until the next catalogue; `noted` has it."""
        with self._alone() as connection:
            shelving.keep_earlier(connection, state, value)

    def keep_lasting(self, noted: Iterable[tuple[str, bytes]]) -> None:
        """Keeps the parts of what all earlier days need, by the state of the journal that each is of; the same."""
        with self._alone() as connection:
            shelving.keep_lasting(connection, noted, self._now())

    def register(self, digest: str, known: date | None = None) -> Kept | None:
        """A register that was made before."""
        with self._reading() as connection:
            return shelving.register(connection, digest, str(known or ""))

    def keep_registers(
        self, made: Mapping[tuple[str, date | None], tuple[Register, tuple[str, ...]]], *, redacted: int
    ) -> bool:
        """Keeps registers, with the ids of the treaties that each answers for, by digest and day of knowledge.

        redacted   how many redactions there were when their documents were asked for (the last number of `generation`):
                   once there are more, nothing is kept, since what was made may quote a text that is to be gone
        """
        rows = {(digest, str(known or "")): Kept(*kept) for (digest, known), kept in made.items()}
        with self._alone() as connection:
            if redaction.count(connection) != redacted:
                return False
            shelving.keep_registers(connection, rows)
            return True

    def registers_held(self, digests: Collection[str]) -> set[str]:
        """Those of some digests of which the whole register is kept."""
        with self._reading() as connection:
            return shelving.registers_held(connection, digests)

    def addressed(self, id_: str) -> tuple[str, ...]:
        """Digests of the registers in which an act, a finding or a claim is found."""
        with self._reading() as connection:
            return shelving.addressed(connection, id_)

    # The whole

    def generation(self, *, recorded_by: date | None = None) -> tuple[int, ...]:
        """Numbers that differ as soon as anything was recorded since; cheap enough to be asked every second."""
        with self._reading() as connection:
            return shelving.numbers(
                connection, redaction.count(connection), None if recorded_by is None else end_of(recorded_by)
            )

    def search(self, words: str, *, limit: int = 20, offset: int = 0) -> Iterator[Found]:
        """Documents and entries that hold all the words, best first; "in quotes" a phrase, `ratif*` any ending.

        raises   JournalError if there is no word to search for
        """
        with self._reading() as connection:
            yield from finding.find(connection, words, limit, offset)

    def many_found(self, words: str) -> int:
        """How many `search` would find without a limit.

        raises   JournalError if there is no word to search for
        """
        with self._reading() as connection:
            return word_index.many(connection, words)

    def backup(self, file: str | Path, watch: copying.Watch = copying.unwatched) -> int:
        """Writes a consistent copy, while others may read and write: a file, or into an empty database on a server.

        watch    is told how far it is
        returns  how many documents there are to read in it
        raises   JournalError if there is something already, or it cannot be written
        """
        with explained(shown(file)):
            return copying.backup(self._engine, file, watch)

    def redact(self, id_: str, *, why: str, author: str) -> Redaction:
        """Takes a text away for good and leaves a tombstone; the same bytes are not taken in again.

        raises   JournalError if there is no such document, or the reason or the author is missing
        """
        if not why.strip() or not author.strip():
            raise JournalError(
                "a redaction needs a reason and an author; it is written: foedus redact DOCUMENT --why TEXT"
            )
        with self._alone() as connection:
            tombstone = redaction.redact(connection, id_, why, author, self._now())
            people.note(connection, author, "redact", id_, self._now())
        with explained(self.name):
            if not copying.wipe(self._engine):
                raise JournalError(
                    f"{self.name}: {id_} is redacted, but somebody reads the journal, whose log of writes (-wal) holds the text until "
                    "the last of them has closed it: stop `foedus serve` and the like"
                )
        return tombstone

    def redactions(self) -> tuple[Redaction, ...]:
        """All tombstones."""
        with self._reading() as connection:
            return tuple(redaction.redacted(connection))

    def _now(self) -> str:
        return moment(self._clock())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with explained(self.name), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """As `_writing`; on a server too, no other that writes so: caches, and the redactions that must empty them."""
        with self._writing() as connection:
            take_turn(connection)
            yield connection
