"""How consent to be bound is expressed, and what each act makes of a state's standing (VCLT 7-18, 24, 25, 54-72).

One table, a row an act: where a state stands, what happens, where it stands then, by which article. `course_of` runs it
over events that have a day each; everything that cannot be told is left to the caller, who runs it once for each way it may
have been. An act that has no row from where the state stands moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import msgspec

from foedus.errors import NoSuchStep
from foedus.status.events import Event
from foedus.status.invalidity import CAUSES, basis_of
from foedus.status.manners import Doing
from foedus.terms.acts import Kind
from foedus.terms.proof import Truth


class Status(StrEnum):
    NONE = "none"
    NEGOTIATING = "negotiating"
    ADOPTED = "adopted"
    SIGNATORY = "signatory"
    CONTRACTING = "contracting"  # consented, not in force for it (narrower than VCLT 2(1)(f))
    PROVISIONALLY_APPLYING = "provisionally-applying"
    PARTY = "party"
    SUSPENDED = "suspended"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    VOID = "void"
    SIGNATURE_WITHDRAWN = "signature-withdrawn"


class Consent(StrEnum):
    NONE = "none"
    SIGNED = "signed"
    EXPRESSED = "expressed"
    WITHDRAWN = "withdrawn"


class Application(StrEnum):
    NONE = "none"
    INTERIM_DUTY = "interim-duty"  # VCLT 18
    PROVISIONAL = "provisional"
    FULL = "full"
    PARTLY_SUSPENDED = "partly-suspended"
    SUSPENDED = "suspended"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of withdrawal: given, to take effect, revoked, or its effect suspended (VCLT 65-68)."""

    given: date | None = None
    effective: date | None = None
    revoked: date | None = None
    suspended: date | None = None


class Move(NamedTuple):
    """Where an act leads: the headline, the consent where it changes, and the article."""

    status: Status
    consent: Consent | None
    article: str


def _rows(froms: Iterable[Status], kinds: Iterable[Kind], move: Move) -> dict[tuple[Status, Kind], Move]:
    return {(status, kind): move for status in froms for kind in kinds}


S, K, C = Status, Kind, Consent
UNSIGNED = (S.NONE, S.NEGOTIATING, S.ADOPTED, S.SIGNATURE_WITHDRAWN)
UNBOUND = (*UNSIGNED, S.SIGNATORY)
BOUND = (S.PARTY, S.SUSPENDED, S.WITHDRAWING)

