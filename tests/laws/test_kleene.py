"""Kleene's laws hold of every answer: more knowledge never turns a definite answer, and none is true over something unknown."""

from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from registers_by_hand import COURSE, FINDINGS, MUTUAL_ASSISTANCE, finding, reference, register

from foedus.obligations.evaluation import evaluate
from foedus.obligations.scenario import Answer, Fact, Scenario
from foedus.reference.conditions import BY_NAME
from foedus.terms.norms import Condition, Limit, Op
from foedus.terms.proof import Proof, Truth, all_of, any_of

STATES = ("RUS", "PRK", "KOR", "USA")
VARIABLES = ("?bearer", "?toward", "?other")
NAMES = tuple(name for name, predicate in BY_NAME.items() if "treaty" not in predicate.args)

truths = st.sampled_from(Truth)
atoms = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(*(st.sampled_from(VARIABLES) for _ in BY_NAME[name].args)).map(
        lambda args: Condition(predicate=name, args=args)
    )
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(lambda part: Condition(op=Op.NOT, parts=(part,))),
        st.tuples(st.sampled_from([Op.ALL, Op.ANY]), st.lists(inner, min_size=1, max_size=3)).map(
            lambda drawn: Condition(op=drawn[0], parts=tuple(drawn[1]))
        ),
    ),
    max_leaves=5,
)
limits = st.lists(st.sampled_from(["charter-51", "request", "domestic-law", "territory"]), max_size=2, unique=True)
facts = st.dictionaries(
    st.sampled_from(NAMES).flatmap(
        lambda name: st.tuples(st.just(name), st.tuples(*(st.sampled_from(STATES) for _ in BY_NAME[name].args)))
    ),
    truths,
    max_size=6,
)
days = st.dates(date(2024, 6, 1), date(2025, 6, 1))


def answers(
    condition: Condition, kinds: list[str], supposed: dict[tuple[str, tuple[str, ...]], Truth], on: date
) -> dict[str, Answer]:
    norm = msgspec.structs.replace(MUTUAL_ASSISTANCE, conditions=condition, limits=tuple(Limit(kind=k) for k in kinds))
    found = register(COURSE, findings=(FINDINGS[0], finding("mutual-assistance", "defense", "4", norm)))
    scenario = Scenario(on=on, facts=tuple(Fact(predicate=n, args=a, truth=t) for (n, a), t in supposed.items()))
    return {f"{a.bearer}-{a.toward}": a for a in evaluate(scenario, found, reference())}


def sound(proof: Proof) -> bool:
    """TRUE only over leaves that are definite, and with a reason at every leaf."""
    definite = proof.truth is Truth.UNKNOWN or not proof.because or proof.truth is Truth.FALSE
    return bool(proof.by and proof.says) and (definite or all(map(sound, proof.because)))


@settings(max_examples=150)
@given(conditions, limits, facts, facts, days)
def test_deciding_an_unknown_fact_never_turns_a_definite_answer(
    condition: Condition,
    kinds: list[str],
    supposed: dict[tuple[str, tuple[str, ...]], Truth],
    more: dict[tuple[str, tuple[str, ...]], Truth],
    on: date,
) -> None:
    kept = {fact: truth for fact, truth in supposed.items() if fact[0] != "un-member"}
    added = {f: t for f, t in more.items() if f[0] != "un-member" and kept.get(f, Truth.UNKNOWN) is Truth.UNKNOWN}
    before, after = answers(condition, kinds, kept, on), answers(condition, kinds, {**kept, **added}, on)
    for pair, answer in before.items():
        assert answer.truth is Truth.UNKNOWN or after[pair].truth is answer.truth


@settings(max_examples=150)
@given(conditions, limits, facts, days)
def test_what_would_decide_is_named_exactly_where_the_answer_is_unknown(
    condition: Condition, kinds: list[str], supposed: dict[tuple[str, tuple[str, ...]], Truth], on: date
) -> None:
    for answer in answers(condition, kinds, supposed, on).values():
        assert bool(answer.deciding) is (answer.truth is Truth.UNKNOWN)
        assert all(words.startswith("whether ") for words in answer.deciding)
        assert sound(answer.proof) and answer.truth is answer.proof.truth


@given(st.lists(truths, max_size=4), st.lists(truths, max_size=4))
def test_de_morgan_and_the_order_of_parts(first: list[Truth], second: list[Truth]) -> None:
    assert ~all_of(first) is any_of(~truth for truth in first)
    assert all_of(first + second) is all_of(second + first) is all_of(first) & all_of(second)


def sure(truth: Truth, other: Truth) -> bool:
    return truth is Truth.UNKNOWN or truth is other


@given(truths, truths, truths, truths)
def test_the_connectives_are_monotone_in_the_order_of_information(a: Truth, b: Truth, c: Truth, d: Truth) -> None:
    if sure(a, b) and sure(c, d):
        assert sure(a & c, b & d) and sure(a | c, b | d) and sure(~a, ~b)
