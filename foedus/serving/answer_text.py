"""Standings, answers, procedures and proofs for people, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from foedus.documents.document import Document
from foedus.obligations.scenario import Answer, Scenario
from foedus.reference.procedures import Majority, Procedure
from foedus.serving.proof_view import proof_text
from foedus.serving.wording import printable
from foedus.status.deadlines import Deadline
from foedus.status.reservations import Relation
from foedus.status.standings import Change, Standing
from foedus.terms.proof import Proof, Truth

if TYPE_CHECKING:
    from foedus.pipeline import Knowledge, Picture

NO_ADVICE = "A reading of reports and recorded law; not legal advice."


def print_standing(standing: Standing, picture: Picture) -> None:
    """The headline, the axes and the proof of one standing."""
    since = f" since {standing.since.edtf}" if standing.since else ""
    click.echo(
        printable(
            f"\n{standing.state}: {standing.status}{since}, on {standing.on}, as known on {picture.known}  ({standing.id})"
        )
    )
    axes = f"party {standing.party.value}, consent {standing.consent}, application {standing.application}"
    if standing.notice:
        axes += f", notice given {standing.notice.given}, to take effect {standing.notice.effective}"
    click.echo(f"  {axes}")
    if standing.contested_by:
        click.echo(printable(f"  contested by {', '.join(standing.contested_by)}"))
    print_proof(standing.proof, picture.documents, indent="  ")
    for step in standing.next_steps:
        due = f" by {step.by}" if step.by else ""
        click.echo(printable(f"  next: {step.says or step.kind} ({step.actor}){due}"))


def print_history(state: str, changes: Sequence[Change], picture: Picture) -> None:
    """Every change of a state's standing, with its cause."""
    click.echo(f"\n{state}, as known on {picture.known}")
    if not changes:
        click.echo("  no change is reported")
    for change in changes:
        click.echo(printable(f"  {change.on.edtf:24} {change.before} -> {change.after}: {change.cause}  [{change.by}]"))


def print_relations(relations: Sequence[Relation]) -> None:
    """What a state's reservations do towards the others, one line an effect with those whom it concerns."""
    groups: dict[tuple[str, str], list[Relation]] = {}
    for relation in relations:
        groups.setdefault((relation.reservation, str(relation.effect)), []).append(relation)
    for (_, effect), alike in groups.items():
        others = ", ".join(r.other for r in alike[:8]) + (f" and {len(alike) - 8} more" if len(alike) > 8 else "")
        until = f", until {alike[0].until}" if alike[0].until else ""
        basis = alike[0].proof.by
        click.echo(printable(f"  reservation, {effect.replace('-', ' ')}{until}: towards {others}  [{basis}]"))


def print_deadlines(deadlines: Sequence[Deadline]) -> None:
    """What falls due, by day; nothing where nothing does."""
    if deadlines:
        click.echo("\nFalls due")
    for due in deadlines:
        click.echo(printable(f"  {due.on}  {due.says}  [{due.by}]"))


def with_positions(answers: Sequence[Answer], who: str | None) -> tuple[Answer, ...]:
    """The answers with only the positions of one office or speaker, where one is asked for."""
    if who is None:
        return tuple(answers)
    wanted = who.lower()
    return tuple(
        msgspec.structs.replace(a, positions=tuple(p for p in a.positions if wanted in p.who.lower())) for a in answers
    )


def print_answers(answers: Sequence[Answer], scenario: Scenario, knowledge: Knowledge) -> None:
    """What is supposed, then every answer with its deciding facts, positions and proof."""
    click.echo(printable(f"\nSupposed for {scenario.on}:"))
    for fact in scenario.facts:
        click.echo(printable(f"  {fact.predicate}({', '.join(fact.args)}) {fact.truth.value}  [{fact.source}]"))
    if not answers:
        click.echo("\nNo norm of a treaty in the journal concerns these facts.")
    for answer in answers:
        click.echo(printable(f"\n{answer.truth!r}  {answer.says}  ({answer.id})"))
        for fact_ in answer.deciding:
            click.echo(printable(f"  would decide: {fact_}"))
        for position in answer.positions:
            on = f", {position.on}" if position.on else ""
            click.echo(
                printable(
                    f"  position: {position.who} ({position.document}{on}): {position.truth.value}  {position.says}"
                )
            )
        print_proof(answer.proof, knowledge.documents, indent="  ")
    click.echo(f"\n{NO_ADVICE}")


def print_procedure(procedure: Procedure) -> None:
    """A road to ratification, step by step, each with its source."""
    click.echo(printable(f"{procedure.state}: {procedure.name} (in force since {procedure.since}; {procedure.source})"))
    for step in procedure.steps:
        optional = " (optional)" if step.optional else ""
        unseen = "" if step.verified else "  [unverified]"
        click.echo(printable(f"  {step.id:>3}  {step.says or f'{step.kind} by {step.actor}'}{optional}"))
        if step.majority:
            click.echo(f"       majority: {_majority(step.majority)}")
        if step.days:
            silence = f"; silence counts as {step.silence}" if step.silence else ""
            click.echo(f"       within {step.days} days{silence}")
        click.echo(printable(f"       {step.source}{unseen}"))


def _majority(majority: Majority) -> str:
    share = f"{'at least' if majority.reached else 'more than'} {majority.fraction} of the members {majority.base}"
    return share + (f", quorum {majority.quorum}" if majority.quorum else "")


def print_proof(proof: Proof, documents: Iterable[Document], indent: str = "") -> None:
    """A proof as an indented outline, its leaves quoting the documents' words."""
    names = {d.id: d.name for d in documents}
    for line in proof_text(proof, names).splitlines():
        click.echo(printable(indent + line))


__all__ = [
    "NO_ADVICE",
    "Truth",
    "print_answers",
    "print_deadlines",
    "print_history",
    "print_procedure",
    "print_proof",
    "print_relations",
    "print_standing",
    "with_positions",
]
