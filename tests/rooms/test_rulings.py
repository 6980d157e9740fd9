"""An editor's rulings change what is computed, never what was said; the later wins, and an undone one was never made."""

from __future__ import annotations

import pytest

from foedus.errors import FoedusError
from foedus.register.entries import Ruling
from foedus.register.rulings import ruled
from foedus.statements.statement import ActMention, Statement, statement_id
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality, Quote


def act(document: str) -> Statement:
    id_ = statement_id(document, 0, 6, "sign")
    return Statement(
        id=id_, document=document, content=ActMention(kind=Kind.SIGN), quote=Quote(document, 0, 6, "signed")
    )


ONE, OTHER = act("d1"), act("d2")


def ruling(number: int, verb: str, *args: str) -> Ruling:
    return Ruling(id=f"r_{number}", verb=verb, args=args, author="editor", recorded=f"2024-11-0{number}T00:00:00Z")


def test_a_rejected_statement_is_left_out() -> None:
    held, _ = ruled([ONE, OTHER], [ruling(1, "reject", ONE.id)])
    assert held == [OTHER]


def test_an_undone_ruling_was_never_made() -> None:
    held, _ = ruled([ONE, OTHER], [ruling(1, "reject", ONE.id), ruling(2, "undo", "r_1")])
    assert held == [ONE, OTHER]


def test_a_field_is_set_and_the_later_ruling_wins() -> None:
    held, _ = ruled(
        [ONE], [ruling(2, "set", ONE.id, "date", "2024-06-19"), ruling(1, "set", ONE.id, "date", "2024-06-18")]
    )
    (content,) = [s.content for s in held]
    assert isinstance(content, ActMention) and content.date is not None
    assert content.date.edtf == "2024-06-19"


@pytest.mark.parametrize(
    ("field", "value", "expected"), [("factuality", "denied", Factuality.DENIED), ("kind", "initial", Kind.INITIAL)]
)
def test_other_fields_can_be_set(field: str, value: str, expected: object) -> None:
    ((statement,), _) = ruled([ONE], [ruling(1, "set", ONE.id, field, value)])
    assert isinstance(statement.content, ActMention)
    assert expected in (statement.factuality, statement.content.kind)


@pytest.mark.parametrize(("field", "value"), [("weather", "fine"), ("kind", "signing"), ("date", "soon")])
def test_what_cannot_be_set_says_what_can(field: str, value: str) -> None:
    with pytest.raises(FoedusError, match=field):
        ruled([ONE], [ruling(1, "set", ONE.id, field, value)])


def test_same_and_different_are_handed_to_coreference() -> None:
    _, kept = ruled([ONE, OTHER], [ruling(1, "same", ONE.id, OTHER.id), ruling(2, "different", OTHER.id, ONE.id)])
    assert kept.same == (frozenset({ONE.id, OTHER.id}),)
    assert kept.apart == {tuple(sorted((ONE.id, OTHER.id)))}


def test_nothing_that_was_said_is_changed() -> None:
    before = (ONE, OTHER)
    ruled([ONE, OTHER], [ruling(1, "set", ONE.id, "kind", "initial"), ruling(2, "reject", OTHER.id)])
    assert before == (ONE, OTHER)
