"""The words of a language, as data: one folder a language, one TOML file a family of rules.

A room that reads words defines a struct for its file and asks for it here; the struct says what the file must hold, so a
new language is a new folder and no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from foedus.errors import DataFileError

T = TypeVar("T")


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One language's tables.

    language  ISO 639-1
    tables    file stem -> the file's content, as plain TOML values
    beside    the packs of other languages, by their codes, for texts that turn out to be in one of them
    """

    language: str
    tables: Mapping[str, Mapping[str, Any]]
    beside: Mapping[str, Lexicon] = msgspec.field(default_factory=dict)

    def section(self, name: str, shape: type[T]) -> T:
        """The file `name`.toml as `shape`.

        raises   DataFileError if the language has no such file, or the file does not fit
        """
        table = self.tables.get(name)
        if table is None:
            raise DataFileError(
                f'lexicons/{self.language}: there is no "{name}.toml"; there is {", ".join(sorted(self.tables))}'
            )
        try:
            return msgspec.convert(table, shape)
        except msgspec.ValidationError as error:
            raise DataFileError(f"lexicons/{self.language}/{name}.toml: {error}") from error
