"""The score of time expressions on news annotated with TimeML: the F1 of values, as TempEval-3 counts it.

The texts are not part of Foedus; name the folder that holds them (`.tml` files, such as TimeBank's or the platinum set of
TempEval-3). An expression is right when it overlaps an annotated one that nothing else has matched (relaxed match) and has
its type and value; a value is resolved from the document's own day (`DCT`), the day last spoken of, and nothing else.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from foedus.documents.time_expressions import TimeTagger, time_tagger
from foedus.documents.time_resolution import names_a_day, possible
from foedus.pipeline import load_reference
from foedus.terms.dates import Anchor, DateRange, Timex


class Marked(NamedTuple):
    """A time expression with what it says: "DATE" with "1998-02-13", "DURATION" with "P2Y"."""

    start: int
    end: int
    type: str
    value: str
    words: str


class Counts(NamedTuple):
    annotated: int
    said: int
    right: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.annotated + self.said)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of .tml files")
    parser.add_argument(
        "--errors", action="store_true", help="print every expression that is wrong, missed or invented"
    )
    options = parser.parse_args()
    files = sorted(options.folder.glob("**/*.tml"))
    if not files:
        print(f"skipped: no .tml file in {options.folder} (annotated texts are not part of Foedus)")
        return 0
    tagger = time_tagger(load_reference().lexicons["en"])
    totals = {"dates": Counts(0, 0, 0), "all types": Counts(0, 0, 0)}
    for path in files:
        written, text, annotated = annotated_text(path)
        said = list(_said(tagger, text, written))
        for name, types in (("dates", ("DATE",)), ("all types", ("DATE", "TIME", "DURATION", "SET"))):
            mine = [one for one in annotated if one.type in types]
            yours = [one for one in said if one.type in types]
            counts = Counts(
                len(mine),
                len(yours),
                len(_right(mine, yours, f"{path.stem}: " if options.errors and name != "dates" else "")),
            )
            totals[name] = Counts(*(a + b for a, b in zip(totals[name], counts, strict=True)))
    for name, counts in totals.items():
        recall, precision = (counts.right / max(1, of) for of in (counts.annotated, counts.said))
        print(
            f"{name:10} {counts.annotated:5} annotated, {counts.said:5} found: value F1 {counts.f1:.3f} ({precision=:.3f}, {recall=:.3f})"
        )
    return 0


def annotated_text(path: Path) -> tuple[date, str, list[Marked]]:
    """The day of a TimeML document, its text, and the time expressions marked in it."""
    root = ElementTree.parse(path).getroot()
    day = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if day is None or body is None:
        sys.exit(f"{path}: no TimeML document with a DCT and a TEXT (TempEval-3 prints both)")
    pieces: list[str] = []
    marked: list[Marked] = []
    _collect(body, pieces, marked)
    return date.fromisoformat(day.attrib["value"][:10]), "".join(pieces), marked


def _collect(node: ElementTree.Element, pieces: list[str], marked: list[Marked]) -> None:
    start = sum(map(len, pieces))
    pieces.append(node.text or "")
    for child in node:
        _collect(child, pieces, marked)
        pieces.append(child.tail or "")
    if node.tag == "TIMEX3":
        end = sum(map(len, pieces))
        marked.append(Marked(start, end, node.attrib["type"], node.attrib["value"], "".join(pieces)[start:end]))


def _said(tagger: TimeTagger, text: str, written: date) -> Iterator[Marked]:
    last: DateRange | None = None
    for timex in tagger.tag(text):
        context = last if timex.anchor in (Anchor.CONTEXT, Anchor.EVENT) else None
        days = next(iter(possible(timex, written, context, None)), None)
        yield Marked(timex.start, timex.end, timex.type, _value(timex, days), timex.words)
        if days is not None and names_a_day(timex):
            last = days


def _value(timex: Timex, days: DateRange | None) -> str:
    """As TimeML writes it: a week by its number, the open digits of a season, quarter or part of the day filled in."""
    if timex.type in ("DURATION", "SET") or days is None:
        return timex.value
    value, _, part = timex.value.partition("T")
    if value.endswith("X") and value[:3].isdigit():
        named = value[:3]
    elif len(days) == 7 and "W" in value:
        named = f"{days.earliest:%G-W%V}"
    elif value[5:6] in "QHSFW" and value[5:7] not in ("WX", "W0"):
        named = value.replace("XXXX", str(days.earliest.year)).replace("QX", f"Q{(days.earliest.month + 2) // 3}")
    elif value.count("-") >= 2 or timex.unit == "day":
        named = days.earliest.isoformat()
    else:
        named = days.earliest.isoformat()[: len(value)]
    return f"{named}T{part}" if part else named


def _right(annotated: Sequence[Marked], said: Sequence[Marked], printed: str) -> list[Marked]:
    """The annotated expressions that were found with their type and value; the others are printed after `printed`, if it is not empty."""
    free, right = list(said), []
    for one in annotated:
        here = next((other for other in free if other.start < one.end and one.start < other.end), None)
        if here is not None:
            free.remove(here)
        if here is not None and (here.type, here.value) == (one.type, one.value):
            right.append(one)
        elif printed:
            print(
                f"{printed}{one.words!r} is {one.type} {one.value}, said {here and (here.words, here.type, here.value)}"
            )
    for one in free if printed else ():
        print(f"{printed}invented {one.words!r} {one.type} {one.value}")
    return right


if __name__ == "__main__":
    sys.exit(main())
