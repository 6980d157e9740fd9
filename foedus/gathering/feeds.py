"""Feeds (RSS, Atom) asked again and again: politely, only for what is new, and from where the last look ended.

A feed is asked with the ETag and Last-Modified of its last answer; one that fails is asked ever more rarely; a site is never
asked twice within a pause. What an entry links to is fetched and kept as it was read; a page that cannot be had for the moment is
asked for again, and where it cannot be had at all, the feed's own words are kept.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from foedus.documents.containers import Record, document_of_record, records_of_feed
from foedus.documents.document import Document
from foedus.errors import InputError, NotNow
from foedus.gathering.configuration import configuration
from foedus.gathering.fetching import Fetcher, TryLater
from foedus.gathering.inputs import documents_of_page
from foedus.journal.arrivals import Arrival
from foedus.reference.lexicons import Lexicon

MOST_LOOKS = 5
"""How often a page is asked for that cannot be had for the moment, ever more rarely, before the feed's words must do."""
REMEMBERED = 5_000
"""Entries that a feed no longer lists and that are remembered as seen all the same."""
LONGEST_WAIT = timedelta(days=1)
"""Between two looks at a feed that fails, unless it is asked more rarely anyway."""
RAREST = 31_536_000
"""Seconds between two looks at most: a year."""


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One feed to watch.

    publisher  who publishes what it lists; by default its title
    every      seconds between two looks, sixty at least
    pages      whether the pages that it links to are fetched; else its own words are all there is
    """

    url: str
    publisher: str | None = None
    every: float = 900.0
    pages: bool = True


class FeedList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What FEEDS.toml says.

    pause    seconds between two requests to one site
    allowed  "host" or "host:port" that may be fetched though they are not public
    webhook  where changes are sent, as JSON, by POST
    """

    feed: tuple[Feed, ...]
    pause: float = 2.0
    allowed: tuple[str, ...] = ()
    webhook: str | None = None


class Waiting(msgspec.Struct, kw_only=True):
    """An entry whose page could not be had for the moment.

    due    when it may be asked for again
    looks  how often it was asked for in vain
    """

    record: Record
    due: datetime
    looks: int


class NotAsked(TryLater):
    """A site that asked for fewer requests and is left alone; nothing was asked of it this time."""


class LastLook(msgspec.Struct, kw_only=True):
    """Where the last look at a feed ended.

    waiting   entries whose pages are to be asked for again, by what they are known by
    seen      ids of entries, those first that were listed longest ago
    due       the moment of the next look
    failures  in a row
    """

    etag: str | None = None
    modified: str | None = None
    due: datetime | None = None
    failures: int = 0
    seen: list[str] = msgspec.field(default_factory=list)
    waiting: dict[str, Waiting] = msgspec.field(default_factory=dict)


class Kept(msgspec.Struct, kw_only=True):
    """What the file beside the list holds.

    feeds   the last look at each, by address
    untold  the moment from which on something may have come in of which nobody was told yet; None: all was told
    """

    feeds: dict[str, LastLook]
    untold: datetime | None = None


def feeds_in(path: Path) -> FeedList:
    """The list that a TOML file holds.

    raises   InputError that says what is wrong with it, and how it is written
    """
    form = 'it is written [[feed]] with url = "https://..." under it, once a feed'
    try:
        listed = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), FeedList)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; {form}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"{path}: is no list of feeds ({error}); {form}") from error
    if not listed.feed:
        raise InputError(f"{path}: lists no feed; {form}")
    for feed in listed.feed:
        if urlsplit(feed.url).scheme not in ("http", "https"):
            raise InputError(f"{path}: {feed.url} is no address of a feed; {form}")
        if not 60 <= feed.every <= RAREST:
            raise InputError(
                f"{path}: {feed.url} would be asked every {feed.every:g} seconds; every = 60 is the least, {RAREST} the most"
            )
    return listed


