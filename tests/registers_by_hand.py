"""Registers built by hand: what reconciling would give, for tests of the rooms above it."""

from __future__ import annotations

from datetime import date
from functools import cache

from foedus.datafiles import DATA, read_tables
from foedus.reference.directory import directory_of
from foedus.reference.packs import Reference
from foedus.reference.procedures import procedures_from
from foedus.reference.treaty_series import treaty_from
from foedus.register.entries import Act, ClaimEntry, Finding, Register
from foedus.terms.acts import Kind, Level, Measure, Vote
from foedus.terms.agents import Agent
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote, Stance
from foedus.terms.norms import Condition, Duty, Limit, Norm, Op
from foedus.terms.proof import Proof, Truth
from foedus.terms.treaties import Treaty, TreatyName

ID = "prk-rus-2024"
OLD = "prk-rus-2000"
LEAF = Proof(says="as reported", truth=Truth.TRUE, by="report")


@cache
def reference() -> Reference:
    procedures = [p for n, t in read_tables(DATA / "procedures").items() for p in procedures_from(t, f"procedures/{n}")]
    series = [treaty_from(p.read_text("utf-8"), f"treaties/{p.name}") for p in sorted((DATA / "treaties").glob("*.md"))]
    return Reference(
        directory=directory_of(read_tables(DATA / "directory")), procedures=tuple(procedures), series=tuple(series)
    )


def act(
    kind: Kind,
    on: str | None,
    states: str = "PRK RUS",
    body: str | None = None,
    truth: Truth = Truth.TRUE,
    factuality: Factuality = Factuality.HAPPENED,
    treaty: str = ID,
    **more: object,
) -> Act:
    """An act of a kind on an EDTF day; its id is its kind, its body or states, and its day."""
    who = body.partition(".")[2] if body else states.replace(" ", "-")
    return Act(
        id=f"a_{kind}_{who}_{on}",
        kind=kind,
        level=kind.level,
        treaty=treaty,
        measure=Measure.RATIFICATION if kind.level is Level.DOMESTIC else None,
        states=tuple(states.split()),
        actor=Agent(name=body or states, body=body) if body or states else None,
        on=DateRange.parse(on) if on else None,
        factuality=factuality,
        truth=truth,
        quotes=(Quote("d_1", 0, 4, "text"),),
        proof=LEAF,
        **more,  # type: ignore[arg-type]
    )


def finding(
    kind: str, value: str = "", article: str | None = None, norm: Norm | None = None, treaty: str = ID
) -> Finding:
    return Finding(
        id=f"f_{kind}", treaty=treaty, kind=kind, value=value, article=article, norm=norm, truth=Truth.TRUE, proof=LEAF
    )


MUTUAL_ASSISTANCE = Norm(
    treaty=ID,
    article="4",
    duty=Duty.DEFENSE,
    conditions=Condition(
        op=Op.ALL,
        parts=(
            Condition(predicate="state-of-war", args=("?toward",)),
            Condition(predicate="armed-attack", args=("?other", "?toward")),
        ),
        words="one party is in a state of war through an armed attack by another state",
    ),
    manner=("immediately", "by-all-means"),
    limits=(Limit(kind="charter-51", words="Article 51"), Limit(kind="domestic-law", words="the laws of both states")),
    words="the other party provides military assistance",
)
FINDINGS = (
    finding("entry-into-force-clause", "exchange", "22"),
    finding("mutual-assistance", "defense", "4", MUTUAL_ASSISTANCE),
    finding("supersedes", OLD, "22"),
)
SIGNED = act(Kind.SIGN, "2024-06-19")
SUBMITTED = act(Kind.SUBMIT, "2024-10-14", "RUS", "RUS.president")
DUMA = act(
    Kind.CHAMBER_APPROVE,
    "2024-10-24",
    "RUS",
    "RUS.state-duma",
    vote=Vote(for_=397, against=0, present=397, unanimous=True),
)
COUNCIL = act(Kind.CHAMBER_APPROVE, "2024-11-06", "RUS", "RUS.federation-council", vote=Vote(unanimous=True))
LAW = act(Kind.PROMULGATE, "2024-11-09", "RUS", "RUS.president")
DECREE = act(Kind.PROMULGATE, "2024-11-11", "PRK", "PRK.state-affairs-commission")
EXCHANGE = act(Kind.EXCHANGE, "2024-12-04")
COURSE = (SIGNED, SUBMITTED, DUMA, COUNCIL, LAW, DECREE, EXCHANGE)
EXPECTED = act(Kind.CHAMBER_APPROVE, None, "RUS", "RUS.federation-council", Truth.UNKNOWN, Factuality.EXPECTED)


def register(
    acts: tuple[Act, ...] = COURSE,
    known: str | None = "2026-11-22",
    findings: tuple[Finding, ...] = FINDINGS,
    claims: tuple[ClaimEntry, ...] = (),
    treaties: tuple[Treaty, ...] | None = None,
) -> Register:
    """A register as known on a day: what happened after it is left out, as reconciling would."""
    day = date.fromisoformat(known) if known else None
    name = TreatyName(text="Treaty on Comprehensive Strategic Partnership")
    own = Treaty(id=ID, names=(name,), parties=("PRK", "RUS"), bilateral=True)
    kept = tuple(a for a in acts if day is None or a.on is None or a.on.earliest <= day)
    return Register(treaties=treaties or (own,), acts=kept, findings=findings, claims=claims, known=day)


def claim(speaker: str, stance: Stance, about: str, args: tuple[str, ...] = (), says: str = "it is so") -> ClaimEntry:
    return ClaimEntry(
        id=f"c_{speaker}",
        treaty=ID,
        speaker=Agent(name=speaker, role="Minister"),
        stance=stance,
        about=about,
        args=args,
        says=says,
        on=DateRange.parse("2024-10-24"),
        quotes=(Quote("d_1", 0, 4, "text"),),
        proof=LEAF,
    )
