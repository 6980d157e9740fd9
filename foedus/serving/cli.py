"""The command line: one command per verb; text for people, --json for programs (contracts, "Commands").

Everything slow is imported inside the commands, so that `foedus --help` answers at once.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.errors import FoedusError, InputError
from foedus.serving import (
    clause_command,
    data_commands,
    journal_commands,
    ruling_commands,
    scan_command,
    site_commands,
    watch_command,
)
from foedus.serving.commands import (
    asked_before,
    dossier_for,
    every_treaty,
    finish,
    given,
    journal_at,
    knowledge_of,
    picture_of,
    print_json,
    reference,
    refuse,
    remember_question,
    standard_input,
)
from foedus.serving.options import Day, Verbs, as_json, asks_days, asks_journal, one_treaty, strict

if TYPE_CHECKING:
    from foedus.journal.arrivals import Arrival


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="foedus")
def main() -> None:
    """Where a treaty stands: what reports say, what binds whom on any day, who owes what to whom. With proofs.

    INPUT is a file, folder, glob, address or - (standard input): text, HTML, PDF, JSON Lines, RSS/Atom, WARC.
    TREATY is an id, or words that single one out: "russia north korea".
    """


@main.command("read")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--published", type=Day(), help="The day on which the documents were published; binds.")
@click.option(
    "--reader",
    type=click.Choice(["rules", "llm", "both"]),
    default="rules",
    show_default=True,
    help="Who reads: the rules, a model (FOEDUS_LLM_URL, FOEDUS_LLM_MODEL, FOEDUS_LLM_KEY), or both and where they differ.",
)
@click.option("--why", is_flag=True, help="Show the rules that made each statement.")
@click.option(
    "--unread", "lists_unread", is_flag=True, help="List the sentences about treaties that gave no statement."
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@as_json
@strict
def read_command(
    inputs: tuple[str, ...],
    published: date | None,
    reader: str,
    why: bool,
    lists_unread: bool,
    quiet: bool,
    is_json: bool,
    strict: bool,
) -> None:
    """Read documents and print their statements; store nothing."""
    from foedus.gathering.inputs import gather, size_of
    from foedus.gathering.shipped_data import load_reference
    from foedus.serving.progress import Bar
    from foedus.serving.statement_json import statement_shape, unread_shape
    from foedus.serving.statement_text import print_statements, print_unread
    from foedus.statements.reading import read
    from foedus.statements.unread import unread

    if reader != "rules":
        from foedus.serving.second_reading import read_twice

        finish(*read_twice(inputs, given(published), standard_input(inputs), reader, is_json), strict)
        return
    reference, done = load_reference(), 0
    refused: list[InputError] = []
    with Bar(quiet) as bar:
        gathered = gather(inputs, published=given(published), stdin=standard_input(inputs))
        for arrival in bar.passing("reading, bytes", gathered, _size, size_of(inputs)):
            if isinstance(arrival, InputError):
                refused.append(refuse(arrival))
                continue
            done += 1
            document = arrival.document
            statements = read(document, reference)
            if is_json:
                print_json(*(statement_shape(s, document) for s in statements))
                if lists_unread:
                    print_json(*(unread_shape(quote, document) for quote in unread(document, statements, reference)))
            else:
                print_statements(document, statements, why)
                print_unread(unread(document, statements, reference), lists_unread)
    finish(done, refused, strict)


@main.command("add")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--published", type=Day(), help="The day on which the documents were published; binds.")
@click.option("--quiet", is_flag=True, help="No progress bar, and nothing printed but the summary and errors.")
@asks_journal
@as_json
@strict
def add_command(
    inputs: tuple[str, ...], published: date | None, quiet: bool, journal_name: str, is_json: bool, strict: bool
) -> None:
    """Read documents and append them to the journal; print what is new."""
    from foedus.gathering.inputs import gather, size_of
    from foedus.pipeline import add, catalogue
    from foedus.serving.progress import Bar
    from foedus.serving.statement_text import print_added
    from foedus.serving.summaries import AddedSummary

    with journal_at(journal_name, create=True) as journal, Bar(quiet) as bar:
        gathered = gather(inputs, published=given(published), stdin=standard_input(inputs))
        arrivals = bar.passing("reading, bytes", gathered, _size, size_of(inputs))
        new = known = changed = 0
        refused: list[InputError] = []
        for added in add(journal, arrivals, reference()):
            new, known, changed = new + len(added.new), known + len(added.known), changed + len(added.changed)
            refused += map(refuse, added.refused)
            if not is_json and not quiet:
                print_added(added)
        catalogue(journal, reference(), bar.watch)
    if is_json:
        print_json(AddedSummary(new=new, known=known, changed=changed, refused=len(refused)))
    else:
        click.echo(f"{new} new, {known} known already, {len(refused)} refused; journal: {journal_name}")
    finish(new + known, refused, strict)


def _size(arrival: Arrival | InputError) -> int:
    return 0 if isinstance(arrival, InputError) else len(arrival.original)


@main.command("treaties")
@asks_journal
@asks_days
@as_json
def treaties_command(
    journal_name: str, on: date | None, known: date | None, recorded: date | None, is_json: bool
) -> None:
    """The treaties in the journal, one line each."""
    from foedus.serving.summaries import listed
    from foedus.status.standings import standing_of

    knowledge = knowledge_of(journal_name, recorded)
    for treaty, around in every_treaty(knowledge, known):
        day = on or knowledge.today
        stands = (standing_of(party, treaty.id, day, around, knowledge.reference) for party in treaty.parties)
        one = listed(treaty, [str(standing.status) for standing in stands])
        print_json(one) if is_json else click.echo(str(one))


@main.command("show")
@one_treaty
@asks_journal
@asks_days
@as_json
@strict
def show_command(
    treaty: tuple[str, ...],
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
    is_json: bool,
    strict: bool,
) -> None:
    """The dossier: acts, ladders, votes, provisions, claims, contradictions, what comes next."""
    from foedus.serving.answer_text import print_deadlines
    from foedus.serving.dossier_json import as_json as dossier_json
    from foedus.serving.dossier_text import print_dossier

    knowledge = knowledge_of(journal_name, recorded)
    picture = picture_of(knowledge, treaty, on, known)
    if picture is None:
        return
    picture = knowledge.with_all_standings(picture)
    dossier, due = dossier_for(picture, knowledge), knowledge.deadlines(picture)
    if is_json:
        print_json(dossier_json(dossier, due))
    else:
        print_dossier(dossier)
        print_deadlines(due)
    if strict and picture.register.issues:
        sys.exit(1)


@main.command("when")
@one_treaty
@asks_journal
@asks_days
@as_json
def when_command(
    treaty: tuple[str, ...],
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
    is_json: bool,
) -> None:
    """The timeline: per act the day, its range, the witnesses and the losers."""
    from foedus.serving.dossier_text import print_timeline

    knowledge = knowledge_of(journal_name, recorded)
    picture = picture_of(knowledge, treaty, on, known)
    if picture is None:
        return
    if is_json:
        print_json(*picture.register.acts)
    else:
        print_timeline(dossier_for(picture, knowledge))


@main.command("status")
@click.argument("treaty")
@click.argument("states", nargs=-1)
@click.option("--history", is_flag=True, help="Every change with its cause.")
@asks_journal
@asks_days
@as_json
def status_command(
    treaty: str,
    states: tuple[str, ...],
    history: bool,
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
    is_json: bool,
) -> None:
    """Where states stand, with their proofs."""
    from foedus.serving.answer_text import print_history, print_relations, print_standing

    knowledge = knowledge_of(journal_name, recorded)
    picture = picture_of(knowledge, (treaty,), on, known)
    if picture is None:
        return
    remember_question(journal_name, treaty=picture.treaty.id, on=on, known=known, recorded=recorded)
    chosen = [s.upper() for s in states] or list(knowledge.concerned(picture))
    for state in chosen if history else ():
        changes = knowledge.history(picture, state)
        if is_json:
            print_json(*changes)
        else:
            print_history(state, changes, picture)
    for standing in () if history else knowledge.standings(picture, chosen):
        if is_json:
            print_json(standing)
        else:
            print_standing(standing, picture)
            print_relations(knowledge.relations(picture, standing.state))


@main.command("oblige")
@click.argument("scenario", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--attack", metavar="ATTACKER:VICTIM", help="Suppose an armed attack of one state on another.")
@click.option("--treaty", help="Only under this treaty.")
@click.option("--position", metavar="WHO", help="Only the positions of this office or speaker.")
@asks_journal
@asks_days
@as_json
def oblige_command(
    scenario: Path | None,
    attack: str | None,
    treaty: str | None,
    position: str | None,
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
    is_json: bool,
) -> None:
    """Who owes what to whom, three-valued, with proofs and the facts that would decide."""
    from foedus.serving.answer_text import print_answers, with_positions

    knowledge = knowledge_of(journal_name, recorded)
    supposed = knowledge.scenario(scenario, attack, on)
    remember_question(journal_name, treaty=treaty, on=on, known=known, recorded=recorded, scenario=supposed)
    answers = with_positions(knowledge.answers(supposed, treaty, known), position)
    if is_json:
        print_json(*answers)
    else:
        print_answers(answers, supposed, knowledge)


@main.command("ladder")
@click.argument("state")
@click.option("--class", "class_", default="any", show_default=True, help="The class of treaty, such as alliance.")
@click.option("--on", type=Day(), help="The law in force on this day.  [default: today]")
@as_json
def ladder_command(state: str, class_: str, on: date | None, is_json: bool) -> None:
    """A state's road to ratification, for people."""
    from foedus.pipeline import road_of, today
    from foedus.serving.answer_text import print_procedure

    procedure = road_of(state.upper(), class_, on or today(), reference())
    if is_json:
        print_json(procedure)
    else:
        print_procedure(procedure)


