"""Acts in plain words, as proofs and issues name them."""

from types import SimpleNamespace

import pytest

from foedus import load_reference
from foedus.register.act_wording import act_in_words
from foedus.terms.acts import DEED, Kind
from foedus.terms.agents import Agent, BodyKind, in_a_sentence
from foedus.terms.evidence import Factuality

REFERENCE = load_reference()


def words(kind: Kind, *states: str, actor: Agent | None = None, factuality: Factuality = Factuality.HAPPENED) -> str:
    key = SimpleNamespace(kind=kind, factuality=factuality)
    return act_in_words(SimpleNamespace(key=key, actor=actor, states=states), REFERENCE)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_a_noun_and_not_the_name_of_the_kind(kind: Kind) -> None:
    assert kind in DEED and DEED[kind] not in {k.value.replace("-", " ") for k in Kind} - {
        "review",
        "referendum",
        "provisional application",
    }


@pytest.mark.parametrize(
    ("kind", "states", "said"),
    [
        (Kind.TERMINATE, ("PRK", "RUS"), "termination of the treaty for North Korea and Russia"),
        (Kind.ENTER_INTO_FORCE, ("JPN", "PHL"), "entry into force for Japan and Philippines"),
        (Kind.SIGN, ("JPN", "PHL"), "signature by Japan and Philippines"),
        (Kind.SUSPEND, ("RUS",), "suspension of the treaty by Russia"),
        (Kind.ACCEDE, ("FIN",), "accession by Finland"),
        (Kind.ADOPT, (), "adoption of the text"),
    ],
)
def test_an_act_names_who_did_it_or_for_whom_it_came_about(kind: Kind, states: tuple[str, ...], said: str) -> None:
    assert words(kind, *states) == said


def test_an_organ_has_its_article_and_its_state() -> None:
    duma = Agent(name="State Duma", kind=BodyKind.LOWER_HOUSE)
    assert words(Kind.CHAMBER_APPROVE, "RUS", actor=duma) == "approval by the State Duma (Russia)"
    assert words(Kind.EXTEND, "RUS", factuality=Factuality.DENIED) == "extension by Russia [denied]"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("State Duma", BodyKind.LOWER_HOUSE, "the State Duma"),
        ("the Diet", BodyKind.PARLIAMENT, "the Diet"),
        ("The international affairs committee", BodyKind.COMMITTEE, "the international affairs committee"),
        ("Nepal's parliament", BodyKind.PARLIAMENT, "Nepal's parliament"),
        ("Vladimir Putin", BodyKind.HEAD_OF_STATE, "Vladimir Putin"),
        ("The Example Wire", BodyKind.OTHER, "The Example Wire"),
    ],
)
def test_a_name_stands_in_a_sentence_with_the_article_that_it_needs(name: str, kind: BodyKind, said: str) -> None:
    assert in_a_sentence(Agent(name=name, kind=kind)) == said
