"""Who owes what to whom, if ...: a scenario asked in a form, its answers with proofs and positions, and the duties as a graph.

The scenario stands in the address, so a question can be kept, sent and asked again of another day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.routing import BaseRoute

from foedus.errors import FoedusError, NoSuchTreaty, ScenarioError
from foedus.obligations.scenario import Answer, Fact, Position, Scenario, scenario_from
from foedus.reference.conditions import BY_NAME, PREDICATES
from foedus.reference.directory import Directory, State
from foedus.serving.dossier import state_names
from foedus.serving.duty_graph import Arrow, obligation_svg
from foedus.serving.library import Asked, Edition
from foedus.serving.site_parts import Site, asked_in, title_of
from foedus.serving.translated import Translated
from foedus.serving.wording import CONDITIONS, DUTIES, Names
from foedus.terms.proof import Truth

ROWS = 4
"""Facts that the form has room for."""
DRAWN = 60
"""Arrows up to which the answer is drawn."""
OFFERED = 300
"""Treaties that the form offers to choose from; others are named."""
ORDER = (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)
ATTACK = "armed-attack"


class FactRow(msgspec.Struct, frozen=True, kw_only=True):
    """One supposed fact as the form has it; empty where nothing is filled in."""

    predicate: str = ""
    who: str = ""
    whom: str = ""
    truth: str = "true"


def routes(site: Site) -> list[BaseRoute]:
    """The question and its answers."""

    def page(edition: Edition, request: Request) -> str:
        asked, rows = asked_in(request, edition), rows_in(request)
        treaty, scenario, fault = asked_question(request.query_params.get("treaty", ""), rows, asked, edition)
        answers = edition.ask(lambda k: k.answers(scenario, treaty or None, asked.known)) if scenario else ()
        names = state_names(_codes(answers, scenario), edition.reference)
        quoted = {quote.document for answer in answers for quote in answer.proof.all_quotes()}
        return site.render(
            "obligations.html.j2",
            request,
            edition=edition,
            asked=asked,
            rows=_filled_up(rows),
            shown=max(1, len(rows)) + 1,
            treaty=treaty,
            scenario=scenario,
            fault=fault,
            groups=[(truth, of) for truth in ORDER if (of := [a for a in answers if a.truth is truth])],
            count=len(answers),
            names=names,
            titles={treaty.id: title_of(treaty) for treaty in edition.treaties},
            graph=graph_of(answers, scenario, names),
            supposed=[fact_words(fact, names) for fact in scenario.facts] if scenario else [],
            predicates=PREDICATES,
            states=_states(edition.reference.directory),
            offered=edition.treaties[:OFFERED],
            documents={id_: edition.name_of(id_) for id_ in quoted},
            spoken=_translations(answers, asked, edition),
        )

    return [site.page("/obligations", page, name="obligations")]


def _translations(answers: Sequence[Answer], asked: Asked, edition: Edition) -> Callable[[Position], Translated | None]:
    """Whether the words of a position are likely a translation: of each claim behind the positions, by its speaker and words."""
    treaties = sorted({answer.treaty for answer in answers if answer.positions})
    marks: dict[tuple[str, str], Translated | None] = {}
    for around in edition.ask(lambda k: [k.around(id_, asked.known) for id_ in treaties]):
        for claim in around.claims:
            found = (edition.translation(quote) for quote in claim.quotes)
            marks[claim.speaker.name, claim.says] = next(filter(None, found), None)

    def spoken(position: Position) -> Translated | None:
        said = (
            mark for (who, says), mark in marks.items() if position.who.startswith(who) and position.says.endswith(says)
        )
        return next(filter(None, said), None)

    return spoken


def rows_in(request: Request) -> tuple[FactRow, ...]:
    """The facts in the address: fields of one name each, aligned by their order."""
    columns = [request.query_params.getlist(name) for name in ("predicate", "who", "whom", "truth")]
    if max(map(len, columns)) > 4 * ROWS:
        raise FoedusError(
            f"a scenario on this page has at most {4 * ROWS} facts; ask a larger one with: foedus oblige FILE"
        )
    rows = (
        FactRow(predicate=p.strip(), who=who.strip(), whom=whom.strip(), truth=truth or "true")
        for p, who, whom, truth in zip_longest(*columns, fillvalue="")
    )
    return tuple(row for row in rows if row.predicate and (row.who or row.whom))


def asked_question(
    words: str, rows: Sequence[FactRow], asked: Asked, edition: Edition
) -> tuple[str, Scenario | None, str]:
    """The treaty that the form names, the scenario, and what is wrong with them.

    The scenario is None where nothing was asked yet, or something is wrong.
    """
    directory = edition.reference.directory
    try:
        treaty = edition.treaty(words).id if words.strip() else ""
        if not rows:
            return treaty, None, ""
        facts = [_table(row, directory) for row in rows]
        return treaty, scenario_from({"on": asked.on or edition.today, "fact": facts}, directory), ""
    except (ScenarioError, NoSuchTreaty) as error:
        return words, None, str(error)


def graph_of(answers: Sequence[Answer], scenario: Scenario | None, names: Names) -> Markup | None:
    """The parties and duties of an answer, and who is supposed to attack whom; None where there is nothing to draw."""
    if not answers or scenario is None or len(answers) > DRAWN:
        return None
    arrows = [
        Arrow(
            bearer=answer.bearer,
            toward=answer.toward,
            label=(f"Art. {answer.article}: " if answer.article else "") + DUTIES[answer.duty],
            truth=answer.truth,
            id=answer.id,
        )
        for answer in answers
    ]
    arrows += [
        Arrow(bearer=fact.args[0], toward=fact.args[1], label=fact.predicate.replace("-", " "), supposed=True)
        for fact in scenario.facts
        if BY_NAME[fact.predicate].args[1:]
        and "treaty" not in BY_NAME[fact.predicate].args
        and fact.truth is Truth.TRUE
    ]
    return Markup(obligation_svg(arrows, names))  # the drawing escapes what it is given


def fact_words(fact: Fact, names: Names) -> str:
    """A supposed fact as a sentence: "South Korea carries out an armed attack on North Korea"."""
    who = (*(names.get(arg, arg) for arg in fact.args), "", "")
    words = CONDITIONS[fact.predicate].format(*who)
    return {Truth.TRUE: words, Truth.FALSE: f"it is not so that {words}", Truth.UNKNOWN: f"it is open whether {words}"}[
        fact.truth
    ]


def _table(row: FactRow, directory: Directory) -> dict[str, object]:
    places = BY_NAME[row.predicate].args if row.predicate in BY_NAME else ("who", "whom")
    given = (row.who, row.whom)[: len(places)]
    args = [words if place == "treaty" else _code(words, directory) for place, words in zip(places, given, strict=True)]
    truth: object = {"true": True, "false": False}.get(row.truth, row.truth)
    return {"predicate": row.predicate, "args": args, "truth": truth}


def _code(words: str, directory: Directory) -> str:
    """The code of a state given by code or name; the words themselves where they fit none, or several."""
    if directory.find(words.upper()):
        return words.upper()
    found = {entity.id for entity in directory.named(words) if isinstance(entity, State)} if words else set()
    return found.pop() if len(found) == 1 else words


def _filled_up(rows: Sequence[FactRow]) -> tuple[FactRow, ...]:
    """The rows as asked, and empty ones up to the form's room; the first begins as an attack."""
    rows = tuple(rows) or (FactRow(predicate=ATTACK),)
    return (*rows, *(FactRow() for _ in range(max(1, ROWS - len(rows)))))


def _codes(answers: Sequence[Answer], scenario: Scenario | None) -> set[str]:
    codes = {code for answer in answers for code in (answer.bearer, answer.toward)}
    return codes | {arg for fact in (scenario.facts if scenario else ()) for arg in fact.args}


def _states(directory: Directory) -> list[State]:
    return sorted((state for state in directory.states if state.until is None), key=lambda state: state.name)
