"""Sentences of the register and of proofs as people read them: their days spelled out, their terms of the trade in plain words.

The register writes days as EDTF (ISO 8601-2), so that programs and terminals read the same; a page spells them out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from foedus.serving.wording import days
from foedus.terms.dates import DateRange

_DAY = r"\d{4}-\d{2}(?:-\d{2})?"
_DAYS = re.compile(rf"(?<![\w/.-]){_DAY}(?:/{_DAY})?(?![\w/-]|\.\w)")
_REPORTED = re.compile(r"\breported: [acf]_[0-9a-f]{16}\b")
"""The entry of the register that a proof rests on: its words stand under it on a page."""
PLAIN = {" [unrealised]": " (foreseen)", " [denied]": " (denied)"}


def spelled(says: str) -> str:
    """A sentence with its days spelled out; what only looks like a day stays.

    >>> spelled("dated 2024-11-06, expected for 2024-11-11/2024-11-20")
    'dated 6 November 2024, expected for 11 to 20 November 2024'
    >>> spelled("in 2023-04 or 2024-04"), spelled("VCLT 54(a); reported: f_090bf410fbcd62a4")
    ('in April 2023 or April 2024', 'VCLT 54(a); as reported')
    >>> spelled("2024-10-24.txt, 2024-13-45 and https://example.org/2024-10-24/a")
    '2024-10-24.txt, 2024-13-45 and https://example.org/2024-10-24/a'
    """
    for term, plain in PLAIN.items():
        says = says.replace(term, plain)
    says = _REPORTED.sub("as reported", says) if "reported: " in says else says
    return _DAYS.sub(_found, says) if "-" in says else says


def _found(found: re.Match[str]) -> str:
    return _days(found[0])


@lru_cache(maxsize=4_096)
def _days(edtf: str) -> str:
    try:
        return days(DateRange.parse(edtf))
    except ValueError:
        return edtf
