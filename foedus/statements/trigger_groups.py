"""Classes of trigger that behave alike, by the names that `act_frames.toml` gives them."""

from __future__ import annotations

from foedus.statements.triggers import Form, Trigger

NEEDS_ACTOR = frozenset(
    {
        "ratify",
        "approve",
        "pass",
        "sign",
        "vote",
        "reject",
        "vote-against",
        "revoke",
        "suspend",
        "complete",
        "recommend",
        "submit",
        "deposit",
        "exchange",
        "sign-into-law",
        "promulgate",
        "enact",
        "support",
        "amend",
        "agree-terms",
    }
)
"""An active verb of these tells an act only where somebody is named who does it."""
NOUNS_OF_A_DAY = frozenset(
    {"force", "exchange", "deposit", "terminate", "pass", "provisional", "accede", "sign-into-law"}
)
"""Nouns that tell an act as done only beside a day."""
NOUNS_ALONE = frozenset(
    {"force", "exchange", "deposit", "terminate", "negotiate", "pass", "provisional", "sign-into-law"}
)
"""Nouns that tell an act though nobody owns them."""
BALLOTS = frozenset({"ballot", "reading"})
"""Sittings that are told by their day."""
UNDERSTOOD = frozenset(
    {
        "ratify",
        "complete",
        "become-member",
        "become-nth",
        "become-bound",
        "sign-into-law",
        "promulgate",
        "notice",
        "bare-notice",
        "receive",
        "receive-notice",
        "lift",
        "reserve",
        "declare-under",
        "succeed-to",
        "invoke-clause",
        "no-longer-bound",
        "talks",
        "agree-terms",
        "provisional",
    }
)
"""Verbs that say a treaty act though no treaty stands in the sentence."""
REACHING = frozenset(
    {
        "leave-notice",
        "ratify",
        "suspend",
        "withdraw",
        "revoke",
        "extend",
        "terminate",
        "reserve",
        "sign",
        "complete",
        "procedures",
        "exchange",
    }
)
"""What a bill or decision can be about."""
LEAVING = frozenset({"withdraw", "suspend", "extend", "revoke"})
"""Nouns that need to be announced or lacking."""
DECIDING = frozenset({"ratify", "approve", "pass", "vote", "vote-against", "complete"})
"""What a body decides by."""
DECIDERS = frozenset({"cabinet", "head", "court", "committee"})
"""Organs whose approval, told without an object, is that of the report's treaty."""
OF_A_LEAVING = frozenset({"force", "deposit", "submit", "notify", "finality", "finalize-text", "complete", "terminate"})
"""What is told of a withdrawal, or of the paper that tells it: whoever leaves acts."""
LEFT_OR_HELD = frozenset({"withdraw", "suspend", "leave-notice"})
"""What takes effect by one party's will."""
BECOMING = frozenset({"become-member", "become-nth"})
"""Joining told as becoming something."""
TELLING = frozenset({"notify", "confirm", "bare-notice"})
"""Verbs of which only what they tell makes an act."""
EVENTS = frozenset({"sign", "initial", "exchange", "deposit"})
"""Nouns of what people meet for: "took place on Monday"."""
BY_A_TREATY = frozenset({"amend", "extend", "supersede", "terminate"})
"""What a later treaty or protocol does to an earlier one."""
CHANGING = frozenset(
    {
        "suspend",
        "submit",
        "return",
        "refer",
        "extend",
        "terminate",
        "amend",
        "sign",
        "provisional",
        "force",
        "initial",
        "exchange",
    }
)
"""What is done to the very text that stands before the verb."""
PROVIDED = frozenset(
    {
        "notice",
        "bare-notice",
        "notify",
        "confirm",
        "deposit",
        "exchange",
        "terminate",
        "amend",
        "extend",
        "provisional",
        "withdraw",
        "suspend",
    }
)
"""What treaties provide for in the passive, with nobody named."""
PRO_VERBS = frozenset({"did-the-same", "did-neither"})
"""What takes its meaning from the verb before: "did so"."""
SUBMITTING = frozenset({"submit", "submit-moved", "first-reading"})
"""Bringing a bill before a legislature."""
VOTING = frozenset({"vote", "vote-against", "support"})
"""Voting as a verb."""
PEOPLE_SAY = frozenset({"say-yes", "say-no"})
"""What a people says at the polls, and its chambers too: "the Norwegians said no"."""
UNDOING = frozenset({"revoke", "withdraw", "take-back"})
"""Taking back what one has given."""
BONDS = frozenset({"ratify", "accede", "sign", "reserve", "leave-notice", "bond"})
"""What a state has given and may take back."""


def holds_a_bond(contents: list[Trigger]) -> bool:
    """Whether the verb takes back a noun of these: "scrapped its reservation"."""
    return any(one.class_ in BONDS and one.form is Form.NOUN for one in contents[:1])
