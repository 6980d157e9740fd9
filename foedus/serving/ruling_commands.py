"""What editors do from the command line: rule, undo, state by hand; and who may sign in to the site (contracts, "Commands")."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from foedus.errors import FoedusError
from foedus.serving.commands import journal_at, print_json, reference
from foedus.serving.options import Day, as_json, asks_journal

author_option = click.option("--author", envvar="FOEDUS_AUTHOR", default="", help="Who decides.  [env: FOEDUS_AUTHOR]")


@click.command("rule")
@click.argument("verb", type=click.Choice(["same", "different", "reject", "set", "undo"]))
@click.argument("args", nargs=-1, required=True, metavar="ID...")
@click.option("--note", default="", help="Why.")
@click.option("--source", default="", help="What shows it: an address, or a citation.")
@author_option
@asks_journal
@as_json
def rule_command(
    verb: str, args: tuple[str, ...], note: str, source: str, author: str, journal_name: str, is_json: bool
) -> None:
    """Rule on what was read, and undo a ruling; nothing that was said is lost.

    \b
    same ID ID          the reports tell of one act
    different ID ID     they tell of two
    reject ID           it is not what the reports say
    set ID FIELD VALUE  date, kind, factuality or states of an act
    undo ID             a ruling counts as never made

    ID is that of an act, a finding, a claim or a statement.
    """
    from foedus.pipeline import Knowledge
    from foedus.serving.editing import rule

    _answers_for(author, "a ruling")
    with journal_at(journal_name) as journal:
        knowledge = Knowledge.of(journal, reference())
        ruling = rule(journal, knowledge, verb, args, author=author, note=note, source=source)
    if is_json:
        print_json(ruling)
    else:
        click.echo(f"{ruling.id}  {verb}, by {author}; undo it with: foedus rule undo {ruling.id}")


@click.command("state")
@click.argument("treaty")
@click.argument("kind")
@click.option("--states", default="", help="Whose act it is: codes or names, with commas.")
@click.option("--actor", default="", help="The organ or person that acts.")
@click.option("--date", "day", default="", help="When, as EDTF: 2024-10-24, 2024-10, 2024-11-10/2024-11-20.")
@click.option("--vote", default="", metavar="FOR:AGAINST[:ABSTAIN]")
@click.option("--measure", default="", help="What a domestic act is about.  [default: ratification]")
@click.option(
    "--instrument",
    default="",
    help="Of a deposit or an exchange: ratification, ...; or how it was done, or the ground of an end.",
)
@click.option("--against", default="", metavar="STATES", help="Of an objection: whose acts it is against.")
@click.option(
    "--definitive",
    flag_value="yes",
    default="",
    help="The signature binds by itself; or the objection is to the treaty between the two.",
)
@click.option("--factuality", default="happened", show_default=True)
@click.option("--place", default="")
@click.option("--article", default="", help="Of a provision.")
@click.option("--value", default="", help="Of a provision: what the treaty provides.")
@click.option("--speaker", default="", help="Of a claim.")
@click.option("--role", default="", help="The speaker's office.")
@click.option("--stance", default="assert", show_default=True)
@click.option("--about", default="", help="The topic of a claim.")
@click.option("--says", default="", help="What the speaker says.")
@click.option("--document", default="", metavar="ID", help="The report of the journal that says so.")
@click.option("--cite", default="", metavar="TITLE", help="A source that is not in the journal.")
@click.option("--quote", default="", help="The words that say so.")
@click.option("--publisher", default="", help="Of a cited source.")
@click.option("--url", default="", help="Of a cited source.")
@click.option("--class", "class_", default="other", show_default=True, help="Of a cited source: gazette, wire, ...")
@click.option("--published", type=Day(), help="Of a cited source.")
@author_option
@asks_journal
@as_json
def state_command(
    treaty: str,
    kind: str,
    document: str,
    cite: str,
    quote: str,
    publisher: str,
    url: str,
    class_: str,
    published: date | None,
    author: str,
    journal_name: str,
    is_json: bool,
    day: str,
    states: str,
    **fields: str,
) -> None:
    """Enter a statement by hand, with the words or the source that say so.

    KIND is a kind of act (sign, deposit, chamber-approve, ...), a kind of provision (duration, mutual-assistance, ...) or claim.
    It stands beside what was read, with the same standing, under its author's name.
    """
    from foedus.pipeline import Knowledge
    from foedus.serving.entering import Stated, enter, source_of

    _answers_for(author, "a statement entered by hand")
    source = source_of(document, cite, quote, publisher, url, class_, published)
    stated = Stated(kind=kind, states=tuple(states.split(",")), date=day, **fields)
    with journal_at(journal_name, create=True) as journal:
        knowledge = Knowledge.of(journal, reference())
        entry = enter(journal, knowledge, treaty, stated, source, quote, author)
        if is_json:
            from foedus.serving.statement_json import statement_shape

            assert entry.statement is not None
            print_json(statement_shape(entry.statement, journal.document(entry.document)))
            return
    click.echo(f"{entry.id}  {kind}, entered by {author}; take it back with: foedus rule reject {entry.id}")


def _answers_for(author: str, what: str) -> None:
    if not author.strip():
        raise FoedusError(f"{what} needs its author; give --author NAME, or set FOEDUS_AUTHOR")


@click.group("user")
def user_group() -> None:
    """Who may sign in to the site: editors, and readers of a public one."""


@user_group.command("add")
@click.argument("name")
@click.option("--reads-only", is_flag=True, help="May read a public site, and not edit.")
@author_option
@asks_journal
@as_json
def user_add_command(name: str, reads_only: bool, author: str, journal_name: str, is_json: bool) -> None:
    """Make an account and print its token, once: only its hash is kept."""
    from foedus.serving.accounts import make_account

    with journal_at(journal_name) as journal:
        token = make_account(journal, name, may_edit=not reads_only, author=author or name)
    if is_json:
        print_json({"name": name, "may_edit": not reads_only, "token": token})
    else:
        click.echo(f"{name} signs in with this token; it is shown only now:\n{token}")


@user_group.command("list")
@asks_journal
@as_json
def user_list_command(journal_name: str, is_json: bool) -> None:
    """The accounts, revoked ones included."""
    from foedus.serving.wording import printable

    with journal_at(journal_name) as journal:
        accounts = journal.accounts()
    for account in accounts:
        if is_json:
            print_json(account)
        else:
            until = f"revoked {account.revoked[:10]}" if account.revoked else "counts"
            may = "edits" if account.may_edit else "reads"
            click.echo(printable(f"{account.name:24} {may}  made {account.made[:10]}  {until}"))
    if not accounts and not is_json:
        click.echo("no account yet; make one with: foedus user add NAME")


@user_group.command("revoke")
@click.argument("name")
@author_option
@asks_journal
def user_revoke_command(name: str, author: str, journal_name: str) -> None:
    """End what a token counts for, at once, also for whoever is signed in."""
    with journal_at(journal_name) as journal:
        journal.revoke_account(name, author=author or name)
    click.echo(f"revoked {name}")


COMMANDS: tuple[Any, ...] = (rule_command, state_command, user_group)
