"""What commands print as JSON of what they did and found, where no room below has a type for it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.terms.proof import Issue
from foedus.terms.treaties import Treaty


class AddedSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What adding some inputs did (`foedus add`).

    new      documents that the journal did not have
    known    documents that it had
    changed  those of them of which something new is said
    refused  inputs that could not be read, and documents that were redacted before
    """

    new: int
    known: int
    changed: int
    refused: int


class BackupSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy of the journal holds (`foedus backup`).

    file       where it is, an address without its password
    documents  that can be read in it
    """

    file: str
    documents: int


class ImportedSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What importing some tables did (`foedus import`).

    new, known  tables that the journal did not have, and had
    statements  dated acts in all of them
    left_out    what they say that no statement could be made of
    refused     files that could not be read
    """

    new: int
    known: int
    statements: int
    left_out: tuple[str, ...]
    refused: int


class ListedTreaty(msgspec.Struct, frozen=True, kw_only=True):
    """A treaty of the journal (`foedus treaties`), with the headline of each party's standing."""

    id: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    statuses: dict[str, str]

    def __str__(self) -> str:
        """One line for people."""
        name = self.names[0] if self.names else ""
        return f"{self.id:24} {name:60.60} {', '.join(f'{state} {status}' for state, status in self.statuses.items())}"


class FoundIssue(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot all be true in the data on a treaty (`foedus check`)."""

    treaty: str
    kind: str
    says: str
    about: tuple[str, ...] = ()

    @classmethod
    def of(cls, treaty: str, issue: Issue) -> FoundIssue:
        return cls(treaty=treaty, kind=issue.kind, says=issue.says, about=issue.about)

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.treaty}: {self.kind}: {self.says}"


def listed(treaty: Treaty, statuses: Sequence[str]) -> ListedTreaty:
    """A treaty with the status of each of its parties, in their order."""
    names = tuple(name.text for name in treaty.names)
    return ListedTreaty(
        id=treaty.id, names=names, parties=treaty.parties, statuses=dict(zip(treaty.parties, statuses, strict=True))
    )