MOVES: dict[tuple[Status, Kind], Move] = {
    # where it stands                     what happens                             where it stands then, by which article
    **_rows([S.NONE], [K.NEGOTIATE], Move(S.NEGOTIATING, None, "VCLT 2(1)(e)")),
    **_rows([S.NONE, S.NEGOTIATING], [K.ADOPT], Move(S.ADOPTED, None, "VCLT 9")),
    **_rows([S.NONE, S.NEGOTIATING], [K.INITIAL], Move(S.ADOPTED, None, "VCLT 10(b)")),
    **_rows(UNSIGNED, [K.SIGN], Move(S.SIGNATORY, C.SIGNED, "VCLT 14(1), 18(a)")),
    # consent between states; the day that counts is this one, not a parliament's or a president's
    **_rows((*UNBOUND, S.WITHDRAWN), [K.EXCHANGE], Move(S.CONTRACTING, C.EXPRESSED, "VCLT 16(a)")),
    **_rows((*UNBOUND, S.WITHDRAWN), [K.DEPOSIT], Move(S.CONTRACTING, C.EXPRESSED, "VCLT 16(b)")),
    **_rows((*UNBOUND, S.WITHDRAWN), [K.NOTIFY_COMPLETION], Move(S.CONTRACTING, C.EXPRESSED, "VCLT 16(c)")),
    **_rows((*UNBOUND, S.WITHDRAWN), [K.ACCEDE], Move(S.CONTRACTING, C.EXPRESSED, "VCLT 15")),
    **_rows((*UNBOUND, S.WITHDRAWN), [K.SUCCEED], Move(S.CONTRACTING, C.EXPRESSED, "VCLT 73, succession of States")),
    # consent taken back before it binds: the signature stays
    **_rows([S.SIGNATORY], [K.UNSIGN], Move(S.SIGNATURE_WITHDRAWN, None, "VCLT 18(a)")),
    **_rows([S.CONTRACTING], [K.WITHDRAW_CONSENT], Move(S.SIGNATORY, C.WITHDRAWN, "VCLT 18(b)")),
    # provisional application stands beside a signature or an expressed consent
    **_rows((*UNBOUND, S.CONTRACTING), [K.PROVISIONAL_APPLICATION], Move(S.PROVISIONALLY_APPLYING, None, "VCLT 25(1)")),
    **_rows(
        [S.PROVISIONALLY_APPLYING],
        [K.EXCHANGE, K.DEPOSIT, K.NOTIFY_COMPLETION, K.ACCEDE],
        Move(S.PROVISIONALLY_APPLYING, C.EXPRESSED, "VCLT 16, 25(1)"),
    ),
    **_rows([S.PROVISIONALLY_APPLYING], [K.UNSIGN], Move(S.SIGNATURE_WITHDRAWN, None, "VCLT 25(2)")),
    # in force; that it entered into force for a state says that the state had consented
    **_rows(
        (*UNBOUND, S.CONTRACTING, S.PROVISIONALLY_APPLYING),
        [K.ENTER_INTO_FORCE],
        Move(S.PARTY, C.EXPRESSED, "VCLT 24"),
    ),
    # while it is in force: a suspended or withdrawing state is still a party
    **_rows([S.PARTY], [K.SUSPEND], Move(S.SUSPENDED, None, "VCLT 57, 72(1)")),
    **_rows([S.PARTY, S.SUSPENDED], [K.WITHDRAW_NOTICE], Move(S.WITHDRAWING, None, "VCLT 56(2), 65(1)")),
    **_rows([S.WITHDRAWING, S.SUSPENDED], [K.REVOKE_NOTICE], Move(S.PARTY, None, "VCLT 68")),
    **_rows(BOUND, [K.WITHDRAW_EFFECTIVE], Move(S.WITHDRAWN, C.WITHDRAWN, "VCLT 54, 70")),
    # the end of the treaty, for whoever stands towards it
    **_rows(
        (S.ADOPTED, S.SIGNATORY, S.CONTRACTING, S.PROVISIONALLY_APPLYING, *BOUND),
        [K.TERMINATE],
        Move(S.TERMINATED, None, "VCLT 54(b), 59, 70"),
    ),
    **_rows((S.PROVISIONALLY_APPLYING, *BOUND), [K.EXPIRE], Move(S.TERMINATED, None, "VCLT 54(a), 70")),
}


VOID = Move(S.VOID, None, "VCLT 69")
OF_NOTICE = {
    # the notice, not the treaty, is suspended: it runs no more, and the state is a party as before
    S.WITHDRAWING: Move(S.PARTY, None, "VCLT 68, by agreement"),
    S.PARTY: Move(S.PARTY, None, "VCLT 68, by agreement"),
}


AMONG_SOME = {
    # towards those who did not agree to it, it goes on as before
    S.PARTY: Move(S.PARTY, None, "VCLT 58, 72(1)"),
}


def move_of(status: Status, event: Event) -> Move | None:
    """Where an event leads from a status, or None where it moves nothing."""
    if event.of_notice:
        return OF_NOTICE.get(status)
    doing = event.manner.doing if event.manner else None
    if doing is Doing.AMONG_SOME:
        return AMONG_SOME.get(status)
    move = MOVES.get((status, event.kind))
    if move and event.ground in CAUSES:
        return move._replace(article=f"{CAUSES[event.ground].article}, 65; {move.article}")
    if move and event.ground:
        return VOID._replace(article=basis_of(event.ground))
    if move and event.kind is Kind.SIGN and event.definitive:
        return Move(Status.CONTRACTING, Consent.EXPRESSED, "VCLT 12(1)")
    if move and event.manner and doing in (Doing.BINDS, Doing.IN_PART):
        return move._replace(article=event.manner.article)
    return move


class Axes(NamedTuple):
    """What a headline says of the two axes that follow from it."""

    party: Truth
    application: Application


