"""Whatever a file is, it is read within limits, or refused in one clear line."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import mutate
import pytest

FILES, SEED = 300, 11
SLOW = {
    "bomb.txt.gz",
    "bomb.warc.gz",
    "bomb-in-bomb.gz",
    "bomb.pdf",
    "verbs.txt",
    "one-line.txt",
    "spans.html",
    "entities.html",
}
"""Left to the long run."""


def test_no_mutated_file_does_harm(tmp_path: Path) -> None:
    assert mutate.read_all(mutate.made(FILES, SEED), tmp_path) == []


def test_nothing_made_by_hand_does_harm(tmp_path: Path) -> None:
    assert mutate.read_all(((n, d) for n, d in mutate.by_hand() if n not in SLOW), tmp_path) == []


def hanging(file: Path, _journal: object) -> list[str]:
    time.sleep(60)
    return []


def falling(file: Path, _journal: object) -> list[str]:
    os._exit(3)


def raising(file: Path, _journal: object) -> list[str]:
    raise ValueError("odd")


NOTICED = {
    hanging: "a.txt: takes longer than 1 seconds",
    falling: "a.txt: ends the process (3)",
    raising: "a.txt: raises",
}


@pytest.mark.parametrize("done", NOTICED)
def test_the_check_notices_what_a_file_could_do(tmp_path: Path, done: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutate.multiprocessing, "get_context", lambda _: mutate.multiprocessing.context.ForkContext())
    monkeypatch.setattr(mutate, "faults_of", done)
    monkeypatch.setattr(mutate.resource, "setrlimit", lambda *_: None)

    def files() -> Iterator[tuple[str, bytes]]:
        yield "a.txt", b"x"

    (fault,) = mutate.read_all(files(), tmp_path, seconds=1.0)
    assert fault.startswith(NOTICED[done])
