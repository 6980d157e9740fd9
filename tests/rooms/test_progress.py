"""A bar is shown to people at a terminal, once something takes its time."""

import io
import time
from collections.abc import Iterator

from rich.console import Console

from foedus.serving.progress import Bar


def told(is_terminal: bool, quiet: bool = False, patience: float = 0.0) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=is_terminal, width=120) if is_terminal else None
    with Bar(quiet, patience, console) as bar:
        for done in range(5):
            bar.watch("reading", done, 4)
        bar.watch("reconciling", 1, None)
    return out.getvalue()


def test_it_says_what_is_done_and_how_far() -> None:
    said = told(is_terminal=True)
    assert "reading" in said
    assert "4/4" in said
    assert "reconciling" in said


def test_it_watches_what_passes_and_says_how_long_the_rest_will_take() -> None:
    out = io.StringIO()
    with Bar(patience=0.0, console=Console(file=out, force_terminal=True, width=120)) as bar:
        passed = []
        for word in bar.passing("reading, bytes", ["one", "three", "seventeen"], len, 20):
            passed.append(word)
            time.sleep(0.2)
    assert passed == ["one", "three", "seventeen"]
    assert "17/20" in out.getvalue() and "a second" in out.getvalue()
    assert "0:00:0" in out.getvalue()


def test_nothing_is_shown_where_nobody_looks_or_nothing_takes_long() -> None:
    assert told(is_terminal=False) == ""
    assert told(is_terminal=True, quiet=True) == ""
    assert told(is_terminal=True, patience=60) == ""


def test_what_nobody_can_count_is_named_once_it_takes_long() -> None:
    out = io.StringIO()
    with Bar(patience=0.05, console=Console(file=out, force_terminal=True, width=120)) as bar:
        with bar.doing("wiping the disk"):
            pass
        time.sleep(0.15)
        assert out.getvalue() == "", "it was done at once"
        with bar.doing("fetching the page"):
            time.sleep(0.4)
    assert "fetching the page" in out.getvalue() and "wiping" not in out.getvalue()


def test_the_first_that_is_long_in_coming_is_waited_for_with_a_bar() -> None:
    def slow() -> Iterator[str]:
        time.sleep(0.4)
        yield "page"

    out = io.StringIO()
    with Bar(patience=0.05, console=Console(file=out, force_terminal=True, width=120)) as bar:
        coming = bar.passing("reading, bytes", slow(), len, 4)
        assert next(coming) == "page"
    assert "reading, bytes" in out.getvalue()
