"""Where two readers of one document agree: the same act, provision or speaker, whatever else each says of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.statements.statement import ActMention, ProvisionMention, Statement


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two readers' statements, sorted into what both have and what one has alone."""

    both: tuple[tuple[Statement, Statement], ...] = ()
    first_only: tuple[Statement, ...] = ()
    second_only: tuple[Statement, ...] = ()

    @property
    def differences(self) -> tuple[tuple[Statement, Statement], ...]:
        """Pairs that both readers have and that they date or hold otherwise."""
        return tuple(pair for pair in self.both if _details(pair[0]) != _details(pair[1]))


def agreement_of(first: Sequence[Statement], second: Sequence[Statement]) -> Agreement:
    """Each statement of one reader with the first of the other that says the same; the rest each by itself."""
    left, both = list(second), []
    alone = []
    for statement in first:
        twin = next((other for other in left if _is_same(statement, other)), None)
        if twin is None:
            alone.append(statement)
        else:
            left.remove(twin)
            both.append((statement, twin))
    return Agreement(both=tuple(both), first_only=tuple(alone), second_only=tuple(left))


def _is_same(one: Statement, other: Statement) -> bool:
    a, b = one.content, other.content
    if isinstance(a, ActMention) and isinstance(b, ActMention):
        shares = bool(set(a.states) & set(b.states)) or not (a.states and b.states)
        return a.kind is b.kind and shares and one.factuality.is_unrealised == other.factuality.is_unrealised
    if isinstance(a, ProvisionMention) or isinstance(b, ProvisionMention):
        return (
            isinstance(a, ProvisionMention)
            and isinstance(b, ProvisionMention)
            and (a.kind, a.article) == (b.kind, b.article)
        )
    if isinstance(a, ActMention) or isinstance(b, ActMention):
        return False
    return a.stance is b.stance and bool(_words(a.speaker.name) & _words(b.speaker.name))


def _words(name: str) -> set[str]:
    return {word for word in name.lower().split() if len(word) > 2}


def _details(statement: Statement) -> tuple[object, ...]:
    content = statement.content
    if isinstance(content, ActMention):
        vote = (content.vote.for_, content.vote.against) if content.vote else None
        return (statement.factuality, content.date, set(content.states), vote)
    return ()
