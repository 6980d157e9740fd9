"""Accounts and sessions: who asks, proven by a token; who may edit; and how often anybody may try.

A token is 256 random bits and is kept as its SHA-256: no dictionary fits it, so no slow hash is needed. Sessions live in memory and
end with the process; a revoked token ends its sessions with the next request.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from foedus.errors import FoedusError

if TYPE_CHECKING:
    from foedus.journal.people import Account
    from foedus.journal.record import Journal

LASTS = 12 * 3600.0
"""Seconds that a session lasts."""
MOST_SESSIONS = 10_000
LONGEST_NAME = 80


def make_account(journal: Journal, name: str, *, may_edit: bool, author: str) -> str:
    """Makes an account; its token, which cannot be had a second time.

    raises   FoedusError if it is no name, or there is one of this name already
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise FoedusError(f'"{name[:20]}" is no name for an account; write one of up to {LONGEST_NAME} letters')
    token = secrets.token_urlsafe(32)
    journal.add_account(plain, hash_of(token), may_edit=may_edit, author=author)
    return token


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.strip().encode()).hexdigest()


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody signed in.

    csrf   stands in every form of the session, and must come back with it
    ends   by the clock of `Sessions`
    """

    name: str
    may_edit: bool
    token_hash: str
    csrf: str
    ends: float


class Sessions:
    """Who is signed in, by the secret in their cookie; of the secret only the hash is held."""

    def __init__(self, journal: Journal, clock: Callable[[], float] = time.monotonic) -> None:
        self._journal, self._clock, self._lock = journal, clock, threading.Lock()
        self._held: OrderedDict[str, Session] = OrderedDict()

    def begin(self, token: str) -> tuple[str, Session] | None:
        """The secret of a new session and the session, or None if the token does not count."""
        account = self.account(token)
        if account is None:
            return None
        secret = secrets.token_urlsafe(32)
        session = Session(
            name=account.name,
            may_edit=account.may_edit,
            token_hash=hash_of(token),
            csrf=secrets.token_urlsafe(32),
            ends=self._clock() + LASTS,
        )
        with self._lock:
            self._held[hash_of(secret)] = session
            while len(self._held) > MOST_SESSIONS:
                self._held.popitem(last=False)
        return secret, session

    def of(self, secret: str) -> Session | None:
        """The session, unless it has ended or its token was revoked."""
        session = self._held.get(hash_of(secret)) if secret else None
        if session is None:
            return None
        if session.ends < self._clock() or self._journal.account_of(session.token_hash) is None:
            self.end(secret)
            return None
        return session

    def end(self, secret: str) -> None:
        with self._lock:
            self._held.pop(hash_of(secret), None)

    def account(self, token: str) -> Account | None:
        """Whose token it is, if it counts."""
        return self._journal.account_of(hash_of(token)) if token.strip() else None


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """So many requests of one address in so many seconds."""

    most: int
    seconds: float = 60.0


LIMITS = {
    "sign-in": Limit(most=10),
    "write": Limit(most=60),
    "ask": Limit(most=600),
}


class Limits:
    """Counts what each address asks for, in a sliding window, and says when it is too much."""

    MOST = 20_000

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._asked: OrderedDict[tuple[str, str], list[float]] = OrderedDict()

    def wait(self, kind: str, address: str) -> int:
        """Seconds until the address may ask again; 0, and it is counted, where it may now."""
        limit, now = LIMITS[kind], self._clock()
        with self._lock:
            recent = [at for at in self._asked.pop((kind, address), []) if at > now - limit.seconds]
            self._asked[kind, address] = recent
            while len(self._asked) > self.MOST:
                self._asked.popitem(last=False)
            if len(recent) >= limit.most:
                return max(1, round(recent[0] + limit.seconds - now + 0.5))
            recent.append(now)
            return 0
