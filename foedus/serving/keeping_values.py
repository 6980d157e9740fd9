"""Values computed once, however many threads ask for one at the same time, and kept while they are used."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Kept:
    """Values by key; the least used are forgotten once there are more than so many."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._held: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`; `make` is called if there is none, by the first who asks. What it raises is not kept."""
        with self._lock:
            future, is_new = self._held.get(key), False
            if future is None:
                future, is_new = self._held.setdefault(key, Future()), True
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        if is_new:
            try:
                future.set_result(make())
            except BaseException as error:
                with self._lock:
                    if self._held.get(key) is future:
                        del self._held[key]
                future.set_exception(error)
        return cast(T, future.result())
