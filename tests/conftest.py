"""Its being here lets every test import what stands in this folder (`registers_by_hand`); and journals on both databases."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from postgres_server import Server, Unusable, server

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""A machine that does other work fails no test: speed is measured in `benchmarks/`."""

collect_ignore_glob = ["conftest.py", "*/conftest.py"]
"""Doctests are looked for in every module, and of these several have one name."""


@pytest.fixture(scope="session", autouse=True)
def tests_set_aside() -> Iterator[None]:
    """Sets the thousands of tests aside for good: a site whose edition is new has the collector look at all that there is."""
    gc.freeze()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "unfreeze", lambda: None)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL server for all tests of a process."""
    try:
        with server() as running:
            yield running
    except Unusable as error:
        pytest.skip(f"journals are tested on SQLite only: {error}")


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The address of an empty database."""
    address = postgres.database()
    yield address
    postgres.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a journal may be made, on each database in turn: a path, or an address."""
    return request.getfixturevalue("database") if request.param == "postgresql" else str(tmp_path / "foedus.db")
