"""What commands share: days, the journal's name, and one clear line for misuse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import Any, TypeVar

import click

from foedus.errors import FoedusError

F = TypeVar("F", bound=Callable[..., Any])


class ExitCode(IntEnum):
    DONE = 0
    ISSUES = 1
    MISUSE = 2


EXIT_CODES = {
    ExitCode.DONE: "Done. What the sources do not tell, or dispute, is part of the answer.",
    ExitCode.ISSUES: "Done, and with `--strict` the sources have issues: inputs refused, contradictions found.",
    ExitCode.MISUSE: "Misuse: an unknown treaty, a day that is none, a file that is not there.",
}


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day as 2024-10-25."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is no day; write it as 2024-10-25', param, ctx)


class Verbs(click.Group):
    """Turns misuse into one clear line on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FoedusError as error:
            click.echo(f"foedus: {error}", err=True)
            ctx.exit(ExitCode.MISUSE)
        except click.UsageError as error:
            asked = error.ctx.command_path if error.ctx else "foedus"
            click.echo(f"foedus: {error.format_message()} (see {asked} --help)", err=True)
            ctx.exit(ExitCode.MISUSE)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(ExitCode.DONE)


def asks_journal(command: F) -> F:
    """Adds --journal."""
    return click.option(
        "--journal",
        "journal_name",
        envvar="FOEDUS_JOURNAL",
        default="foedus.db",
        show_default=True,
        help="The journal: a file, or a postgresql:// address.",
    )(command)


QUIET = "foedus.quiet"
"""Under this name a command's context has whether it was asked for no progress bar."""


def asks_days(command: F) -> F:
    """Adds --on, --known and --recorded; and --quiet, since what is known on a day may take its time."""
    command = click.option(
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=lambda context, _, value: context.meta.__setitem__(QUIET, value),
        help="No progress bar.",
    )(command)
    for name, says in (
        ("--recorded", "The journal as it stood on this day."),
        ("--known", "Only documents published by this day count.  [default: today]"),
        ("--on", "The day asked about.  [default: today]"),
    ):
        command = click.option(name, type=Day(), help=says)(command)
    return command


as_json = click.option("--json", "is_json", is_flag=True, help="For programs: JSON instead of text.")
strict = click.option("--strict", is_flag=True, help="Exit with 1 where the sources have issues.")
one_treaty = click.argument("treaty", nargs=-1, required=True)
any_treaty = click.argument("treaty", nargs=-1)
