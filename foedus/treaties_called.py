"""Which treaty the words mean that a user typed: of the journal by id, name or parties, of the series by id or name alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.errors import NoSuchTreaty
from foedus.reference.directory import Directory
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import TreatyRecord
from foedus.terms.treaties import Binding, Treaty, TreatyName


def record_called(words: str, reference: Reference) -> TreatyRecord | None:
    """The treaty of the series that has exactly this id or name; None where there is none."""
    wanted = words.strip().casefold()
    return next((r for r in reference.series if wanted in (r.id, *(name.casefold() for name in r.names))), None)


def recorded_treaty(record: TreatyRecord) -> Treaty:
    """A treaty that no document names, as the series has it.

    Nobody is listed as its party: who acted under it follows from what the series records.

    raises   NoSuchTreaty if the series records too little of it to tell where a state stands: its table or reports must be added
    """
    if record.tables or not record.acts:
        table = f" ({', '.join(record.tables)})" if record.tables else ""
        raise NoSuchTreaty(
            f"{record.id} stands in the treaty series, but no report or table of it is in the journal; add its reports (foedus add "
            f"FILE), or the depositary's table{table} (foedus import participation FILE)"
        )
    return Treaty(
        id=record.id,
        names=tuple(TreatyName(text=name) for name in record.names),
        bilateral=record.bilateral,
        binding=record.binding or Binding.UNSTATED,
    )


def find_treaty(words: str, treaties: Sequence[Treaty], directory: Directory) -> Treaty:
    """The treaty with that id, or whose id and names hold all the words; where none does, the names of its parties count too.

    raises   NoSuchTreaty with the candidates
    """
    exact = [t for t in treaties if t.id == words.strip().lower()]
    if exact:
        return exact[0]
    wanted = words.lower().replace("-", " ").split()
    called = {t.id: _texts(t) for t in treaties}
    fits = [t for t in treaties if _hold(called[t.id], wanted)]
    fits = fits or [t for t in treaties if _hold([*called[t.id], *_party_names(t, directory)], wanted)]
    if len(fits) == 1:
        return fits[0]
    if not treaties:
        raise NoSuchTreaty("the journal knows no treaty yet; add reports with: foedus add FILE...")
    listed = ", ".join(t.id for t in (fits or treaties)[:12])
    if fits:
        raise NoSuchTreaty(f'"{words}" fits {len(fits)} treaties; say which: {listed}')
    raise NoSuchTreaty(f'no treaty fits "{words}"; there is {listed}')


def _texts(treaty: Treaty) -> list[str]:
    return [treaty.id.replace("-", " "), *(n.text.lower().replace("-", " ") for n in treaty.names)]


def _party_names(treaty: Treaty, directory: Directory) -> Iterator[str]:
    for party in treaty.parties:
        if known := directory.find(party):
            yield from (name.lower().replace("-", " ") for name in (known.name, *(n.text for n in known.names)))


def _hold(texts: Sequence[str], words: Sequence[str]) -> bool:
    return bool(words) and all(any(word in text for text in texts) for word in words)
