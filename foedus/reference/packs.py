"""Everything Foedus knows before it reads, as one value that is passed as an argument."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from foedus.errors import DataFileError
from foedus.reference.directory import Directory
from foedus.reference.lexicons import Lexicon
from foedus.reference.officeholders import OfficeHolder
from foedus.reference.procedures import Procedure
from foedus.reference.treaty_series import TreatyRecord


class Reference(msgspec.Struct, frozen=True, kw_only=True, eq=False, weakref=True):
    """States and organs, procedures, known treaties, and the words of each language.

    opposed_topics  topic of a claim -> topics that cannot both be asserted of one treaty

    Compared and hashed by identity, so that compiled readers can be kept beside it.
    """

    directory: Directory
    procedures: tuple[Procedure, ...] = ()
    officeholders: tuple[OfficeHolder, ...] = ()
    series: tuple[TreatyRecord, ...] = ()
    lexicons: Mapping[str, Lexicon] = msgspec.field(default_factory=dict)
    opposed_topics: Mapping[str, frozenset[str]] = msgspec.field(default_factory=dict)

    def lexicon(self, language: str) -> Lexicon:
        """The words of a language.

        raises   DataFileError if there is no pack for it
        """
        found = self.lexicons.get(language)
        if found is None:
            raise DataFileError(f'there is no language pack "{language}"; there is {", ".join(sorted(self.lexicons))}')
        return found
