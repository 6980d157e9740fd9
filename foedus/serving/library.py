"""A journal as the site reads it: editions, each of one moment, with everything computed from them made once and kept.

An edition never changes, so what was computed from it may be kept as long as the edition itself; its tag is a hash of what
the journal holds, of the reader and of the day, and stands in every ETag. A thread watches the journal and makes the next
edition while the present one still answers.
"""

from __future__ import annotations

import gc
import hashlib
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

import msgspec

from foedus.documents.document import Document
from foedus.errors import FoedusError
from foedus.journal.record import Journal
from foedus.pipeline import Knowledge, Picture, load_reference, reader_version, today
from foedus.reference.packs import Reference
from foedus.register.entries import Publication, Register
from foedus.serving.catalogue import CatalogueEntry, entry_of, in_order
from foedus.serving.commands import dossier_for
from foedus.serving.dossier import Dossier
from foedus.serving.keeping_values import Kept
from foedus.serving.translated import Translated, places_of, translations_of
from foedus.statements.statement import Statement
from foedus.status.standings import BareStanding, Status, status_of
from foedus.terms.evidence import Quote
from foedus.terms.treaties import Treaty

T = TypeVar("T")

MOMENT = 1.0
"""Seconds between two looks at whether the journal has grown."""
HELD = 48
"""Values that an edition holds: each may carry a register of a megabyte."""
AT_ONCE = 60
"""Treaties that are catalogued before an edition answers; more are catalogued while it does."""


GROWTH = 500
"""Treaties by which the catalogue of a large journal grows before pages that list it are made anew."""
BUSY = 1.0
"""Seconds after a request during which whoever catalogues rests for as long as it has worked, twice over."""


class Asked(msgspec.Struct, frozen=True):
    """The days that a reader asks about; None: today."""

    on: date | None = None
    known: date | None = None

    @property
    def query(self) -> str:
        """What a link carries so that the next page answers for the same days: "?on=2024-10-25", or "" for today.

        >>> Asked(date(2024, 10, 25)).query, Asked().query
        ('?on=2024-10-25', '')
        """
        days = {"on": self.on, "known": self.known}
        said = "&".join(f"{name}={day}" for name, day in days.items() if day)
        return f"?{said}" if said else ""


TODAY = Asked()


