"""Reading one shard: a fast look at every page, and the full reader on the few that speak of treaties.

The first look takes a page's text as resiliparse finds it, furniture and all, so that no report is lost by it; what passes is
extracted again with care (trafilatura), looked at once more, and read. One page that is slow or damaged costs one line.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from foedus.documents.containers import Record, document_of_record, record_in
from foedus.documents.decoding import decoded
from foedus.documents.document import Document, document_id
from foedus.documents.formats import document_from
from foedus.documents.html import looks_like_html
from foedus.documents.tongues import UNDETERMINED, tongue_of
from foedus.errors import InputError
from foedus.gathering.archive_pages import Fault, Page, ShardPages
from foedus.gathering.archives import Shard
from foedus.gathering.shard_results import MOST_FAILURES, Kept, ShardDone, ShardWriter
from foedus.gathering.shipped_data import ENGLISH, load_reference, reader_version
from foedus.statements.reading import read
from foedus.statements.relevance import is_relevant

PAGE_SECONDS = 30
"""How long one page may take."""

LONGEST_LINE = 250

THIS = "the record"
"""How an error names what it is about, where the place is told anyway."""

Tell = Callable[[int, ShardDone], None]
"""Told before each page: the byte at which it begins, and what the shard has given so far."""


class OutOfTime(BaseException):
    """A page takes too long; no Exception, because parsers catch those."""


def read_shard(shard: Shard, folder: Path, tell: Tell = lambda at, so_far: None) -> ShardDone:
    """Reads a shard into a Parquet file and a done-marker in the folder; the same shard gives the same each time.

    raises   OSError if the archive cannot be read or the folder not be written
    """
    began = time.process_time()
    result = ShardDone(shard=shard.name, archive=shard.archive.name, begins=shard.begins, reader=reader_version())
    pages, reader = ShardPages(shard), PageReader(result)
    with ShardWriter(folder, shard) as writer:
        for page in pages:
            tell(page.at, result)
            try:
                for kept in [] if isinstance(page, Fault) else reader.read(page):
                    writer.add(kept)
            except InputError as error:
                page = Fault(page.at, error)
            if isinstance(page, Fault):
                _note(shard, page, result)
        result.first, result.next = pages.first, pages.next
        result.seconds = round(time.process_time() - began, 3)
        writer.finish(result)
    return result


def _note(shard: Shard, fault: Fault, result: ShardDone) -> None:
    result.failed += 1
    if len(result.failures) < MOST_FAILURES:
        line = " ".join(str(fault.error).removeprefix(f"{THIS}: ").split())[:LONGEST_LINE]
        result.failures.append(f"{shard.archive.path}, record at byte {fault.at}: {line}")


class PageReader:
    """Reads pages and counts what they give."""

    def __init__(self, result: ShardDone) -> None:
        self._reference = load_reference()
        self._lexicon = self._reference.lexicon(ENGLISH)
        self._result = result
        self._seen: set[str] = set()

    def read(self, page: Page) -> Iterator[Kept]:
        """The document that a page holds with its statements, if it speaks of treaties and has not been read before.

        raises   InputError if the page cannot be read, or not in time
        """
        self._result.pages += 1
        self._result.size += len(page.content)
        try:
            with within(PAGE_SECONDS):
                kept = self._read(page)
        except InputError:
            raise
        except OutOfTime:
            raise InputError(f"takes more than {PAGE_SECONDS} s to read; save its text and add that") from None
        except Exception as error:  # whatever a hostile page provokes in a parser, the others are still read
            raise InputError(f"cannot be read ({type(error).__name__}: {error})") from error
        if kept:
            self._result.read += 1
            self._result.documents += 1
            self._result.statements += len(kept.statements)
            yield kept

    def _read(self, page: Page) -> Kept | None:
        record = record_in(THIS, page.content) if page.kind == "json" else None
        if not page.content.strip() or not self._passes(page, record):
            return None
        self._result.relevant += 1
        id_ = document_id(page.content)
        if id_ in self._seen:
            return None
        self._seen.add(id_)
        document = self._document(page, record)
        if not self._is_relevant(document.text):
            return None
        statements = tuple(read(document, self._reference))
        return Kept(document=document, original=page.content, statements=statements, at=page.at)

    def _passes(self, page: Page, record: Record | None) -> bool:
        """The first look; a PDF has no text to look at before it is read."""
        if record:
            text = record.text or _shown(record.html or "")
            return not text.strip() or self._is_relevant(text)  # what has no text is refused when it is read
        if "pdf" in page.kind or b"%PDF-" in page.content[:1024]:
            return True
        text, _ = decoded(THIS, page.content)
        return self._is_relevant(_shown(text) if looks_like_html(text) else text)

    def _is_relevant(self, text: str) -> bool:
        tongue = tongue_of(text, self._lexicon)
        return tongue.language != UNDETERMINED and is_relevant(text, tongue.lexicon)

    def _document(self, page: Page, record: Record | None) -> Document:
        name = page.url or f"{self._result.archive}, byte {page.at}"
        if record:
            return document_of_record(THIS, name, record, page.content, self._lexicon)
        return document_from(name, page.content, self._lexicon, url=page.url)


def _shown(html: str) -> str:
    """The words that a page shows, as fast as they can be told."""
    from resiliparse.extract.html2text import extract_plain_text  # slow to import

    shown: str = extract_plain_text(html, links=False, alt_texts=False)
    return shown


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises OutOfTime inside once the time is over, and every second from then on until somebody lets it through.

    Only a process's first thread can be stopped like this, where the system knows timers; elsewhere nothing is limited.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
