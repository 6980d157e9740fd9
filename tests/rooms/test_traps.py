"""The twenty traps of real reports: how many of the thirty cases of each are read as the language has it.

A case is right by the language, not by what the reader does, so that many fail at first. `passes` in the table is the
number that was right when it was last recorded: fewer fail the test, more ask to be recorded, with
`python tests/rooms/test_traps.py`. `pytest -v` lists the cases that are read wrongly.

A case is "text => act; act", where an act is "kind STATES factuality [date] [vote=for-against]":

    (2024-05-08) text   the report was published on that day
    kind                as in the contracts; several joined by | where the words leave it open
    STATES              alpha-3 codes joined by +; "-" for nobody; "?FRA" is a state that may be named or not
    factuality          one of the five words, several joined by |, or "?" for any
    date                EDTF as the statement must give it; "undated"; "~1999" for any date within; none is not looked at
    vote                "60-22", "60-" where nobody counts those against, "unanimous"; several joined by |
    ?act                the reader may give this act or not
    nothing             the text tells no act at all

All acts must be said, and no other may be said to have happened.
"""

import io
import json
import re
import tomllib
import warnings
from functools import cache
from pathlib import Path

import msgspec
import pytest

from foedus.documents.document import Document
from foedus.documents.time_resolution import symbolic
from foedus.errors import InputError
from foedus.gathering.inputs import gather
from foedus.pipeline import load_reference
from foedus.statements.reading import read
from foedus.statements.statement import ActMention, Statement
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality

TABLE = Path(__file__).resolve().parents[1] / "cases/traps_en.toml"
PUBLISHED = re.compile(r"\((\d{4}-\d\d-\d\d)\) (.*)", re.DOTALL)


class Expected(msgspec.Struct, frozen=True):
    """An act that a case expects, or (`optional`) allows."""

    kinds: frozenset[str]
    states: frozenset[str]
    may_name: frozenset[str]
    factuality: frozenset[str] | None
    date: str | None
    votes: tuple[str, ...]
    optional: bool

    def fits(self, said: Statement) -> bool:
        act = said.content
        assert isinstance(act, ActMention)
        return (
            act.kind in self.kinds
            and self.states <= frozenset(act.states) <= self.states | self.may_name
            and (self.factuality is None or said.factuality in self.factuality)
            and self._has_date(act)
            and (not self.votes or any(_is_vote(vote, act) for vote in self.votes))
        )

    def _has_date(self, act: ActMention) -> bool:
        if self.date is None:
            return True
        if self.date.startswith("~"):
            return act.date is not None and (act.date & DateRange.parse(self.date[1:])) is not None
        return date_of(act) == (None if self.date == "undated" else self.date)


def date_of(act: ActMention) -> str | None:
    """The date as the JSON of the statement gives it; None for a mere day of the week."""
    said = act.date.edtf if act.date else symbolic(act.timex) if act.timex else None
    return None if said is None or "W" in said else said


class Case(msgspec.Struct, frozen=True):
    """A short report and the acts it tells."""

    written: str
    text: str
    published: str | None
    acts: tuple[Expected, ...]

    def is_right(self, said: list[Statement]) -> bool:
        needed = [one for one in self.acts if not one.optional]
        if not _all_told(needed, said):
            return False
        others = [one for one in said if not any(act.fits(one) for act in self.acts)]
        return all(needed and one.factuality is not Factuality.HAPPENED for one in others)


def _all_told(needed: list[Expected], said: list[Statement]) -> bool:
    """Whether every act has a statement of its own."""
    if not needed:
        return True
    first, *rest = needed
    return any(_all_told(rest, said[:at] + said[at + 1 :]) for at, one in enumerate(said) if first.fits(one))


def _is_vote(words: str, act: ActMention) -> bool:
    if act.vote is None:
        return False
    if words == "unanimous":
        return bool(act.vote.unanimous)
    in_favour, against = words.split("-")
    return act.vote.for_ == int(in_favour) and (not against or act.vote.against == int(against))


def _case(written: str) -> Case:
    text, _, acts = written.rpartition("=>")
    dated = PUBLISHED.fullmatch(text.strip())
    published, text = (dated[1], dated[2]) if dated else (None, text.strip())
    each = [one.strip() for one in acts.split(";") if one.strip()]
    return Case(written=written, text=text, published=published, acts=tuple(map(_expected, each)))