@main.command("explain")
@click.argument("id_", metavar="ID")
@asks_journal
@asks_days
@click.option("--attack", metavar="ATTACKER:VICTIM", help="For the id of an answer: the scenario it was given in.")
@click.option("--scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The same, from a file.")
@as_json
def explain_command(
    id_: str,
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
    attack: str | None,
    scenario: Path | None,
    is_json: bool,
) -> None:
    """The proof of any act, finding, claim, standing, step, answer or document, down to the quotes."""
    from foedus.serving.answer_text import print_proof

    knowledge = knowledge_of(journal_name, recorded)
    supposed = knowledge.scenario(scenario, attack, on) if (attack or scenario) else None
    proof = knowledge.explain(id_, on, known, supposed) or asked_before(id_, journal_name, knowledge)
    if proof is None:
        if id_.startswith("d_"):
            with journal_at(journal_name) as journal:
                document = journal.document(id_)  # says that it was redacted, when and why
            raise FoedusError(
                f"{document.name} states nothing about a treaty that could be explained; its bytes are given by: "
                f"foedus original {id_}"
            )
        raise FoedusError(
            f'nothing has the id "{id_}" here; ids stand in the JSON of show, status and oblige. '
            "For a standing give the --on and --known it was asked with, for an answer also --attack or --scenario"
        )
    if is_json:
        print_json(proof)
    else:
        print_proof(proof, knowledge.documents)


@main.command("dossier")
@one_treaty
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The page to write."
)
@asks_journal
@asks_days
def dossier_command(
    treaty: tuple[str, ...],
    output: Path,
    journal_name: str,
    on: date | None,
    known: date | None,
    recorded: date | None,
) -> None:
    """The dossier as one self-contained page."""
    from foedus.serving.dossier_page import dossier_html

    knowledge = knowledge_of(journal_name, recorded)
    picture = picture_of(knowledge, treaty, on, known)
    if picture is None:
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(dossier_html(dossier_for(picture, knowledge)), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{output}: cannot be written ({error.strerror}); give a path in a folder you may write to"
        ) from error
    click.echo(f"wrote {output}")


@main.command("schema")
@click.argument("name", required=False)
def schema_command(name: str | None) -> None:
    """JSON Schema of an output; without a name, which there are."""
    from foedus.serving.schemas import schema_of

    click.echo(schema_of(name))


for room in (
    clause_command,
    data_commands,
    journal_commands,
    ruling_commands,
    scan_command,
    site_commands,
    watch_command,
):
    for command in room.COMMANDS:
        main.add_command(command)
