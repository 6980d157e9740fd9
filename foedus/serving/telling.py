"""Telling news: as text, JSON Lines or an Atom file, and to a webhook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from foedus.changes import News
from foedus.errors import InputError
from foedus.exchange.atom_feeds import FeedEntry, atom_of
from foedus.gathering.posting import post

KEPT = 200
"""Entries that an Atom file holds."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """News, and when it became known."""

    at: datetime
    news: News


def teller(
    format_: str, output: Path | None, webhook: str | None, allowed: Collection[str] = ()
) -> Callable[[tuple[News, ...]], None]:
    """What tells news in a format ("text", "json", "atom"), to a file or standard output, and to a webhook besides.

    raises   InputError for an Atom feed without a file to keep it in
    """
    if format_ == "atom" and output is None:
        raise InputError("an Atom feed is kept in a file: give -o FILE.atom")

    def tell(news: tuple[News, ...]) -> None:
        now = datetime.now(UTC)
        if format_ == "atom" and output is not None:
            _into_feed(output, [Heard(at=now, news=one) for one in news])
        else:
            _printed("".join(f"{_line(one, format_)}\n" for one in news), output)
        if webhook:
            body = {"schema_version": 1, "at": now, "news": news}
            try:
                post(webhook, msgspec.json.encode(body), allowed)
            except InputError as error:
                print(f"foedus: {error}", file=sys.stderr)

    return tell


def _line(news: News, format_: str) -> str:
    if format_ == "json":
        return msgspec.json.encode(msgspec.to_builtins(news) | {"schema_version": 1}).decode()
    words = "; ".join(f'"{" ".join(quote.exact.split())}"' for quote in news.quotes[:2])
    return f"{news.treaty}: {news.kind}: {news.says}" + (f"\n    {words}" if words else "")


def _printed(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        with output.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise InputError(
            f"{output}: cannot be written ({error.strerror}); give a path that you may write to"
        ) from error


def _into_feed(output: Path, heard: list[Heard]) -> None:
    """Writes the feed anew with what was heard on top; what it held before is kept beside it."""
    beside = output.with_name(output.name + ".entries.json")
    try:
        before = msgspec.json.decode(beside.read_bytes(), type=list[Heard]) if beside.exists() else []
        entries = [*reversed(heard), *before][:KEPT]
        for path, content in (
            (beside, msgspec.json.encode(entries)),
            (output, atom_of("Foedus: what changed", output.name, map(_entry, entries), entries[0].at).encode()),
        ):
            new = path.with_name(path.name + ".new")
            new.write_bytes(content)
            new.replace(path)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(f"{output}: cannot be kept ({error}); give another file with -o") from error


def _entry(heard: Heard) -> FeedEntry:
    news = heard.news
    words = "\n".join(f'"{" ".join(quote.exact.split())}"' for quote in news.quotes)
    return FeedEntry(
        key=f"{heard.at.isoformat()} {news.treaty} {news.says}",
        title=f"{news.treaty}: {news.state}: {news.was} → {news.is_}"
        if news.kind == "status"
        else f"{news.treaty}: {news.kind}",
        content=f"{news.says}\n{words}".strip(),
        updated=heard.at,
        category=news.kind,
    )
