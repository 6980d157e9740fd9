"""Procedures as data: what a vote must reach, which procedure serves, and errors that help."""

from datetime import date
from functools import cache

import pytest

from foedus.datafiles import DATA, read_tables
from foedus.errors import DataFileError
from foedus.reference.directory import Directory, directory_of
from foedus.reference.procedures import Majority, Procedure, procedure_for, procedures_from
from foedus.terms.acts import Measure, Vote
from foedus.terms.proof import Truth

ON = date(2024, 10, 24)


@cache
def shipped() -> tuple[Procedure, ...]:
    tables = read_tables(DATA / "procedures")
    return tuple(p for name, table in tables.items() for p in procedures_from(table, f"procedures/{name}"))


@cache
def directory() -> Directory:
    return directory_of(read_tables(DATA / "directory"))


@pytest.mark.parametrize("procedure", shipped(), ids=lambda p: p.id)
def test_every_step_has_a_source_and_a_body_that_exists_and_the_last_one_is_between_states(
    procedure: Procedure,
) -> None:
    assert procedure.source
    assert [step.international for step in procedure.steps] == [False] * (len(procedure.steps) - 1) + [True]
    for step in procedure.steps:
        assert step.source and step.says
        if step.body:
            assert directory().body(step.body).state == procedure.state


def test_procedures_of_a_state_do_not_overlap_within_a_class() -> None:
    for one in shipped():
        for other in shipped():
            if one is not other and one.state == other.state and set(one.classes) & set(other.classes):
                assert (one.until or date.max) < other.since or (other.until or date.max) < one.since


MAJORITIES = {
    "total": Majority(base="total", fraction="1/2"),
    "present two thirds": Majority(base="present", fraction="2/3", reached=True, quorum="1/2", quorum_exceeded=True),
    "cast": Majority(base="cast", fraction="1/2"),
    "quarter": Majority(base="present", fraction="1/2", quorum="1/3", least="1/4"),
}


@pytest.mark.parametrize(
    ("majority", "vote", "seats", "met"),
    [
        ("total", Vote(for_=397, against=0), 450, Truth.TRUE),
        ("total", Vote(for_=226), 450, Truth.TRUE),
        ("total", Vote(for_=225, against=0), 450, Truth.FALSE),
        ("total", Vote(for_=225), None, Truth.UNKNOWN),
        ("total", Vote(unanimous=True), 450, Truth.UNKNOWN),
        ("total", Vote(unanimous=True, present=397), 450, Truth.TRUE),
        ("present two thirds", Vote(for_=67, present=100), 100, Truth.TRUE),
        ("present two thirds", Vote(for_=66, present=100), 100, Truth.FALSE),
        ("present two thirds", Vote(for_=66, against=33), 100, Truth.UNKNOWN),
        ("present two thirds", Vote(for_=67, against=32), 100, Truth.TRUE),
        ("present two thirds", Vote(for_=40, against=41), 100, Truth.FALSE),
        ("present two thirds", Vote(for_=40, present=45), 100, Truth.FALSE),
        ("present two thirds", Vote(unanimous=True), 100, Truth.UNKNOWN),
        ("cast", Vote(for_=10, against=9), 100, Truth.TRUE),
        ("cast", Vote(for_=10, against=10), 100, Truth.FALSE),
        ("cast", Vote(for_=10), 100, Truth.UNKNOWN),
        ("quarter", Vote(for_=151, against=60, present=211), 600, Truth.TRUE),
        ("quarter", Vote(for_=150, against=60, present=210), 600, Truth.FALSE),
    ],
)
def test_a_vote_meets_its_majority_only_where_the_numbers_tell(
    majority: str, vote: Vote, seats: int | None, met: Truth
) -> None:
    assert MAJORITIES[majority].met_by(vote, seats) is met


def test_a_requirement_reads_as_the_law_does() -> None:
    assert MAJORITIES["total"].words(450) == "a majority of all 450 members (226)"
    assert (
        MAJORITIES["present two thirds"].words(100).startswith("two thirds of the members present, with more than half")
    )


def test_the_procedure_in_force_on_the_day_serves() -> None:
    found = [
        procedure_for(shipped(), "PRK", ("alliance",), Measure.RATIFICATION, date(y, 1, 1)) for y in (2005, 2012, 2024)
    ]
    assert [p.id if p else None for p in found] == ["PRK-ratification-1998", None, "PRK-ratification-2016"]


def test_the_most_particular_class_wins() -> None:
    general = next(p for p in shipped() if p.id == "USA-ratification-1789")
    special = Procedure(
        **{**{f: getattr(general, f) for f in general.__struct_fields__}, "id": "x", "classes": ("alliance",)}
    )
    assert procedure_for((general, special), "USA", ("alliance",), Measure.RATIFICATION, ON) == special
    assert procedure_for((general, special), "USA", ("trade",), Measure.RATIFICATION, ON) == general
    assert procedure_for((general, special), "USA", (), Measure.DENUNCIATION, ON) is None


STEP = {"id": "1", "kind": "submit", "actor": "the President", "source": "Constitution, Art. 1"}
PROCEDURE = {"id": "X", "state": "RUS", "name": "x", "since": "2000-01-01", "source": "Constitution"}


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({**STEP, "kind": "comitee-recommend"}, 'step 1: "comitee-recommend" is no act kind.*"committee-recommend"'),
        ({**STEP, "sauce": "x"}, '"sauce" is no field here'),
        ({**STEP, "implied_by": ["9"]}, 'there is no step "9"; there is 1'),
        ({**STEP, "majority": {"base": "all", "fraction": "1/2"}}, '"all" is no base of a majority'),
        ({**STEP, "source": " "}, "a step needs its source"),
    ],
)
def test_a_faulty_step_is_refused_with_a_remedy(step: dict[str, object], message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        procedures_from({"procedure": [{**PROCEDURE, "step": [step]}]}, "procedures/RUS.toml")


def test_two_steps_may_not_share_an_id_and_a_file_holds_procedures_only() -> None:
    with pytest.raises(DataFileError, match="two steps have one id"):
        procedures_from({"procedure": [{**PROCEDURE, "step": [STEP, STEP]}]}, "procedures/RUS.toml")
    with pytest.raises(DataFileError, match="nothing else"):
        procedures_from({"steps": []}, "procedures/RUS.toml")
