"""Who may sign in to the site over a journal, and what was done through it.

Of a token only its hash is kept. Accounts are the one thing in a journal that changes; what was done with them is appended.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from foedus.errors import JournalError
from foedus.journal.tables import accounts, audit


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in.

    may_edit  may rule and enter statements, not only read
    made      when the account was made, ISO 8601
    revoked   when its token ceased to count, or None
    """

    name: str
    may_edit: bool
    made: str
    revoked: str | None = None


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done: "sign-in", "refused", "sign-out", "rule", "state", "user-add", "user-revoke"."""

    who: str
    deed: str
    about: str
    recorded: str


def add(connection: Connection, name: str, token_hash: str, may_edit: bool, now: str) -> Account:
    """An account with a token; a revoked one gets a new token.

    raises   JournalError if there is one of this name already
    """
    before = next((one for one in listed(connection) if one.name == name), None)
    if before is not None and before.revoked is None:
        raise JournalError(f'there is an account "{name}" already; revoke it first with: foedus user revoke "{name}"')
    row = {"token_hash": token_hash, "may_edit": may_edit, "made_at": now, "revoked_at": None}
    if before is None:
        connection.execute(accounts.insert(), {"name": name, **row})
    else:
        connection.execute(accounts.update().where(accounts.c.name == name).values(**row))
    return Account(name=name, may_edit=may_edit, made=now)


def revoke(connection: Connection, name: str, now: str) -> None:
    """Ends what a token counts for.

    raises   JournalError if there is no such account with a token that counts
    """
    found = accounts.update().where(accounts.c.name == name, accounts.c.revoked_at.is_(None))
    if connection.execute(found.values(revoked_at=now)).rowcount == 0:
        counting = ", ".join(one.name for one in listed(connection) if one.revoked is None) or "none"
        raise JournalError(f'there is no account "{name}" to revoke; there is {counting}')


def listed(connection: Connection) -> Iterator[Account]:
    """All accounts, by name."""
    for row in connection.execute(select(accounts).order_by(accounts.c.name)):
        yield Account(name=row.name, may_edit=row.may_edit, made=row.made_at, revoked=row.revoked_at)


def of_token(connection: Connection, token_hash: str) -> Account | None:
    """The account whose token has this hash, unless it was revoked."""
    query = select(accounts).where(accounts.c.token_hash == token_hash, accounts.c.revoked_at.is_(None))
    row = connection.execute(query).one_or_none()
    return None if row is None else Account(name=row.name, may_edit=row.may_edit, made=row.made_at)


def note(connection: Connection, who: str, deed: str, about: str, now: str) -> None:
    """Appends to the audit."""
    connection.execute(audit.insert(), {"who": who, "deed": deed, "about": about, "recorded_at": now})


def deeds(connection: Connection, limit: int) -> Iterator[Deed]:
    """What was done, the newest first."""
    for row in connection.execute(select(audit).order_by(audit.c.number.desc()).limit(limit)):
        yield Deed(who=row.who, deed=row.deed, about=row.about, recorded=row.recorded_at)