class Memory:
    """Where the looks at feeds ended, in a file beside the list; written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = Kept(feeds={})
        if path.exists():
            try:
                self._kept = _kept_in(path.read_bytes())
            except (OSError, msgspec.DecodeError) as error:
                raise InputError(
                    f"{path}: cannot be read ({error}); remove it, and all entries count as new"
                ) from error

    def of(self, feed: Feed) -> LastLook:
        return self._kept.feeds.setdefault(feed.url, LastLook())

    @property
    def untold(self) -> datetime | None:
        """The moment from which on something came in of which nobody was told: whoever watched was ended before."""
        return self._kept.untold

    def looks_from(self, moment: datetime) -> None:
        """What comes in from now on is untold."""
        self._kept.untold = self._kept.untold or moment
        self.keep()

    def has_told(self) -> None:
        """All that came in was told."""
        self._kept.untold = None
        self.keep()

    def keep(self) -> None:
        """Writes what is known now.

        raises   InputError if the file cannot be written
        """
        beside = self._path.with_name(self._path.name + ".new")
        try:
            beside.write_bytes(msgspec.json.format(msgspec.json.encode(self._kept), indent=1))
            beside.replace(self._path)
        except OSError as error:
            raise InputError(f"{self._path}: cannot be written ({error.strerror}); make its folder writable") from error


def _kept_in(content: bytes) -> Kept:
    """What a file says; older ones hold the last looks and nothing else."""
    try:
        return msgspec.json.decode(content, type=Kept)
    except msgspec.ValidationError:
        return Kept(feeds=msgspec.json.decode(content, type=dict[str, LastLook]))


class Poller:
    """Looks at the feeds of a list when they are due.

    clock, sleep   what time it is, and how to wait; arguments, so that a test need not wait
    """

    def __init__(
        self,
        listed: FeedList,
        memory: Memory,
        lexicon: Lexicon,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        fetcher: Fetcher | None = None,
    ) -> None:
        self.listed, self._memory, self._lexicon = listed, memory, lexicon
        self._clock, self._sleep = clock, sleep
        self._fetcher = fetcher or configuration().fetcher(listed.allowed)
        self._asked: dict[str, datetime] = {}
        self._closed: dict[str, datetime] = {}

    def due(self) -> tuple[Feed, ...]:
        """The feeds whose time has come."""
        now = self._clock()
        return tuple(f for f in self.listed.feed if (due := self._memory.of(f).due) is None or due <= now)

    def wait(self) -> None:
        """Waits until a feed is due."""
        times = [due for feed in self.listed.feed if (due := self._memory.of(feed).due) is not None]
        if len(times) == len(self.listed.feed) and times:
            self._sleep(max(0.0, (min(times) - self._clock()).total_seconds()))

    def look(self, feed: Feed) -> Iterator[Arrival | InputError]:
        """What is new in one feed; what cannot be read comes as an error.

        An entry is remembered once its document was taken by whoever asked; `keep` of the memory makes it last.
        """
        standing = self._memory.of(feed)
        try:
            with self._asking(feed.url):
                answer = self._fetcher.fetch_if_changed(feed.url, standing.etag, standing.modified)
            records = [] if answer is None else _records(feed, answer.content)
        except NotAsked as error:
            standing.due = self._clock() + timedelta(seconds=error.seconds)
            return
        except InputError as error:
            standing.failures += 1
            standing.due = self._clock() + self._after_failure(feed, standing.failures, error)
            yield error
            return
        seen = set(standing.seen)
        listed = {_known_by(record): record for record in reversed(records)}
        for known, record in ({k: one.record for k, one in standing.waiting.items()} | listed).items():
            if known not in seen and self._may_be_asked_for(standing, known):
                yield from self._of_record(feed, record, standing, known)
        if answer is not None:
            here = [known for known in listed if known not in standing.waiting]
            standing.seen = [*[known for known in standing.seen if known not in listed][-REMEMBERED:], *here]
        standing.failures = 0
        standing.due = self._clock() + timedelta(seconds=feed.every)
        if answer is not None:
            standing.etag, standing.modified = answer.etag, answer.modified

    def _of_record(self, feed: Feed, record: Record, standing: LastLook, known: str) -> Iterator[Arrival | InputError]:
        """What an entry gives: its page, or the feed's own words; it is seen then, or waits for a page that may come."""
        told = msgspec.structs.replace(record, publisher=feed.publisher or record.publisher)
        try:
            yield from self._of_page(told) if feed.pages and record.url else self._of_words(feed, told)
        except NotAsked as error:
            self._leave(record, standing, known, error)
            return
        except InputError as error:
            yield error
            if isinstance(error, NotNow) and self._is_put_off(feed, record, standing, known, error):
                return
            yield from self._of_words(feed, told)
        standing.waiting.pop(known, None)
        standing.seen.append(known)

    def _of_page(self, told: Record) -> Iterator[Arrival]:
        assert told.url is not None
        with self._asking(told.url):
            page = self._fetcher.fetch(told.url)
        for found in documents_of_page(told.url, page, self._lexicon):
            yield Arrival(self._with_told(found.document, told), found.original)

    def _of_words(self, feed: Feed, told: Record) -> Iterator[Arrival | InputError]:
        original = msgspec.json.encode(told)
        try:
            yield Arrival(document_of_record(feed.url, feed.url, told, original, self._lexicon), original)
        except InputError as error:
            yield error

    def _may_be_asked_for(self, standing: LastLook, known: str) -> bool:
        return known not in standing.waiting or standing.waiting[known].due <= self._clock()

    def _is_put_off(self, feed: Feed, record: Record, standing: LastLook, known: str, error: NotNow) -> bool:
        """Whether the page is asked for again at a later look."""
        before = standing.waiting.get(known)
        looks = before.looks + 1 if before else 1
        if looks >= MOST_LOOKS:
            return False
        due = self._clock() + self._after_failure(feed, looks - 1, error)
        standing.waiting[known] = Waiting(record=record, due=due, looks=looks)
        return True

    def _leave(self, record: Record, standing: LastLook, known: str, error: NotAsked) -> None:
        """The page waits until its site may be asked again; that counts as no look."""
        before = standing.waiting.get(known)
        due = self._clock() + timedelta(seconds=error.seconds)
        standing.waiting[known] = Waiting(record=record, due=due, looks=before.looks if before else 0)

    def _with_told(self, document: Document, record: Record) -> Document:
        """The page's document with what the feed says of it: who publishes it, its title, its day."""
        stub = Record(text=record.title or "-", published=record.published)
        said = document_of_record("feed", "feed", stub, b"-", self._lexicon).published
        return msgspec.structs.replace(
            document,
            publisher=record.publisher or document.publisher,
            title=document.title or record.title,
            published=tuple(dict.fromkeys((*said, *document.published))),
        )

    @contextmanager
    def _asking(self, url: str) -> Iterator[None]:
        """Waits until the site may be asked again, and remembers when it wants to be left alone.

        raises   NotAsked if it does, for all its addresses alike
        """
        site = urlsplit(url).netloc
        if (left := self._left(self._closed.get(site))) > 0:
            raise NotAsked(f"{url}: its site asked for fewer requests", left)
        before = self._asked.get(site)
        pause = timedelta(seconds=max(self.listed.pause, self._fetcher.delay_of(url)))
        if before is not None and (left := self._left(before + pause)) > 0:
            self._sleep(left)
        self._asked[site] = self._clock()
        try:
            yield
        except TryLater as error:
            self._closed[site] = self._clock() + min(timedelta(seconds=error.seconds), LONGEST_WAIT)
            raise

    def _left(self, until: datetime | None) -> float:
        """Seconds until then."""
        return (until - self._clock()).total_seconds() if until else 0.0

    def _after_failure(self, feed: Feed, failures: int, error: InputError) -> timedelta:
        """Twice as long after every failure, and never sooner than the site asks; a day at most."""
        every = timedelta(seconds=feed.every)
        asked = timedelta(seconds=error.seconds) if isinstance(error, TryLater) else timedelta()
        return max(every, min(max(every * 2.0 ** min(failures, 12), asked), LONGEST_WAIT))


def _records(feed: Feed, content: bytes) -> list[Record]:
    try:
        return list(records_of_feed(feed.url, content))
    except InputError:
        raise
    except Exception as error:  # whatever a hostile feed provokes in its parser, the others are still read
        raise InputError(f"{feed.url}: the feed cannot be read ({type(error).__name__}: {error})") from error


def _known_by(record: Record) -> str:
    """What an entry is known by when the feed lists it again: its id or address, else its title, else its words."""
    return str(record.id or record.url or record.title or hashlib.sha256(msgspec.json.encode(record)).hexdigest())
