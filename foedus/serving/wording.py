"""The words in which Foedus speaks to people: neutral, the same everywhere, one table a vocabulary.

A status never praises or blames, "false" about a duty reads "no duty found under ...", and every sentence is about what was
found by a day, never about the world beyond the reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from foedus.documents.document import Basis
from foedus.reference.clauses import Trigger, parse_force_clause
from foedus.register.entries import Act
from foedus.statements.statement import ActMention
from foedus.status.standings import ForceOfTreaty, Ladder, Standing, Status, StepState
from foedus.terms.acts import Kind, Vote
from foedus.terms.agents import Agent, BodyKind, in_a_sentence
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Stance
from foedus.terms.norms import Condition, Duty, Limit, Norm, Op
from foedus.terms.proof import Truth

Names = Mapping[str, str]
"""What people call the states and organisations that codes stand for: {"RUS": "Russia"}."""

ACTS = {
    Kind.NEGOTIATE: "Negotiation", Kind.INITIAL: "Initialling", Kind.ADOPT: "Adoption of the text",
    Kind.SIGN: "Signature", Kind.SUBMIT: "Submission to the legislature",
    Kind.COMMITTEE_RECOMMEND: "Committee report", Kind.CHAMBER_APPROVE: "Approval in a chamber",
    Kind.CHAMBER_REJECT: "Rejection in a chamber", Kind.GOVERNMENT_APPROVE: "Approval in the cabinet",
    Kind.REVIEW: "Review", Kind.REFER: "Referral", Kind.RETURN: "Return to the legislature",
    Kind.REFERENDUM: "Referendum", Kind.PROMULGATE: "Signature of the law or decree",
    Kind.RATIFY: "Ratification, step not told", Kind.DEPOSIT: "Deposit of the instrument",
    Kind.EXCHANGE: "Exchange of instruments", Kind.NOTIFY_COMPLETION: "Notice that procedures are complete",
    Kind.ACCEDE: "Accession", Kind.SUCCEED: "Succession", Kind.DECLARE: "Declaration", Kind.RESERVE: "Reservation",
    Kind.OBJECT: "Objection", Kind.WITHDRAW_RESERVATION: "Withdrawal of a reservation",
    Kind.PROVISIONAL_APPLICATION: "Provisional application", Kind.ENTER_INTO_FORCE: "Entry into force",
    Kind.EXTEND: "Extension", Kind.AMEND: "Amendment", Kind.SUSPEND: "Suspension", Kind.REGISTER: "Registration",
    Kind.INVOKE: "Invocation", Kind.WITHDRAW_NOTICE: "Notice of withdrawal",
    Kind.REVOKE_NOTICE: "Notice of withdrawal taken back", Kind.WITHDRAW_EFFECTIVE: "Withdrawal takes effect",
    Kind.WITHDRAW_CONSENT: "Ratification taken back", Kind.TERMINATE: "Termination", Kind.EXPIRE: "Expiry",
    Kind.UNSIGN: "Signature taken back",
}  # fmt: skip

STATUS = {
    Status.NONE: "{state} has not acted on the treaty, as far as reports tell.",
    Status.NEGOTIATING: "{state} is negotiating the treaty and is not bound.",
    Status.ADOPTED: "The text is adopted; {state} has not signed and is not bound.",
    Status.SIGNATORY: "{state} is a signatory: it has signed and is not yet bound.",
    Status.CONTRACTING: "{state} has consented to be bound; the treaty is not in force for it.",
    Status.PROVISIONALLY_APPLYING: "{state} applies the treaty provisionally.",
    Status.PARTY: "{state} is a party: the treaty is in force and binds it.",
    Status.SUSPENDED: "{state} is a party; the operation of the treaty is suspended for it.",
    Status.WITHDRAWING: "{state} is a party and has given notice of withdrawal.",
    Status.WITHDRAWN: "{state} has withdrawn and is no longer a party.",
    Status.TERMINATED: "The treaty has ended for {state}, which is no longer bound by it.",
    Status.VOID: "The treaty is void for {state}.",
    Status.SIGNATURE_WITHDRAWN: "{state} has taken back its signature.",
}
STATUS_WORD = {
    Status.NONE: "no act reported",
    Status.PROVISIONALLY_APPLYING: "applies provisionally",
    Status.SIGNATURE_WITHDRAWN: "signature taken back",
}
STEP_STATES = {
    StepState.DONE: "done",
    StepState.PENDING: "pending",
    StepState.UNREPORTED: "implied, not reported",
    StepState.NOT_REACHED: "not reached",
    StepState.FAILED: "failed",
    StepState.SKIPPED: "skipped",
}
FACTUALITIES = {
    Factuality.HAPPENED: "reported as done",
    Factuality.PLANNED: "planned",
    Factuality.EXPECTED: "expected",
    Factuality.POSSIBLE: "possible",
    Factuality.DENIED: "denied",
}
STANCES = {
    Stance.ASSERT: "says",
    Stance.DENY: "denies",
    Stance.DOUBT: "calls unclear",
    Stance.EXPECT: "expects",
    Stance.INTERPRET: "reads it so",
}
PLURAL = {
    Stance.ASSERT: "say",
    Stance.DENY: "deny",
    Stance.DOUBT: "call unclear",
    Stance.EXPECT: "expect",
    Stance.INTERPRET: "read it so",
}
"""The same of more than one speaker."""
PROVISIONS = {
    "articles": "Number of articles",
    "duration": "Duration",
    "area": "Fields of cooperation",
    "mutual-assistance": "Mutual assistance",
    "entry-into-force-clause": "Entry into force",
    "withdrawal-clause": "Withdrawal",
    "third-party": "Third parties",
    "supersedes": "Earlier treaties",
    "domestic-requirement": "Required at home",
    "content": "Further content",
    "nuclear": "Nuclear matters",
}
VALUES = {"not-against-third": "not directed against third states", "none: secret-clauses": "none, it is said"}
"""What is said of a provision, where its value is a name of ours."""
DUTIES = {
    Duty.DEFENSE: "comes to its aid",
    Duty.OFFENSE: "joins it in war",
    Duty.NEUTRALITY: "stays neutral",
    Duty.NONAGGRESSION: "does not use force against it",
    Duty.CONSULTATION: "consults with it",
}
BASES = {
    Basis.GIVEN: "given by the user",
    Basis.METADATA: "metadata of the page",
    Basis.DATELINE: "dateline of the report",
    Basis.PAGE: "date printed on the page",
    Basis.CAPTION: "date of a picture",
    Basis.INFERRED: "worked out from all reports together",
}
TRUTHS = {Truth.TRUE: "true", Truth.FALSE: "false", Truth.UNKNOWN: "unknown"}
MET = {Truth.TRUE: "met", Truth.FALSE: "not met", Truth.UNKNOWN: "cannot be told"}
CONDITIONS = {
    "armed-attack": "{0} carries out an armed attack on {1}",
    "state-of-war": "{0} is in a state of war",
    "invasion-threat": "{0} is under an immediate threat of armed invasion",
    "request": "{0} asks {1} for help",
    "provoked": "{0} provoked {1}",
    "security-council-acting": "the Security Council acts on the attack on {0}",
    "un-member": "{0} is a member of the United Nations",
    "invoked": "{0} says that the casus has occurred",
}
TRIGGERS = {
    Trigger.SIGNATURE: "it is signed",
    Trigger.EXCHANGE: "the instruments of ratification are exchanged",
    Trigger.NOTIFICATIONS: "the last state notifies that its procedures are complete",
    Trigger.DEPOSITS: "the {count}th instrument is deposited",
    Trigger.RATIFICATION_BY_ALL: "all states have ratified",
    Trigger.UNSTATED: "the conditions that the treaty sets are met",
}
WHOLE = frozenset({BodyKind.STATE, BodyKind.ORGANISATION})
"""Who is named by the states of an act already."""

ROLES = {
    "?bearer": "the other party", "?toward": "one party", "?other": "another state",
    "each-party": "each party", "each-other-party": "the other party",
}  # fmt: skip
TOPICS = {"against-third": "Whether it is directed against third states"}
BY_AN_ORGAN = {Kind.CHAMBER_APPROVE: "Approval", Kind.CHAMBER_REJECT: "Rejection", Kind.GOVERNMENT_APPROVE: "Approval"}


def titled(kebab: str) -> str:
    """ "troop-deployment" as a heading: "Troop deployment"; a table's own words where it has them."""
    words = PROVISIONS.get(kebab) or kebab.replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def topic_words(about: str) -> str:
    """What a claim is about, as a heading: a scenario predicate or a topic."""
    return TOPICS.get(about) or titled(about)


