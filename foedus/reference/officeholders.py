"""Who holds an office (Popolo: posts and memberships), for reports that name a person without the office."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.datafiles import Table, records
from foedus.reference.directory import Spell
from foedus.terms.agents import BodyKind


class OfficeHolder(Spell, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person in one office.

    also   other spellings of the name
    state  alpha-3
    kind   what kind of organ the office is
    role   the office in words
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    state: str
    kind: BodyKind
    role: str
    source: str
    verified: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)


def officeholders_of(tables: Mapping[str, Table]) -> tuple[OfficeHolder, ...]:
    """Every office holder of the data files.

    raises   DataFileError naming the record, the fault and the remedy
    """
    return tuple(
        h for name, table in sorted(tables.items()) for h in records(table, OfficeHolder, f"officeholders/{name}")
    )
