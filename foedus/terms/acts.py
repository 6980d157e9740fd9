"""The acts by which treaties are made, bind and end (VCLT Parts II-V), and the domestic acts on the way (Popolo for votes).

"Ratified" in a report names four different acts; none of them is decided by the verb alone. Acts have a level:
international acts move a state's status, domestic acts never do (VCLT 2(1)(b), 16).
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Level(StrEnum):
    INTERNATIONAL = "I"
    DOMESTIC = "D"
    UNRESOLVED = "unresolved"


class Kind(StrEnum):
    """Kinds of act; the article of the VCLT, where there is one, stands in `ARTICLE`."""

    NEGOTIATE = "negotiate"
    INITIAL = "initial"
    ADOPT = "adopt"
    SIGN = "sign"
    SUBMIT = "submit"
    COMMITTEE_RECOMMEND = "committee-recommend"
    CHAMBER_APPROVE = "chamber-approve"
    CHAMBER_REJECT = "chamber-reject"
    GOVERNMENT_APPROVE = "government-approve"
    REVIEW = "review"
    REFER = "refer"
    RETURN = "return"
    REFERENDUM = "referendum"
    PROMULGATE = "promulgate"
    RATIFY = "ratify"
    DEPOSIT = "deposit"
    EXCHANGE = "exchange"
    NOTIFY_COMPLETION = "notify-completion"
    ACCEDE = "accede"
    SUCCEED = "succeed"
    DECLARE = "declare"
    RESERVE = "reserve"
    OBJECT = "object"
    WITHDRAW_RESERVATION = "withdraw-reservation"
    PROVISIONAL_APPLICATION = "provisional-application"
    ENTER_INTO_FORCE = "enter-into-force"
    EXTEND = "extend"
    AMEND = "amend"
    SUSPEND = "suspend"
    REGISTER = "register"
    INVOKE = "invoke"
    WITHDRAW_NOTICE = "withdraw-notice"
    REVOKE_NOTICE = "revoke-notice"
    WITHDRAW_EFFECTIVE = "withdraw-effective"
    WITHDRAW_CONSENT = "withdraw-consent"
    TERMINATE = "terminate"
    EXPIRE = "expire"
    UNSIGN = "unsign"

    @property
    def level(self) -> Level:
        if self is Kind.RATIFY:
            return Level.UNRESOLVED
        return Level.DOMESTIC if self in DOMESTIC else Level.INTERNATIONAL


DOMESTIC = frozenset(
    {
        Kind.SUBMIT,
        Kind.COMMITTEE_RECOMMEND,
        Kind.CHAMBER_APPROVE,
        Kind.CHAMBER_REJECT,
        Kind.GOVERNMENT_APPROVE,
        Kind.REVIEW,
        Kind.REFER,
        Kind.RETURN,
        Kind.REFERENDUM,
        Kind.PROMULGATE,
    }
)

ARTICLE = {
    Kind.NEGOTIATE: "VCLT 9",
    Kind.INITIAL: "VCLT 10",
    Kind.ADOPT: "VCLT 9",
    Kind.SIGN: "VCLT 12, 14",
    Kind.DEPOSIT: "VCLT 16",
    Kind.EXCHANGE: "VCLT 13, 16",
    Kind.NOTIFY_COMPLETION: "VCLT 16",
    Kind.ACCEDE: "VCLT 15",
    Kind.DECLARE: "VCLT 19",
    Kind.RESERVE: "VCLT 19",
    Kind.OBJECT: "VCLT 20",
    Kind.WITHDRAW_RESERVATION: "VCLT 22",
    Kind.PROVISIONAL_APPLICATION: "VCLT 25",
    Kind.ENTER_INTO_FORCE: "VCLT 24",
    Kind.EXTEND: "VCLT 39",
    Kind.AMEND: "VCLT 39-41",
    Kind.SUSPEND: "VCLT 57-58",
    Kind.REGISTER: "UN Charter 102",
    Kind.WITHDRAW_NOTICE: "VCLT 56, 65",
    Kind.REVOKE_NOTICE: "VCLT 68",
    Kind.WITHDRAW_EFFECTIVE: "VCLT 54",
    Kind.TERMINATE: "VCLT 54, 59",
    Kind.EXPIRE: "VCLT 54",
    Kind.UNSIGN: "VCLT 18",
}


DEED = {
    # kind                       what was done, by the actor or states named after it
    Kind.NEGOTIATE: "negotiation",
    Kind.INITIAL: "initialling",
    Kind.ADOPT: "adoption of the text",
    Kind.SUBMIT: "submission to parliament",
    Kind.COMMITTEE_RECOMMEND: "recommendation by committee",
    Kind.CHAMBER_APPROVE: "approval",
    Kind.CHAMBER_REJECT: "rejection",
    Kind.GOVERNMENT_APPROVE: "approval in the cabinet",
    Kind.REVIEW: "review",
    Kind.REFER: "referral",
    Kind.RETURN: "return to parliament",
    Kind.REFERENDUM: "referendum",
    Kind.PROMULGATE: "signature of the law or decree",
    Kind.SIGN: "signature",
    Kind.RATIFY: "ratification",
    Kind.EXCHANGE: "exchange of instruments",
    Kind.DEPOSIT: "deposit of the instrument",
    Kind.NOTIFY_COMPLETION: "notice that procedures are complete",
    Kind.ACCEDE: "accession",
    Kind.SUCCEED: "succession",
    Kind.DECLARE: "declaration",
    Kind.RESERVE: "reservation",
    Kind.OBJECT: "objection",
    Kind.WITHDRAW_RESERVATION: "withdrawal of a reservation",
    Kind.PROVISIONAL_APPLICATION: "provisional application",
    Kind.ENTER_INTO_FORCE: "entry into force",
    Kind.EXTEND: "extension",
    Kind.AMEND: "amendment",
    Kind.SUSPEND: "suspension of the treaty",
    Kind.REGISTER: "registration",
    Kind.INVOKE: "invocation",
    Kind.WITHDRAW_NOTICE: "notice of withdrawal",
    Kind.REVOKE_NOTICE: "revocation of the notice of withdrawal",
    Kind.WITHDRAW_EFFECTIVE: "effect of the withdrawal",
    Kind.WITHDRAW_CONSENT: "withdrawal of the ratification",
    Kind.TERMINATE: "termination of the treaty",
    Kind.EXPIRE: "expiry of the treaty",
    Kind.UNSIGN: "withdrawal of the signature",
}
"""What was done, in plain words, for proofs and issues."""
BEFALLS = frozenset({Kind.ENTER_INTO_FORCE, Kind.TERMINATE, Kind.EXPIRE})
"""What becomes of the treaty for states, and is not done by them."""


class Measure(StrEnum):
    """What a domestic act is about."""

    RATIFICATION = "ratification"
    ACCESSION = "accession"
    AMENDMENT = "amendment"
    EXTENSION = "extension"
    PROVISIONAL_APPLICATION = "provisional-application"
    SUSPENSION = "suspension"
    DENUNCIATION = "denunciation"
    REVOCATION = "revocation"
    IMPLEMENTATION = "implementation"


class VoteOn(StrEnum):
    MEASURE = "measure"
    AMENDMENT = "amendment"
    PROCEDURE = "procedure"
    REFERRAL = "referral"


class Vote(msgspec.Struct, frozen=True, kw_only=True, rename={"for_": "for"}):
    """A tally (Popolo vote counts). `for_` always counts those for the treaty or its bill, also in a vote to reject.

    agenda   which item of the sitting's agenda it was, where said
    """

    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    absent: int | None = None
    present: int | None = None
    unanimous: bool | None = None
    on: VoteOn = VoteOn.MEASURE
    agenda: int | None = None