def listed(words: Iterable[str]) -> str:
    """
    >>> listed(["trade", "space", "energy"])
    'trade, space and energy'
    """
    *most, last = tuple(words) or ("",)
    return f"{', '.join(most)} and {last}" if most else last


def day(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"


def days(on: DateRange) -> str:
    """The days of a range as people write them.

    >>> days(DateRange.parse("2024-10-24")), days(DateRange.parse("2024-06")), days(DateRange.parse("2024-11-10/2024-11-20"))
    ('24 October 2024', 'June 2024', '10 to 20 November 2024')
    >>> days(DateRange.parse("../2024-10-24")), days(DateRange.parse("2024-10-30/2024-11-02"))
    ('by 24 October 2024', '30 October to 2 November 2024')
    """
    first, last = on.earliest, on.latest
    if on == DateRange.always():
        return "on an unknown day"
    if on.is_day:
        return day(first)
    if first == date.min:
        return f"by {day(last)}"
    if last == date.max:
        return f"from {day(first)} on"
    if "-" not in on.edtf:
        return f"{first.year}"
    if on == DateRange.month(first.year, first.month):
        return f"{first:%B} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else day(first)
    return f"{start} to {day(last)}"


def act_title(act: Act | ActMention, names: Names) -> str:
    """What the act is and whose, whatever its factuality: "Approval by the State Duma (Russia)"."""
    states = listed(names.get(code, code) for code in act.states)
    is_organ = act.actor is not None and act.actor.kind not in WHOLE and act.actor.name != states
    who = [act.actor, *act.agents] if is_organ else []
    actor = listed(_once(in_a_sentence(agent) for agent in who if agent))
    noun = BY_AN_ORGAN.get(act.kind, ACTS[act.kind]) if actor else ACTS[act.kind]
    stage = f", {act.stage}" if act.stage else ""
    if not actor:
        return f"{noun}: {states}{stage}" if states else noun + stage
    return f"{noun} by {actor} ({states}){stage}" if states else f"{noun} by {actor}{stage}"


def _once(names: Iterable[str]) -> Iterable[str]:
    """Each name once, in its first spelling: reports write "Kim Jong-un" and "Kim Jong Un"."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault("".join(filter(str.isalnum, name)).casefold(), name)
    return first.values()


def standing_sentence(standing: Standing, names: Names) -> str:
    """The standing in one sentence; where it is unknown, what the unknown facts still allow."""
    state = names.get(standing.state, standing.state)
    if standing.truth is Truth.UNKNOWN:
        others = standing.alternatives or (standing.status,)
        may = " or ".join(dict.fromkeys(status_word(status) for status in (standing.status, *others)))
        return f"It cannot be told from the reports where {state} stands; possible: {may}."
    sentence = STATUS[standing.status].format(state=state)
    return sentence[:1].upper() + sentence[1:]


def force_sentence(force: ForceOfTreaty, on: date) -> str:
    if force.truth is Truth.UNKNOWN:
        return f"It cannot be told from the reports whether the treaty is in force on {day(on)}."
    if force.truth is Truth.FALSE:
        return f"The treaty is not in force on {day(on)}."
    return (
        f"The treaty has been in force since {days(force.since)}."
        if force.since
        else f"The treaty is in force on {day(on)}."
    )


def nothing_awaited(force: ForceOfTreaty | None, each_is_told: bool) -> str:
    """What is said of the next step where none is listed.

    each_is_told   the states are few, and what each must do is listed
    """
    if force is None or force.truth is Truth.UNKNOWN:
        return "Whether a further step is needed cannot be told from the reports."
    if force.until is not None:
        return f"No step is awaited: the treaty ended {days(force.until)}."
    each = "" if each_is_told else " What a state must do to be bound stands with its own entry."
    if force.truth is Truth.FALSE:
        return f"The treaty is not in force; what it needs for that stands with its status. Reports name no next step.{each}"
    return each.strip() or "No further step is needed for the treaty to bind its parties, as far as reports tell."


def status_word(status: Status) -> str:
    return STATUS_WORD.get(status, status.value.replace("-", " "))


def vote_words(vote: Vote) -> str:
    """
    >>> vote_words(Vote(for_=397, against=0, unanimous=True))
    '397 for, 0 against, unanimous'
    """
    counts = (("for", vote.for_), ("against", vote.against), ("abstaining", vote.abstain), ("absent", vote.absent))
    parts = [f"{many} {how}" for how, many in counts if many is not None]
    if vote.present is not None and vote.present != vote.for_:
        parts.append(f"{vote.present} present")
    return ", ".join([*parts, "unanimous"] if vote.unanimous else parts)


def speaker_words(speaker: Agent, names: Names) -> str:
    """The speaker by office first: "Deputy Foreign Minister (Russia), Andrey Rudenko"."""
    states = listed(names.get(code, code) for code in speaker.states)
    if not speaker.role:
        return f"{speaker.name} ({states})" if states and states != speaker.name else speaker.name
    office = speaker.role[:1].upper() + speaker.role[1:]
    known = states and not any(word.lower() in office.lower() for word in (states, *speaker.states))
    return f"{office} ({states}), {speaker.name}" if known else f"{office}, {speaker.name}"


def stance_words(stance: Stance, speaker: Agent) -> str:
    """What a speaker does, one or two of them.

    >>> stance_words(Stance.DENY, Agent(name="Moscow and Pyongyang")), stance_words(Stance.DENY, Agent(name="Russia"))
    ('deny', 'denies')
    """
    are_several = " and " in speaker.name and " of " not in speaker.name and speaker.role is None
    return PLURAL.get(stance, STANCES[stance]) if are_several else STANCES[stance]


def condition_words(condition: Condition | None, names: Names) -> str:
    """A casus in words, read from its tree and not from a report.

    >>> attack = Condition(predicate="armed-attack", args=("?other", "?toward"))
    >>> war = Condition(predicate="state-of-war", args=("?toward",))
    >>> condition_words(Condition(op=Op.ALL, parts=(war, attack)), {})
    'one party is in a state of war and another state carries out an armed attack on that party'
    """
    words = _condition(condition, names) if condition else "always"
    for one in (ROLES["?toward"], ROLES["?other"]):
        first, *later = words.split(one)
        words = one.join([first, f"that {one.split()[-1]}".join(later)]) if later else first
    return words


def _condition(condition: Condition, names: Names) -> str:
    if condition.op is Op.ATOM:
        who = tuple(ROLES.get(arg) or names.get(arg, arg) for arg in condition.args)
        form = CONDITIONS.get(condition.predicate or "")
        return form.format(*who, "", "") if form else f"{condition.predicate} ({', '.join(who)})"
    parts = [_condition(part, names) for part in condition.parts]
    if condition.op is Op.NOT:
        return f"it is not so that {' and '.join(parts)}"
    return (" and " if condition.op is Op.ALL else " or ").join(parts)


def provision_words(kind: str, value: str) -> str:
    """The value of a finding for people; a clause of `reference/clauses.py` in words.

    >>> provision_words("entry-into-force-clause", "deposits:50+90d"), provision_words("duration", "indefinite")
    ('90 days after the 50th instrument is deposited', 'indefinite')
    >>> provision_words("third-party", "not-against-third")
    'not directed against third states'
    """
    if kind == "supersedes" and value.isdecimal():
        return f"the treaty of {value}"
    if kind != "entry-into-force-clause":
        return VALUES.get(value, value) or titled(kind)
    clause = parse_force_clause(value)
    if clause is None:
        return value or titled(kind)
    when = TRIGGERS[clause.trigger].format(count=clause.count or "last")
    start = f"on the first day of month {clause.month_start} after " if clause.month_start else ""
    term = f"{clause.days} days after " if clause.days else f"{clause.months} months after " if clause.months else ""
    return f"{start}{term}{when}" if start or term else f"when {when}"


def progress_words(ladder: Ladder) -> str:
    """How far a state has come, in one line: "2 of 6 steps reported as done; next: the Federation Council"."""
    done = sum(step.state_of_step is StepState.DONE for step in ladder.steps)
    following = next((step for step in ladder.steps if step.state_of_step is StepState.PENDING), None)
    pending = f"; next: {following.actor}" if following else ""
    return f"{done} of {len(ladder.steps)} steps reported as done{pending}"


def limit_words(limit: Limit) -> str:
    """The report's own words for a limit, or its name."""
    return limit.words or titled(limit.kind)


LONGEST_HEADLINE = 160
"""Letters of a finding that stand in a heading at most, where its words allow a cut."""


def headline(says: str) -> tuple[str, str]:
    """What is found, and the grounds where these would make a heading too long: cut at its last colon that leaves it short.

    >>> headline("Signature: dated 2031-05-04, against 2031-05-06")
    ('Signature: dated 2031-05-04, against 2031-05-06', '')
    >>> headline("a.txt: its page date is refuted: " + "on Saturday; " * 20)[0]
    'a.txt: its page date is refuted'
    """
    cut = says.rfind(": ", 0, LONGEST_HEADLINE) if len(says) > LONGEST_HEADLINE else -1
    return (says, "") if cut < 0 else (says[:cut], says[cut + 2 :])


def sentence_start(words: str) -> str:
    return words[:1].upper() + words[1:]


def step_kind(kind: str) -> str:
    """The kind of act that a step needs, as people call it."""
    return ACTS[Kind(kind)].lower() if kind in set(Kind) else kind.replace("-", " ")


def duty_words(norm: Norm, names: Names) -> str:
    """Who owes what, in our words: "the other party comes to its aid, immediately, by all means"."""
    bearer = "the other party" if norm.bearer == "each-party" else names.get(norm.bearer, norm.bearer)
    manner = "".join(f", {how.replace('-', ' ')}" for how in norm.manner)
    return f"{bearer} {DUTIES[norm.duty]}{manner}"


def no_duty_found(treaty: str) -> str:
    """What a FALSE about a duty says to people: there may be other treaties, and self-defence needs none."""
    return f"no duty found under {treaty}"


_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")}
"""Unicode's category Cc."""
_TURNING = {0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_UNPRINTABLE = dict.fromkeys(_CONTROLS | _TURNING, "�")


def printable(text: str) -> str:
    """The text without what could steer a terminal or turn a line around: controls and bidirectional overrides become "�".

    >>> printable("a\\x1b[31mb\\nc")
    'a�[31mb\\nc'
    """
    return text.translate(_UNPRINTABLE)
