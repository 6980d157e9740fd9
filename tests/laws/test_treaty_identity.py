"""Which keys are one treaty: looking only at likely groups finds what looking at all finds, in any order."""

from unittest import mock

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.register import grouping as grouping_module
from foedus.register import shelves as shelves_module
from foedus.register.grouping import Group, is_anyones, is_same, is_vague
from foedus.register.identity import TreatyKey, coded, grouped, numbered, strength
from foedus.register.shelves import Finder, Grouping, Shelf, shelf_of, shelves_of
from foedus.register.told import Telling, Told

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
        fits = [group for group in groups if is_same(group, name, len(group.words & name.words))] or [
            Group(len(groups))
        ]
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
@given(st.sets(keys(), max_size=60), st.sampled_from([0, 1, 3, grouping_module.FEW]))
def test_likely_groups_are_enough(found: set[TreatyKey], few: int) -> None:
    with mock.patch.object(grouping_module, "FEW", few):
        assert grouped(found) == grouped([*found, *found]) == grouped_by_looking_at_all(found)


Named = dict[str, list[TreatyKey]]
IDS = [f"d_{n:02}" for n in range(12)]


def columns(named: Named) -> Told:
    return Told.of(Telling(id_, "", tuple(map(msgspec.msgpack.encode, named[id_]))) for id_ in sorted(named))


def shelves(named: Named, most: int = shelves_module.MOST) -> list[Shelf]:
    told = columns(named)
    grouping = Grouping.of(told)
    return [shelf_of(held, told, grouping) for held in shelves_of(told, grouping, most)]


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(IDS), st.lists(keys(), max_size=3)), st.randoms())
def test_shelves_do_not_depend_on_the_order_of_documents(told: Named, chance: object) -> None:
    listed = list(told.items())
    chance.shuffle(listed)  # type: ignore[attr-defined]
    assert shelves(told) == shelves({id_: said[::-1] for id_, said in listed})


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(IDS), st.lists(keys(), max_size=3)))
def test_no_treaty_stands_on_two_shelves_and_no_document_of_it_elsewhere(told: Named) -> None:
    groups = grouped(key for said in told.values() for key in said)
    found = shelves(told)
    owned = [number for shelf in found for number in shelf.own]
    assert len(owned) == len(set(owned))
    for id_, said in told.items():
        for number in numbered(said, groups).values():
            assert [id_ in shelf.documents for shelf in found if number in shelf.own] == [True]


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from(IDS), st.lists(keys(), max_size=3), min_size=1),
    st.integers(1, 12),
    st.data(),
)
def test_a_shelf_found_by_its_documents_is_the_one_that_looking_at_all_makes(
    named: Named, most: int, data: st.DataObject
) -> None:
    held = columns(named)
    there = data.draw(st.sets(st.sampled_from(sorted(named))))
    left = columns({id_: said for id_, said in named.items() if id_ in there})
    used = sorted({name for id_ in there if (n := held.number(id_)) is not None for name in held.uses[n]})
    grouping, users = Grouping.of(held, used), held.uses.inverted(len(held.names))
    finder = Finder(held, grouping, users, lambda document: held.document(document) in there, most)
    for _ in range(3):
        asked = data.draw(st.sets(st.sampled_from(sorted(there)))) if there else set()
        numbers = [n for id_ in asked if (n := held.number(id_)) is not None]
        found = [shelf_of(one, held, grouping) for one in finder.holding(numbers)]
        alone = Grouping.of(left)
        whole = [shelf_of(one, left, alone) for one in shelves_of(left, alone, most)]
        assert found == [shelf for shelf in whole if asked.intersection(shelf.documents)]