def _expected(words: str) -> Expected:
    kind, states, sure, *rest = words.removeprefix("?").split()
    named = [] if states == "-" else states.split("+")
    return Expected(
        kinds=frozenset(kind.split("|")),
        states=frozenset(one for one in named if not one.startswith("?")),
        may_name=frozenset(one.removeprefix("?") for one in named if one.startswith("?")),
        factuality=None if sure == "?" else frozenset(sure.split("|")),
        date=next((one for one in rest if not one.startswith("vote=")), None),
        votes=tuple(vote for one in rest if one.startswith("vote=") for vote in one.removeprefix("vote=").split("|")),
        optional=words.startswith("?"),
    )


def _table() -> dict[str, tuple[int, list[Case]]]:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {trap: (row["passes"], [_case(one) for one in row["cases"]]) for trap, row in rows.items()}


TRAPS = _table()


def _acts(cases: list[Case]) -> list[list[Statement]]:
    """The acts that are read from each case, as a user would have it read."""
    lines = (json.dumps({"text": one.text, "published": one.published}) for one in cases)
    stdin = io.BytesIO("\n".join(lines).encode())
    documents: list[Document] = []
    for arrival in gather(("-",), published=None, stdin=stdin):
        assert not isinstance(arrival, InputError), arrival
        documents.append(arrival.document)
    assert len(documents) == len(cases)
    said = (read(document, load_reference()) for document in documents)
    return [[one for one in each if isinstance(one.content, ActMention)] for each in said]


@cache
def wrong(trap: str) -> tuple[tuple[Case, list[Statement]], ...]:
    cases = TRAPS[trap][1]
    pairs = zip(cases, _acts(cases), strict=True)
    return tuple((case, said) for case, said in pairs if not case.is_right(said))


def told(said: list[Statement]) -> str:
    return "; ".join(_told(one) for one in said) or "nothing"


def _told(one: Statement) -> str:
    act = one.content
    assert isinstance(act, ActMention)
    vote = f" vote={act.vote.for_}-{act.vote.against}" if act.vote else ""
    return f"{act.kind} {'+'.join(sorted(act.states)) or '-'} {one.factuality} {date_of(act) or 'undated'}{vote}"


@pytest.mark.parametrize("trap", TRAPS)
def test_no_trap_catches_the_reader_more_often_than_recorded(
    trap: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded, cases = TRAPS[trap]
    failures = [f"  {case.written!r}\n      read as {told(said)}" for case, said in wrong(trap)]
    right = len(cases) - len(failures)
    if request.config.option.verbose > 0:
        with capsys.disabled():
            print(f"\n{trap}: {right} of {len(cases)}", *failures, sep="\n")
    assert right >= recorded, "\n".join([f"{trap}: {right} of {len(cases)} right, recorded {recorded}", *failures])
    if right > recorded:
        warnings.warn(f"{trap}: {right} right, recorded {recorded}; record it in {TABLE.name}", stacklevel=1)


def test_every_trap_of_the_survey_has_thirty_cases_of_its_own() -> None:
    assert len(TRAPS) == 20
    assert all(len(cases) == 30 for _, cases in TRAPS.values())
    texts = [case.text for _, cases in TRAPS.values() for case in cases]
    assert len(set(texts)) == len(texts)


def test_a_case_demands_its_acts_and_forbids_others_that_happened() -> None:
    (said,) = _acts([_case("Peru ratified the treaty with Chile on 4 May 2010. =>")])
    assert _case("x => ratify PER happened 2010-05-04").is_right(said)
    assert _case("x => ratify PER+?CHL happened|denied ~2010").is_right(said)
    assert _case("x => ?ratify PER happened").is_right(said)
    assert not _case("x => ratify CHL happened").is_right(said)
    assert not _case("x => ratify PER denied").is_right(said)
    assert not _case("x => ratify PER happened 2011-05-04").is_right(said)
    assert not _case("x =>").is_right(said)
    assert not _case("x => ratify PER happened; ratify PER happened").is_right(said)


def record() -> None:
    """Writes what is right now into the table."""
    text = TABLE.read_text(encoding="utf-8")
    for trap, (_, cases) in TRAPS.items():
        right = len(cases) - len(wrong(trap))
        text = re.sub(rf'(\["{re.escape(trap)}"\]\npasses = )\d+', rf"\g<1>{right}", text)
        print(f"{right:3} of {len(cases)}  {trap}")
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    record()