class Edition:
    """What the journal holds at one moment. Shared by threads: one at a time asks the knowledge, and what it said is kept.

    tag   differs from that of any other edition that could answer otherwise
    """

    def __init__(self, knowledge: Knowledge, tag: str) -> None:
        self.tag, self.today, self.reference = tag, knowledge.today, knowledge.reference
        self._knowledge, self._asking = knowledge, threading.RLock()
        self._kept, self._entries = Kept(HELD), dict[str, CatalogueEntry | None]()

    def ask(self, question: Callable[[Knowledge], T]) -> T:
        """What the knowledge says; waits until nobody else asks."""
        with self._asking:
            return question(self._knowledge)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """A value computed from this edition, made once and kept for a while; `key` begins with a word of the caller's own."""
        return self._kept.once(key, make)

    # Documents

    def document(self, id_: str) -> Document | None:
        return self.ask(lambda knowledge: knowledge.document(id_))

    def statements_of(self, document: str) -> tuple[Statement, ...]:
        """The statements of a document, in the order of its text."""
        return self.once(("said", document), lambda: self.ask(lambda knowledge: knowledge.statements_of(document)))

    def translated(self, document: str) -> Mapping[str, Translated]:
        """Statement id -> that its words are a translation, or likely one, for those of a document whose words are."""

        def make() -> Mapping[str, Translated]:
            return translations_of(self.statements_of(document), {document: self.document(document)}, self.reference)

        return self.once(("translated", document), make)

    def translation(self, quote: Quote) -> Translated | None:
        """That the words of a quote are a translation, or likely one; None where nothing says so."""
        return places_of(self.statements_of(quote.document), self.translated(quote.document))(quote)

    def publication(self, document: str) -> Publication | None:
        """A document as the register sees it; None where there is none."""
        return self.once(("published", document), lambda: self.ask(lambda knowledge: knowledge.publication(document)))

    def name_of(self, document: str) -> str:
        publication = self.publication(document)
        return publication.name if publication else document

    @cached_property
    def _treaties_of(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for shelf in self.ask(lambda knowledge: knowledge.placed):
            for id_ in shelf.documents:
                found.setdefault(id_, []).extend(treaty.id for treaty in shelf.treaties)
        return {id_: tuple(treaties) for id_, treaties in found.items()}

    def registers_of(self, documents: tuple[str, ...]) -> tuple[Register, ...]:
        """What is known of every treaty that may be spoken of in some documents, a register a treaty."""
        ids = sorted({treaty for id_ in documents for treaty in self._treaties_of.get(id_, ())})
        return self.once(("registers", *ids), lambda: self.ask(lambda k: tuple(k.around(i).of(i) for i in ids)))

    # Treaties

    @property
    def treaties(self) -> tuple[Treaty, ...]:
        """Every treaty, by id."""
        return self.ask(lambda knowledge: knowledge.treaties)

    @cached_property
    def called(self) -> Mapping[str, str]:
        """All that each treaty is called by, in lower case: its id, its parties and its names."""
        directory = self.reference.directory
        return {
            t.id: " ".join((t.id, *map(directory.name_of, t.parties), *(n.text for n in t.names))).lower()
            for t in self.treaties
        }

    def treaty(self, words: str) -> Treaty:
        """The one treaty that an id or some words single out.

        raises   NoSuchTreaty
        """
        return self.ask(lambda knowledge: knowledge.treaty(words))

    def picture(self, treaty: str, asked: Asked = TODAY) -> Picture | None:
        """Everything about a treaty on the days asked; None where no document known by then tells of it."""
        return self.once(
            ("picture", treaty, asked), lambda: self.ask(lambda k: k.picture(treaty, asked.on, asked.known))
        )

    def dossier(self, treaty: str, asked: Asked = TODAY) -> Dossier | None:
        """The same, in the order in which a page shows it."""

        def make() -> Dossier | None:
            picture = self.picture(treaty, asked)
            return cast(Dossier, self.ask(lambda k: dossier_for(picture, k))) if picture else None

        return self.once(("dossier", treaty, asked), make)

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        placed = self.ask(lambda knowledge: knowledge.placed)
        digests = placed.digests
        return {treaty: digests[number] for treaty, number in placed.numbers.items()}

    def rests_on(self, treaty: str, asked: Asked = TODAY) -> str:
        """Differs wherever another edition could say something else of a treaty: as known today, what its own documents and
        the rulings about them settle; on an earlier day, and of what is no treaty's id, the whole edition.
        """
        digest = self._digests.get(treaty) if asked.known is None else None
        return f"{digest} {self.today}" if digest else self.tag

    # The catalogue

    def entry(self, treaty: str, asked: Asked = TODAY) -> CatalogueEntry | None:
        """A treaty in a few lines; None where it is not yet known of."""
        if asked == TODAY and treaty in self._entries:
            return self._entries[treaty]
        picture, dossier = self.picture(treaty, asked), self.dossier(treaty, asked)
        entry = self.ask(lambda k: _entry(k, picture, dossier)) if picture and dossier else None
        if asked == TODAY:
            self._entries[treaty] = entry
        return entry

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """The treaties that are catalogued so far, those in motion first; `is_catalogued` tells whether these are all."""
        return self.once(("catalogue", self.mark), lambda: in_order(e for e in list(self._entries.values()) if e))

    @property
    def mark(self) -> int:
        """Differs as the catalogue grows, though not with every treaty: what is made of it is good for a while."""
        done = len(self._entries)
        return done if self.is_catalogued or done < AT_ONCE else done - done % GROWTH

    @property
    def is_catalogued(self) -> bool:
        return len(self._entries) >= len(self.treaties)

    def catalogued(self, before: Edition | None, stopped: Callable[[], bool]) -> Iterator[int]:
        """Catalogues treaty after treaty, taking over from an edition before what cannot have changed; yields how many are done."""
        same = self._unchanged(before)
        for done, treaty in enumerate(self.treaties, start=1):
            if stopped():
                return
            if treaty.id in same and before is not None and treaty.id in before._entries:
                self._entries[treaty.id] = before._entries[treaty.id]
            else:
                self.entry(treaty.id)
            yield done

    def _unchanged(self, before: Edition | None) -> set[str]:
        """Ids of the treaties whose shelf is as it was, on the same day."""
        if before is None or before.today != self.today:
            return set()
        digests = set(before._digests.values())
        return {treaty for treaty, digest in self._digests.items() if digest in digests}


def _entry(knowledge: Knowledge, picture: Picture, dossier: Dossier) -> CatalogueEntry:
    others = () if picture.standings else bare_standings(knowledge, picture)
    signatories = knowledge.standings(picture, [o.state for o in others if o.status is Status.SIGNATORY])
    return entry_of(dossier, knowledge.deadlines(picture), others, signatories)


def bare_standings(knowledge: Knowledge, picture: Picture) -> tuple[BareStanding, ...]:
    """Where every state stands that a treaty concerns, without proofs."""
    return tuple(
        status_of(state, picture.treaty.id, picture.on, picture.around, knowledge.reference)
        for state in knowledge.concerned(picture)
    )


def _set_aside() -> None:
    """Has the collector of garbage pass over all that an edition holds for as long as it lasts: it would look at each of
    some hundred thousand objects again and again while pages are made.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class NotReady(FoedusError):
    """The first edition is still being made; ask again in a moment."""


class Library:
    """An open journal and its present edition.

    `start` makes the first edition and watches the journal from then on; `refresh` is for those who have just written.

    prepare   is called with each treaty of an edition once that is catalogued, in the background: makes what will be asked for
    """

    def __init__(self, journal: Journal, reference: Reference, clock: Callable[[], date] = today) -> None:
        self.journal, self.reference, self._clock = journal, reference, clock
        self._edition: Edition | None = None
        self._making, self._stopped = threading.Lock(), threading.Event()
        self._asked_at = 0.0
        self._failed: FoedusError | None = None
        self._progress = ""
        self.prepare: Callable[[Edition, str], None] = lambda edition, treaty: None

    @classmethod
    def open(cls, journal: str) -> Library:
        """The library of the journal at a path or address.

        raises   JournalError if there is none
        """
        return cls(Journal.open(journal, create=False), load_reference())

    @property
    def edition(self) -> Edition:
        """The present edition, at once.

        raises   NotReady while the first is being made, or the error that kept it from being made
        """
        if self._edition is None:
            raise self._failed or NotReady(self._progress)
        return self._edition

    def refresh(self) -> Edition:
        """The edition that holds all that is recorded by now; waits for it."""
        with self._making:
            tag, before = self._tag(), self._edition
            if before is not None and before.tag == tag:
                return before
            knowledge = Knowledge.of(self.journal, self.reference, watch=self._watched)
            knowledge.today = self._clock()
            edition = Edition(knowledge, tag)
            for done in edition.catalogued(before, self._stopped.is_set):
                if done == AT_ONCE:
                    break
            self._edition = edition
            _set_aside()
        threading.Thread(target=self._catalogue, args=(edition, before), name="catalogue", daemon=True).start()
        return edition

    def asked(self) -> None:
        """Somebody waits for an answer: background work makes room."""
        self._asked_at = time.monotonic()

    def start(self) -> None:
        """Begins to watch the journal, in a thread of its own."""
        threading.Thread(target=self._watch, name="library", daemon=True).start()

    def close(self) -> None:
        """Stops watching and closes the journal."""
        self._stopped.set()
        with self._making:
            self.journal.close()

    def _catalogue(self, edition: Edition, before: Edition | None) -> None:
        """Catalogues the rest and prepares all, letting those who ask come first, until all is done or the edition is no longer the present one."""
        began = time.thread_time()
        for done in edition.catalogued(before, lambda: self._stopped.is_set() or self._edition is not edition):
            with suppress(Exception):  # whoever asks for it is told
                self.prepare(edition, edition.treaties[done - 1].id)
            is_busy = time.monotonic() - self._asked_at < BUSY
            self._stopped.wait(2 * (time.thread_time() - began) if is_busy else 0.002)
            began = time.thread_time()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            try:
                self.refresh()
                self._failed = None
            except FoedusError as error:
                self._failed = error
            self._stopped.wait(MOMENT)

    def _watched(self, doing: str, done: int, of: int) -> None:
        self._progress = f"{doing}: {done} of {of}"

    def _tag(self) -> str:
        parts = (self.journal.name, self.journal.generation(), reader_version(), self._clock())
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
