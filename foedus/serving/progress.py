"""Progress bars on standard error: for people at a terminal, and only where something takes longer than two seconds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
PATIENCE = 2.0
"""Seconds before a bar is shown."""


class Bar:
    """What is being done, how far, how fast, and how long it will still take. A context manager; `watch` tells it."""

    def __init__(self, quiet: bool = False, patience: float = PATIENCE, console: Any = None) -> None:
        self._is_off = quiet or (console is None and not sys.stderr.isatty())
        self._patience, self._console = patience, console
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, Any] = {}

    def watch(self, doing: str, done: int, of: int | None) -> None:
        """`done` things of `of` (None: nobody knows how many there are) are done of what is being done."""
        if self._is_off or time.monotonic() - self._began < self._patience:
            return
        progress = self._shown()
        if doing not in self._tasks:
            for task in self._tasks.values():
                progress.update(task, visible=False)
            self._tasks[doing] = progress.add_task(doing, total=of, rate="")
        task = progress.tasks[-1]
        rate = f"{task.speed:.0f} a second" if task.speed else ""
        progress.update(self._tasks[doing], completed=done, total=of, rate=rate)
        if done == of:
            progress.refresh()

    def passing(self, doing: str, things: Iterable[T], amount: Callable[[T], int], of: int | None) -> Iterator[T]:
        """The things, one by one, while it is watched how much of all they amount to."""
        done, coming = 0, iter(things)
        with self.doing(doing):  # the first may be long in coming: a page from the web, a large file
            first = list(islice(coming, 1))
        for thing in chain(first, coming):
            done += amount(thing)
            self.watch(doing, done if of is None else min(done, of), of)
            yield thing

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """While something is done of which nobody knows how far it is: says what, once it takes longer than the patience."""
        timer = threading.Timer(self._patience, self.watch, (what, 0, None))
        timer.daemon = True
        if not self._is_off:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if not self._is_off:
                timer.join()  # if it is just speaking: one at a time

    def _shown(self) -> Progress:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            rate = TextColumn("{task.fields[rate]}", style="progress.data.speed")
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
            self._progress = Progress(*columns, console=self._console or Console(stderr=True), transient=True)
            self._progress.start()
        return self._progress

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()
