"""What is supposed: facts on a day, in the words of the predicates that norms are made of.

A supposed fact is supposed, and every answer that rests on it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from foedus.datafiles import nearest
from foedus.errors import ScenarioError
from foedus.reference.conditions import BY_NAME
from foedus.reference.directory import Directory
from foedus.terms.norms import Duty
from foedus.terms.proof import Proof, Truth


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One supposed fact.

    predicate  a name of the predicate catalogue: "armed-attack"
    args       states, in the predicate's order: who, on whom
    truth      whether it holds, fails, or is left open
    source     "supposed", or who says so
    """

    predicate: str
    args: tuple[str, ...]
    truth: Truth = Truth.TRUE
    source: str = "supposed"


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A day, and what is supposed to hold on it. What is not among the facts is unknown."""

    on: date
    facts: tuple[Fact, ...] = ()


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """What the answer would be on the word of one office: by office, document and date, never by default."""

    who: str
    document: str
    on: str | None = None
    truth: Truth
    says: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one party owes a duty to another in a scenario, three-valued.

    truth     FALSE is said to people as "no duty found under (treaty)", never "no duty"
    deciding  the facts that are unknown and would decide it, in words; empty where the answer is definite
    """

    id: str
    norm: str
    treaty: str
    article: str | None = None
    bearer: str
    toward: str
    duty: Duty
    truth: Truth
    deciding: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    on: date
    known: date | None = None
    says: str = ""
    proof: Proof


TREATY = "treaty"  # the argument of a predicate that is no state

KEYS = {"predicate", "args", "truth", "source"}


def scenario_from(table: Mapping[str, Any], directory: Directory | None = None) -> Scenario:
    """The scenario of a TOML file: `on = 2025-01-10` and `[[fact]]` tables.

    directory  where states are looked up; without it they are taken as they are
    raises     ScenarioError naming the fact, what is wrong with it, and what would have worked
    """
    unknown = sorted(set(table) - {"on", "fact"})
    if unknown:
        raise ScenarioError(f'a scenario has "on" and [[fact]] tables; it has no "{unknown[0]}"')
    facts = table.get("fact", [])
    if not isinstance(facts, list):
        raise ScenarioError("the facts of a scenario are [[fact]] tables, with two brackets on either side")
    read = tuple(_fact(fact, number, directory) for number, fact in enumerate(facts, 1))
    return Scenario(on=_day(table.get("on")), facts=_agreeing(read))


def attack_scenario(words: str, on: date, directory: Directory | None = None) -> Scenario:
    """An armed attack by the first on the second state, supposed.

    words    "KOR:PRK", attacker and victim
    raises   ScenarioError if it is not two different states

    >>> attack_scenario("KOR:PRK", date(2025, 1, 10)).facts[0].args
    ('KOR', 'PRK')
    """
    states = tuple(part.strip().upper() for part in words.split(":"))
    if len(states) != 2 or not all(states) or states[0] == states[1]:
        raise ScenarioError(f'"{words}" is no attack; give two different states, attacker and victim: KOR:PRK')
    _check_states(states, directory, f"--attack {words}")
    return Scenario(on=on, facts=(Fact(predicate="armed-attack", args=states),))


def _day(value: object) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ScenarioError(f'a scenario needs a day: on = 2025-01-10; here "on" is {value!r}') from None


def _fact(fact: object, number: int, directory: Directory | None) -> Fact:
    if not isinstance(fact, Mapping) or "predicate" not in fact:
        raise ScenarioError(f"fact {number}: a fact needs a predicate; there is {', '.join(BY_NAME)}")
    name, args = str(fact["predicate"]), fact.get("args", [])
    where = f"fact {number}, {name}"
    if name not in BY_NAME:
        raise ScenarioError(f'fact {number}: "{name}" is no predicate{nearest(name, BY_NAME)}')
    if unknown := sorted(set(fact) - KEYS):
        raise ScenarioError(f'{where}: a fact has no "{unknown[0]}"{nearest(unknown[0], KEYS)}')
    wanted = BY_NAME[name].args
    if not isinstance(args, list) or len(args) != len(wanted):
        given = len(args) if isinstance(args, list) else 0
        raise ScenarioError(f"{where}: it takes {len(wanted)} ({', '.join(wanted)}); here are {given}")
    states = tuple(str(arg) for arg, what in zip(args, wanted, strict=True) if what != TREATY)
    _check_states(states, directory, where)
    truth = _truth(fact.get("truth", True), where)
    source = str(fact.get("source", "supposed"))
    return Fact(predicate=name, args=tuple(str(arg) for arg in args), truth=truth, source=source)


def _truth(value: object, where: str) -> Truth:
    if isinstance(value, bool):
        return Truth.of(value)
    if value in {truth.value for truth in Truth}:
        return Truth(value)
    raise ScenarioError(f'{where}: truth is true, false or "unknown", not {value!r}')


def _check_states(states: tuple[str, ...], directory: Directory | None, where: str) -> None:
    if directory is None:
        return
    known = {state.id for state in directory.states} | {one.id for one in directory.organisations}
    for state in states:
        if state not in known:
            swapped = [code for code in sorted(known) if sorted(code) == sorted(state.upper())]
            hint = nearest(state, swapped or known)
            raise ScenarioError(f'{where}: "{state}" is no state{hint}; states are alpha-3 codes')


def _agreeing(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, each once.

    raises   ScenarioError if two of them contradict each other
    """
    found: dict[tuple[str, tuple[str, ...]], Fact] = {}
    for fact in facts:
        other = found.setdefault((fact.predicate, fact.args), fact)
        if other.truth is not fact.truth:
            raise ScenarioError(
                f"{fact.predicate} of {', '.join(fact.args)} is supposed both {other.truth.value} and {fact.truth.value}; keep one"
            )
    return tuple(found.values())
