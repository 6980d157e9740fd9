"""Plug-ins: functions of the same shape as the built-in ones, found by entry points, and nothing else.

Groups: `foedus.formats` (bytes to documents), `foedus.packs` (a folder of data), `foedus.checks`, `foedus.exporters`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from foedus.errors import FoedusError

GROUPS = ("foedus.formats", "foedus.packs", "foedus.checks", "foedus.exporters")


def plugins(group: str) -> Iterator[tuple[str, Any]]:
    """The plug-ins of a group, by name in alphabetical order, loaded.

    raises   FoedusError if there is no such group, or a plug-in cannot be loaded (and then names it)
    """
    if group not in GROUPS:
        raise FoedusError(f'"{group}" is no group of plug-ins; there is {", ".join(GROUPS)}')
    for entry in sorted(entry_points(group=group), key=lambda e: e.name):
        try:
            yield entry.name, entry.load()
        except Exception as error:
            raise FoedusError(f"the plug-in {entry.name} ({entry.value}) cannot be loaded: {error}") from error