AXES = {
    S.NONE: Axes(Truth.FALSE, Application.NONE),
    S.NEGOTIATING: Axes(Truth.FALSE, Application.NONE),
    S.ADOPTED: Axes(Truth.FALSE, Application.NONE),
    S.SIGNATORY: Axes(Truth.FALSE, Application.INTERIM_DUTY),  # VCLT 18(a)
    S.CONTRACTING: Axes(Truth.FALSE, Application.INTERIM_DUTY),  # VCLT 18(b)
    S.PROVISIONALLY_APPLYING: Axes(Truth.FALSE, Application.PROVISIONAL),
    S.PARTY: Axes(Truth.TRUE, Application.FULL),
    S.SUSPENDED: Axes(Truth.TRUE, Application.SUSPENDED),  # VCLT 72(1)(b)
    S.WITHDRAWING: Axes(Truth.TRUE, Application.FULL),
    S.WITHDRAWN: Axes(Truth.FALSE, Application.NONE),
    S.TERMINATED: Axes(Truth.FALSE, Application.NONE),
    S.VOID: Axes(Truth.FALSE, Application.NONE),
    S.SIGNATURE_WITHDRAWN: Axes(Truth.FALSE, Application.NONE),  # the duty ends, the signature is not erased
}

CONSENTING = frozenset({K.EXCHANGE, K.DEPOSIT, K.NOTIFY_COMPLETION, K.ACCEDE, K.SUCCEED})

# On one day, what comes first.
ORDER = tuple(K)
PLACE = {kind: place for place, kind in enumerate(ORDER)}


class Timed(NamedTuple):
    """An event with the day it is taken to have been on."""

    day: date
    event: Event


class Change(NamedTuple):
    """One step of a course: from where, to where, on which day, by which event and article."""

    day: date
    before: Status
    after: Status
    event: Event
    article: str


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """How a state came to stand where it stands, on one way things may have been."""

    status: Status = Status.NONE
    consent: Consent = Consent.NONE
    application: Application = Application.NONE
    changes: tuple[Change, ...] = ()

    @property
    def party(self) -> Truth:
        return AXES[self.status].party

    @property
    def since(self) -> date | None:
        """The day it came to its present headline."""
        return next((c.day for c in reversed(self.changes) if c.before is not c.after), None)


def could_follow(status: Status) -> tuple[Kind, ...]:
    """The kinds of act that have a row from a status, in the order of the kinds.

    >>> [str(kind) for kind in could_follow(Status.CONTRACTING)]
    ['provisional-application', 'enter-into-force', 'withdraw-consent', 'terminate']
    """
    return tuple(kind for kind in ORDER if (status, kind) in MOVES)


def advance(course: Course, timed: Timed) -> Course:
    """The course after one more event.

    raises   NoSuchStep if nothing can come of it from where the state stands: the message says what could
    """
    event = timed.event
    move = move_of(course.status, event)
    if move is None:
        able = ", ".join(could_follow(course.status)) or "nothing"
        raise NoSuchStep(f"a State with status {course.status} cannot {event.kind}; it could: {able}")
    application = AXES[move.status].application
    if move.status is Status.WITHDRAWING and course.application is Application.SUSPENDED:
        application = Application.SUSPENDED  # a notice does not bring performance back
    if event.kind is Kind.SUSPEND and event.manner and event.manner.doing is Doing.AMONG_SOME:
        application = Application.PARTLY_SUSPENDED
    return Course(
        status=move.status,
        consent=move.consent or course.consent,
        application=application,
        changes=(*course.changes, Change(timed.day, course.status, move.status, event, move.article)),
    )


def course_of(events: Iterable[Timed], state: str, until: date) -> Course:
    """Where the events up to the end of a day bring a state; those that have no row move nothing."""
    course = Course()
    for timed in sorted(events, key=in_order):
        if timed.day > until or not _applies(timed.event, course, state):
            continue
        if move_of(course.status, timed.event):
            course = advance(course, timed)
    return course


def in_order(timed: Timed) -> tuple[date, int, str]:
    """Events by their day; on one day a signature comes before the instrument, and the instrument before entry into force."""
    return (timed.day, PLACE[timed.event.kind], timed.event.act or "")


def _applies(event: Event, course: Course, state: str) -> bool:
    """Entry into force that names no state binds those that have consented, not mere signatories."""
    if event.states:
        return state in event.states
    return event.kind is not Kind.ENTER_INTO_FORCE or course.consent is Consent.EXPRESSED
