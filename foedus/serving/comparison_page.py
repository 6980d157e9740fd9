"""Two to six reports side by side: agreements, silences and contradictions, aligned by act, provision and topic."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from foedus.errors import FoedusError
from foedus.register.entries import Publication
from foedus.serving.comparing import Accord, Comparison, compare
from foedus.serving.dossier import document_label, state_names
from foedus.serving.library import Edition
from foedus.serving.site_parts import Site, title_of

LEAST, MOST = 2, 6
"""Reports that one page compares."""
OFFERED = 60
"""Reports that the form offers at once."""

HEADINGS = (
    # accord            heading                          what it means
    (Accord.CONTRADICTED, "Where they contradict each other", "Accounts that cannot all be so, or words for a day that all evidence overrules."),
    (Accord.AGREED, "Where they agree", "At least two tell it, and none disputes it."),
    (Accord.SINGLE, "What only one of them tells", "Silence is no denial."),
)  # fmt: skip


def routes(site: Site) -> list[BaseRoute]:
    """The comparison, and the form that begins it."""

    def page(edition: Edition, request: Request) -> str:
        chosen = list(dict.fromkeys(request.query_params.getlist("r")))
        treaty, words = request.query_params.get("treaty", ""), request.query_params.get("q", "").strip()
        if len(chosen) < LEAST:
            offered, found = offered_reports(site, edition, treaty, words)
            return site.render(
                "compare_form.html.j2",
                request,
                edition=edition,
                offered=offered,
                found=found,
                chosen=chosen,
                treaty=edition.treaty(treaty) if treaty else None,
                words=words,
            )
        comparison = compared(edition, chosen)
        documents = comparison.documents
        return site.render(
            "compare.html.j2",
            request,
            edition=edition,
            comparison=comparison,
            documents=documents,
            letters={d.id: document_label(index) for index, d in enumerate(documents)},
            headings=HEADINGS,
            several=len({row.treaty for row in comparison.rows}) > 1,
            titles={treaty.id: title_of(treaty) for treaty in edition.treaties},
        )

    return [site.page("/compare", page, name="compare")]


def compared(edition: Edition, ids: list[str]) -> Comparison:
    """The comparison of documents of an edition, by day of publication.

    raises   FoedusError if there are too many, or one of them is not in the journal
    """
    if len(ids) > MOST:
        raise FoedusError(f"{len(ids)} reports are too many to read side by side; choose {LEAST} to {MOST}")
    publications = [_publication(edition, id_) for id_ in ids]
    registers = edition.registers_of(tuple(ids))
    statements = {s.id: s for id_ in ids for s in edition.statements_of(id_)}
    codes = {code for register in registers for act in register.acts for code in act.states}
    codes |= {code for register in registers for claim in register.claims for code in claim.speaker.states}
    names = state_names(codes, edition.reference)
    return compare(sorted(publications, key=_by_day), registers, statements, names)


def _publication(edition: Edition, id_: str) -> Publication:
    publication = edition.publication(id_)
    if publication is None:
        raise FoedusError(f'the journal holds no report "{id_}"; reports are listed at /reports')
    return publication


def offered_reports(site: Site, edition: Edition, treaty: str, words: str) -> tuple[list[Publication], int]:
    """Reports to choose from, and how many there are: of one treaty, or all; those whose name, title or publisher holds the words."""
    wanted, journal = words.lower().split(), site.library.journal
    if not treaty:
        listed = journal.listed(wanted, limit=OFFERED)
        return [found for one in listed if (found := edition.publication(one.id))], journal.many_listed(wanted)
    dossier = edition.dossier(edition.treaty(treaty).id)
    held = [w.publication for w in dossier.witnesses] if dossier else []
    fits = [d for d in held if all(w in f"{d.name} {d.title} {d.publisher}".lower() for w in wanted)]
    return sorted(fits, key=_by_day)[:OFFERED], len(fits)


def _by_day(publication: Publication) -> tuple[str, str, str]:
    dated = publication.published
    return (dated.likeliest.edtf if dated else "~", publication.name, publication.id)
