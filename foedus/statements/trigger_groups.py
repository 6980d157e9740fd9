"""Classes of trigger that behave alike, by the names that `act_frames.toml` gives them."""

from __future__ import annotations

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
        "support",
    }
)
"""An active verb of these tells an act only where somebody is named who does it."""
NOUNS_OF_A_DAY = frozenset({"force", "exchange", "deposit", "terminate"})
"""Nouns that tell an act as done only beside a day."""
NOUNS_ALONE = frozenset({"force", "exchange", "deposit", "terminate", "negotiate"})
"""Nouns that tell an act though nobody owns them."""
BALLOTS = frozenset({"ballot", "reading"})
"""Sittings that are told by their day."""
UNDERSTOOD = frozenset(
    {
        "ratify",
        "complete",
        "become-member",
        "become-nth",
        "sign-into-law",
        "notice",
        "bare-notice",
        "receive",
        "receive-notice",
        "lift",
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
        "exchange",
    }
)
"""What a bill or decision can be about."""
LEAVING = frozenset({"withdraw", "suspend", "extend", "revoke"})
"""Nouns that need to be announced or lacking."""
DECIDING = frozenset({"ratify", "approve", "pass", "vote", "vote-against", "complete"})
"""What a body decides by."""
BECOMING = frozenset({"become-member", "become-nth"})
"""Joining told as becoming something."""
VOTING = frozenset({"vote", "vote-against", "support"})
"""Voting as a verb."""
