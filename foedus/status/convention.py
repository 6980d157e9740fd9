"""Whom the Vienna Convention binds as such, and whom only the custom it reflects (VCLT 1, 3, 4).

The Convention applies between states that are parties to it, and does not reach back (VCLT 4). Its rules on the making and
ending of treaties are cited everywhere; where one of the states concerned is no party, they are cited as custom.
"""

from __future__ import annotations

from collections.abc import Iterable

from foedus.reference.packs import Reference

CONVENTION = "vclt"
AS_CUSTOM = "custom reflected in"


def cite(article: str, states: Iterable[str], reference: Reference) -> str:
    """The legal basis of a move, as it applies to `states`.

    The Convention's own words where all of them are known as parties to it; else custom.
    """
    if not article.startswith("VCLT"):
        return article
    record = next((r for r in reference.series if r.id == CONVENTION), None)
    bound = record is not None and all(state in record.parties for state in states)
    return article if bound else f"{AS_CUSTOM} {article}"
