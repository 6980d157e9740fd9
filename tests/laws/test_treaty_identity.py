"""Which keys are one treaty: looking only at likely groups finds what looking at all finds, in any order."""

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.register import grouping
from foedus.register.grouping import Group, is_anyones, is_same, is_vague
from foedus.register.identity import TreatyKey, coded, grouped, numbered, strength
from foedus.register.shelves import Finder, Naming, shelves_of

WORDS = ["treaty", "agreement", "trade", *(f"word{n}" for n in range(8))]


def keys() -> st.SearchStrategy[TreatyKey]:
    return st.builds(
        TreatyKey,
        st.sampled_from(["", "", "", "one", "other"]),
        st.lists(st.sampled_from(["CHL", "GHA", "NPL", "TGO"]), max_size=3, unique=True).map(sorted).map(tuple),
        st.lists(st.sampled_from(WORDS), max_size=5, unique=True).map(sorted).map(tuple),
        st.lists(st.integers(2001, 2004), max_size=2, unique=True).map(sorted).map(tuple),
        st.lists(st.sampled_from(["trad", "fish", "defe"]), max_size=2, unique=True).map(sorted).map(tuple),
    )


def grouped_by_looking_at_all(found: set[TreatyKey]) -> dict[TreatyKey, tuple[int, ...]]:
    keys = sorted((k for k in found if k.id or k.parties or k.words), key=strength)
    groups: list[Group] = []
    numbers: dict[TreatyKey, tuple[int, ...]] = {}
    for key, name in zip(keys, coded(keys), strict=True):
        fits = [group for group in groups if is_same(group, name)] or [Group(len(groups))]
        if name.parties:
            most = max(len(group.words & name.words) for group in fits)
            fits = [group for group in fits if len(group.words & name.words) == most]
        if len(fits) > 1 and is_anyones(name, fits):
            numbers[key] = tuple(group.number for group in fits)
        elif len(fits) < 2 or not is_vague(name):
            groups += fits[:1] if fits[0].number == len(groups) else []
            fits[0].admit(name)
            numbers[key] = (fits[0].number,)
    return numbers


@settings(max_examples=200)
@given(st.sets(keys(), max_size=60), st.sampled_from([0, 1, 3, grouping.FEW]))
def test_likely_groups_are_enough(found: set[TreatyKey], few: int) -> None:
    with mock.patch.object(grouping, "FEW", few):
        assert grouped(found) == grouped([*found, *found]) == grouped_by_looking_at_all(found)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([f"d_{n}" for n in range(12)]), st.lists(keys(), max_size=3)), st.randoms())
def test_shelves_do_not_depend_on_the_order_of_documents(told: dict[str, list[TreatyKey]], chance: object) -> None:
    listed = list(told.items())
    chance.shuffle(listed)  # type: ignore[attr-defined]
    named = {id_: Naming(tuple(said)) for id_, said in told.items()}
    shuffled = {id_: Naming(tuple(reversed(said))) for id_, said in listed}
    assert shelves_of(named) == shelves_of(shuffled)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([f"d_{n}" for n in range(12)]), st.lists(keys(), max_size=3)))
def test_no_treaty_stands_on_two_shelves_and_no_document_of_it_elsewhere(told: dict[str, list[TreatyKey]]) -> None:
    named = {id_: Naming(tuple(said)) for id_, said in told.items()}
    groups = grouped(key for said in told.values() for key in said)
    shelves = shelves_of(named)
    owned = [number for shelf in shelves for number in shelf.own]
    assert len(owned) == len(set(owned))
    for id_, said in told.items():
        for number in numbered(said, groups).values():
            assert [id_ in shelf.documents for shelf in shelves if number in shelf.own] == [True]


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from([f"d_{n}" for n in range(12)]), st.lists(keys(), max_size=3), min_size=1),
    st.integers(1, 12),
    st.data(),
)
def test_a_shelf_found_by_its_documents_is_the_one_that_looking_at_all_makes(
    told: dict[str, list[TreatyKey]], most: int, data: st.DataObject
) -> None:
    named = {id_: Naming(tuple(said)) for id_, said in told.items()}
    groups = grouped(key for said in told.values() for key in said)
    finder = Finder(groups, told.__getitem__, lambda key: [id_ for id_ in told if key in told[id_]], most)
    for _ in range(3):
        asked = data.draw(st.sets(st.sampled_from(sorted(told))))
        whole = [(s.documents, s.own) for s in shelves_of(named, most) if asked.intersection(s.documents)]
        assert [(tuple(held.documents), held.own) for held in finder.holding(asked)] == whole
