"""What is packed comes out as it went in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.columns import LARGE, Column, Lists, Packed

NUMBERS = st.lists(st.integers(0, 2**31 - 1))


@given(NUMBERS)
def test_a_column_is_the_sequence_that_it_was_made_of(numbers: list[int]) -> None:
    column = Column.of(numbers)
    assert list(column) == numbers == [column[at] for at in range(len(column))]
    assert column.between(1, 3) == numbers[1:3]


def test_a_number_that_has_no_room_is_refused() -> None:
    assert list(Column.of([2**40], LARGE)) == [2**40]
    with pytest.raises(OverflowError):
        Column.of([2**40])


@given(st.lists(NUMBERS))
def test_lists_are_the_lists_that_they_were_made_of(lists: list[list[int]]) -> None:
    packed = Lists.of(lists)
    assert list(packed) == lists == [packed[at] for at in range(len(packed))]


@given(st.lists(st.sets(st.integers(0, 9))))
def test_inverted_lists_tell_who_has_a_number(sets: list[set[int]]) -> None:
    inverted = Lists.of(map(sorted, sets)).inverted(10)
    assert list(inverted) == [[at for at, one in enumerate(sets) if number in one] for number in range(10)]
    assert list(inverted.inverted(len(sets))) == list(map(sorted, sets))


@given(st.sets(st.binary(max_size=4)), st.binary(max_size=4))
def test_strings_are_found_where_they_stand(strings: set[bytes], sought: bytes) -> None:
    listed = sorted(strings)
    packed = Packed.of(listed)
    assert list(packed) == listed == [packed[at] for at in range(len(packed))]
    assert [packed.number(one) for one in listed] == list(range(len(listed)))
    assert packed.number(sought) == (listed.index(sought) if sought in strings else None)
