"""From which day a state is held to have succeeded to its predecessor's treaties (VCSST 22, 23).

A notice of succession is received on one day and holds from another: that of the succession of states itself. Depositaries do
not always agree on it, and what one of them says is recorded with its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from foedus.datafiles import Table, records


class Succession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The day that a depositary goes by for some states.

    depositary  "un" or "wipo"
    """

    id: str
    depositary: Literal["un", "wipo"]
    on: date
    states: tuple[str, ...]
    since: date
    source: str
    verified: bool


def successions_of(table: Table) -> Mapping[tuple[str, str], Succession]:
    """By depositary and state.

    raises   DataFileError if a record is not well formed
    """
    found = records(table, Succession, "directory/successions.toml")
    return {(one.depositary, state): one for one in found for state in one.states}
