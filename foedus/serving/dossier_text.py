"""The dossier and the timeline for the terminal: compact tables that say everything in words, so that colour is only help.

What reports wrote is printed as text, never as markup or as terminal control codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from foedus.serving import wording
from foedus.serving.differences import cited, differences
from foedus.serving.dossier import Dossier, TimelineEntry, Topic, Witness
from foedus.serving.proof_view import OVERRULED, overruled, quoted_words
from foedus.status.standings import Consent, Ladder, LadderStep, StepState, is_told_ratified
from foedus.terms.evidence import Quote
from foedus.terms.proof import Truth
from foedus.terms.treaties import Binding

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.segment import Segment
    from rich.table import Table
    from rich.text import Text

SIGNS = {"solid": "●", "hollow": "○", "struck": "✗"}
STEP_SIGNS = {
    StepState.DONE: "●", StepState.UNREPORTED: "◌", StepState.PENDING: "◐", StepState.NOT_REACHED: "○",
    StepState.FAILED: "✗", StepState.SKIPPED: "–",
}  # fmt: skip
TRUTH_STYLES = {Truth.TRUE: "green", Truth.FALSE: "red", Truth.UNKNOWN: "yellow"}
MOST_WORDS = 220
SENTENCES = 4
"""So many states have a sentence each; more are listed by where they stand."""


Part = Callable[["Console"], None]


def dossier_text(dossier: Dossier, width: int = 100, colour: bool = False) -> str:
    """Everything that `foedus show` prints.

    width   columns of the terminal
    colour  with ANSI colours; without, nothing is lost
    """
    return _written(lambda console: print_dossier(dossier, console), width, colour)


def timeline_text(dossier: Dossier, width: int = 100, colour: bool = False) -> str:
    """Everything that `foedus when` prints: per act the day, its range, the witnesses, and the losers among the constraints."""
    return _written(lambda console: print_timeline(dossier, console), width, colour)


def print_dossier(dossier: Dossier, console: Console | None = None) -> None:
    """`dossier_text` on a console, by default the terminal as it is."""
    _print(_dossier_parts(dossier), dossier, console or _console())


def print_timeline(dossier: Dossier, console: Console | None = None) -> None:
    """`timeline_text` on a console, by default the terminal as it is."""
    _print(
        [_heading_part(dossier), *(_full_part(entry, dossier) for entry in dossier.timeline)],
        dossier,
        console or _console(),
    )


def _console(**more: Any) -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, **more)
    console.size = console.size  # as it is now: else the terminal is asked for it three times a line
    return console


def _written(part: Part, width: int, colour: bool) -> str:
    file = StringIO()
    system = "standard" if colour else None
    part(_console(file=file, width=width, force_terminal=colour, no_color=not colour, color_system=system))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _print(parts: Iterable[Part], dossier: Dossier, console: Console) -> None:
    if dossier.is_silent:
        later = len(dossier.register.silent)
        more = f"; the journal holds {later} published later" if later else ""
        console.print(_text(f"{dossier.title}: no report is known by {wording.day(dossier.known)}{more}."))
        return
    for part in parts:
        part(console)


def _dossier_parts(dossier: Dossier) -> list[Part]:
    return [
        _heading_part(dossier),
        lambda console: _status(dossier, console),
        lambda console: _timeline(dossier, console),
        lambda console: _ladders(dossier, console),
        lambda console: _next_steps(dossier, console),
        lambda console: _provisions(dossier, console),
        lambda console: _claims(dossier, console),
        lambda console: _issues(dossier, console),
        lambda console: _documents(dossier, console),
        lambda console: console.print("\nNot legal advice.", style="dim"),
    ]


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(wording.printable(words), style=style)


def _section(heading: str, console: Console) -> None:
    console.print()
    console.print(_text(heading.upper(), "bold"))


def _heading_part(dossier: Dossier) -> Part:
    def heading(console: Console) -> None:
        console.print(_text(dossier.title, "bold"))
        parties = wording.listed(dossier.names.get(code, code) for code in dossier.treaty.parties)
        asked = f"on {wording.day(dossier.on)}, from reports published by {wording.day(dossier.known)}"
        console.print(_text(" · ".join(part for part in (dossier.treaty.id, parties, asked) if part)))
        also = [f"“{name.text}”" for name in dossier.treaty.names[1:]]
        if also:
            console.print(_text(f"also reported as {', '.join(also)}", "dim"))

    return heading


def _full_part(entry: TimelineEntry, dossier: Dossier) -> Part:
    return lambda console: _entry_in_full(entry, dossier, console)


def _status(dossier: Dossier, console: Console) -> None:
    _section("Status", console)
    if dossier.force:
        console.print(_text(wording.force_sentence(dossier.force, dossier.on), TRUTH_STYLES[dossier.force.truth]))
    if len(dossier.standings) <= SENTENCES:
        for standing in dossier.standings:
            since = f" Since {wording.days(standing.since)}." if standing.since else ""
            _hang("·", f"{wording.standing_sentence(standing, dossier.names)}{since}  [{standing.id}]", console)
    else:
        for line in _groups(dossier):
            _hang("·", line, console)
    if told := _told_ratified(dossier):
        _hang("·", f"Said to have ratified, the step not told: {wording.listed(told)}.", console)
    facts = dossier.facts
    said = [
        f"{facts.articles} articles" if facts.articles is not None else "",
        f"duration: {facts.duration}" if facts.duration else "",
        dossier.binding.proof.says if dossier.binding.binding is not Binding.UNSTATED else "",
        f"entry into force: {dossier.force.clause}" if dossier.force and dossier.force.clause else "",
        f"fields: {wording.listed(facts.areas)}" if facts.areas else "",
    ]
    console.print(_text("; ".join(part for part in said if part)))


def _groups(dossier: Dossier) -> Iterator[str]:
    """ "signatory (3): Brazil, Chile and Peru": the states by where they stand, the largest group first."""
    groups: dict[str, list[str]] = {}
    for standing in dossier.standings:
        word = wording.status_word(standing.status) if standing.truth is not Truth.UNKNOWN else "cannot be told"
        groups.setdefault(word, []).append(dossier.names.get(standing.state, standing.state))
    for word, names in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        yield f"{word} ({len(names)}): {wording.listed(sorted(names))}"


def _told_ratified(dossier: Dossier) -> list[str]:
    """What the states are called that are said to have ratified, while no act is told that would bind them."""
    told = {state for act in dossier.register.acts if is_told_ratified(act) for state in act.states}
    unbound = {standing.state for standing in dossier.standings if standing.consent in (Consent.NONE, Consent.SIGNED)}
    return sorted(dossier.names.get(state, state) for state in told & unbound)


def _grid(columns: int) -> Table:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for index in range(columns):
        table.add_column(no_wrap=index == 0, overflow="fold")
    return table


def _hang(sign: str, words: str, console: Console, style: str = "") -> None:
    """Words behind a sign, further lines below the first."""
    console.print(_Hanging(_text(f"{sign} "), _text(words, style)), crop=False)


class _Hanging(NamedTuple):
    """What `_hang` prints; a table of rich would measure every cell of its line several times."""

    before: Text
    words: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.measure import Measurement
        from rich.segment import Segment

        indent, style = self.before.cell_len, console.get_style(self.words.style)
        width = max(1, min(Measurement.get(console, options, self.words).maximum, options.max_width - indent))
        for number, line in enumerate(self.words.wrap(console, width, overflow="ellipsis")):
            line.pad_right(width - line.cell_len)
            yield Segment(" " * indent if number else self.before.plain)
            yield Segment(line.plain, style)
            yield Segment.line()


def _timeline(dossier: Dossier, console: Console) -> None:
    _section("Timeline", console)
    table = _grid(5)
    for entry in dossier.timeline:
        sign = SIGNS["struck"] if entry.overtaken else SIGNS[entry.mark]
        when = wording.days(entry.act.on) if entry.act.on else "no day known"
        cited = _text(_cited(entry.act.supported_by, dossier), "cyan")
        table.add_row(sign, _text(when), _text(_entry_words(entry)), cited, _text(entry.act.id, "dim"))
    console.print(table)


def _entry_words(entry: TimelineEntry) -> str:
    act = entry.act
    parts = [entry.title + (f", {act.place}" if act.place else "")]
    if act.vote:
        parts.append(wording.vote_words(act.vote))
    if entry.mark != "solid":
        parts.append(wording.FACTUALITIES[act.factuality])
    if entry.overtaken:
        parts.append(f"overtaken by: {entry.overtaken}")
    if entry.contested:
        parts.append("reports disagree")
    return "; ".join(parts)


def _cited(statements: Iterable[str], dossier: Dossier) -> str:
    """Labels of statements: "A1 B3"."""
    return " ".join(dossier.labels[id_] for id_ in statements if id_ in dossier.labels)


def _ladders(dossier: Dossier, console: Console) -> None:
    for ladder in dossier.ladders:
        _section(f"Road to ratification: {dossier.names.get(ladder.state, ladder.state)}", console)
        console.print(_ladder_table(ladder) if ladder.steps else "No procedure is recorded for this state.")


def _ladder_table(ladder: Ladder) -> Table:
    table = _grid(4)
    for step in ladder.steps:
        table.add_row(
            STEP_SIGNS[step.state_of_step], _text(wording.STEP_STATES[step.state_of_step]), _text(_step_words(step)),
            _text(step.source, "dim"),
        )  # fmt: skip
    return table


def _step_words(step: LadderStep) -> str:
    day = f", {wording.days(step.date)}" if step.date else ""
    met = f": {wording.MET[step.met]}" if step.met is not None else ""
    requirement = f" (requires {step.requirement}{met})" if step.requirement else ""
    return f"{wording.sentence_start(step.actor)}: {wording.step_kind(step.kind)}{day}{requirement}"


def _next_steps(dossier: Dossier, console: Console) -> None:
    _section("What must come next", console)
    if not dossier.awaited:
        console.print(wording.nothing_awaited(dossier.force, bool(dossier.standings)))
    for awaited in dossier.awaited:
        step = awaited.step
        foreseen = "; ".join(
            f"foreseen{f' for {wording.days(act.on)}' if act.on else ''} [{_cited(act.supported_by, dossier)}]"
            for act in awaited.expected
        )
        by = f" by {wording.day(step.by)}" if step.by else ""
        says = f"{wording.sentence_start(step.actor)}: {wording.step_kind(step.kind)}{by}"
        _hang("→", f"{says}; {foreseen or 'no report foresees when'}", console)


def _provisions(dossier: Dossier, console: Console) -> None:
    findings = [f for f in dossier.register.findings if f.norm or f.kind not in ("area", "articles", "duration")]
    if not findings:
        return
    _section("Provisions", console)
    for finding in findings:
        article = f"Article {finding.article}, " if finding.article else ""
        says = f": {wording.provision_words(finding.kind, finding.value)}" if finding.value and not finding.norm else ""
        console.print(
            _text(f"{article}{wording.titled(finding.kind)}{says}  [{_cited(finding.supported_by, dossier)}]")
        )
        if norm := finding.norm:
            _hang("  if", f"{wording.condition_words(norm.conditions, dossier.names)},", console)
            limits = "; ".join(wording.limit_words(limit) for limit in norm.limits)
            _hang(
                "  then", wording.duty_words(norm, dossier.names) + (f"; limits: {limits}" if limits else ""), console
            )
            for quote in finding.variants:
                _hang("  ", _quoted(quote, dossier), console, "dim")


def _claims(dossier: Dossier, console: Console) -> None:
    if not dossier.topics:
        return
    _section("Said for and against", console)
    for topic in dossier.topics:
        console.print(_text(wording.topic_words(topic.about) if topic.about else "Other statements", "underline"))
        for sign, line in _topic_lines(topic, dossier):
            _hang(sign, line, console)


def _topic_lines(topic: Topic, dossier: Dossier) -> Iterator[tuple[str, str]]:
    for sign, claims in (("+", topic.asserted), ("-", topic.denied), ("~", topic.read_so)):
        for claim in claims:
            speaker = wording.speaker_words(claim.speaker, dossier.names)
            day = f", {wording.days(claim.on)}" if claim.on else ""
            says = f"{speaker} {wording.stance_words(claim.stance, claim.speaker)}{day}: “{claim.says}”"
            yield sign, f"{says}  [{_cited(claim.supported_by, dossier)}]"


def _issues(dossier: Dossier, console: Console) -> None:
    if not dossier.register.issues:
        return
    _section("Where reports disagree", console)
    for issue in differences(dossier.register):
        _hang("!", wording.sentence_start(issue.says), console)
        for one in cited(issue.quotes):
            _hang("   ", _quoted(one.quote, dossier), console, "dim")


def _documents(dossier: Dossier, console: Console) -> None:
    _section("Reports", console)
    table = _grid(3)
    for witness in dossier.witnesses:
        publisher = witness.publication.publisher
        name = witness.publication.name + (f" ({publisher})" if publisher else "")
        copied = witness.publication.copy_of
        repeats = f"; repeats {dossier.document_name(copied)}, no witness of its own" if copied else ""
        table.add_row(_text(witness.label, "bold"), _text(name), _text(_published(witness) + repeats))
    console.print(table)


def _published(witness: Witness) -> str:
    published, basis = witness.publication.published, witness.publication.published_basis
    if published is None:
        return "day of publication unknown"
    parts = [f"published {wording.days(published.likeliest)}" + (f", {wording.BASES[basis]}" if basis else "")]
    if published.possible != published.likeliest:
        parts.append(f"possible: {wording.days(published.possible)}")
    parts += [f"not {wording.days(c.on)} ({wording.BASES[c.basis]}): refuted" for c in witness.refuted]
    return "; ".join(parts)


def _quoted(quote: Quote, dossier: Dossier) -> str:
    words = quoted_words(quote)
    short = words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1].rstrip() + "…"
    return f"{dossier.document_name(quote.document)}, {quote.place}: “{short}”"


def _entry_in_full(entry: TimelineEntry, dossier: Dossier, console: Console) -> None:
    act = entry.act
    console.print()
    sign = SIGNS["struck"] if entry.overtaken else SIGNS[entry.mark]
    when = wording.days(act.on) if act.on else "no day known"
    console.print(_text(f"{sign} {when}  {_entry_words(entry)}  [{act.id}]", "bold"))
    if act.dated and (act.dated.possible != act.on or not act.dated.is_exact):
        unfinished = "" if act.dated.is_exact else " (found by a search that was given up: more days may be)"
        _hang("   ", f"possible: {wording.days(act.dated.possible)}{unfinished}", console)
    for how, statements in (("witness", act.supported_by), ("against", act.contradicted_by)):
        for line in _witness_lines(how, statements, dossier):
            _hang("   ", line, console)
    for loser in overruled(act.dated.proof) if act.dated else ():
        says = loser.says.removeprefix(f"{OVERRULED}: ")
        _hang("   ", f"overruled: {says} [{loser.by}]", console, "yellow")


def _witness_lines(how: str, statements: Iterable[str], dossier: Dossier) -> Iterator[str]:
    by_id = {s.id: (witness, s) for witness in dossier.witnesses for s in witness.statements}
    for id_ in statements:
        if id_ in by_id:
            witness, statement = by_id[id_]
            words = " … ".join(quoted_words(quote) for quote in statement.evidence) or quoted_words(statement.quote)
            page = f", page {statement.quote.page}" if statement.quote.page else ""
            copied = witness.publication.copy_of
            repeats = f", no witness of its own: it repeats {dossier.document_name(copied)}" if copied else ""
            yield f"{how}: {dossier.labels[id_]} {witness.publication.name}{page}{repeats}: “{words}”"
