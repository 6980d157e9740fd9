"""Speakers: who stands before or after a verb of saying; looking right, the noun phrase that begins there."""

from __future__ import annotations

from foedus.statements.names import MentionKind
from foedus.statements.speaker_names import Speaker, span
from foedus.statements.speakers_before import SpeakersBefore
from foedus.terms.agents import Agent, BodyKind

_OFFICE = 9
"""Words of an office between a body's name and a person's."""


class SpeakerFinder(SpeakersBefore):
    """The noun phrases of one sentence that can speak."""

    def after(self, at: int, reach: int = 3) -> Speaker | None:
        """The speaker whose noun phrase begins at `at`, with up to `reach` words of office or determiner before the name."""
        if at >= len(self.tokens) or self.quoted[at]:
            return None
        if self.lower[at] in self.words.pronouns or self.lower[at] in self.words.small.object_he:
            return self._pronoun(at)
        noun: Speaker | None = None
        owner: Speaker | None = None
        for here in range(at, min(len(self.tokens), at + 3 * reach + 8)):
            if self.quoted[here] or self.lower[here] in (";", ":", "?") or self._is_stop(here):
                break
            if owner and here < owner.last:
                continue
            named = self._with_noun(self._owned(self.beginning.get(here)))
            near = here - (owner.last if owner else at) <= reach
            if named and (noun or near):
                if self._names_noun(noun, named, here):
                    return named
                if not noun and self._owns(named):
                    owner = owner or named
                    continue
                if not noun and self.lower[named.last - 1] not in self.words.nouns.persons:
                    return owner or self._officer(named) or named
                noun = noun or named
            elif noun is None and self._is_head(here) and not self._describes(here):
                noun = self._noun(here, free=True) or self._bare(at, here)
            elif (noun is None and (not near or self.lower[here] in self.words.small.prepositions)) or (
                noun and self.lower[here] in self.words.verbs and not self._is_put_out(here)
            ):
                break
        noun = noun or owner
        return noun if noun or not self._unknown_after(at) else self._unknown(at)

    def _describes(self, at: int) -> bool:
        """Whether a noun only says of what kind the one after it is: "the justice minister"."""
        nouns = self.words.nouns
        after = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        return (
            self.lower[at] in nouns.persons | nouns.bodies and after in nouns.persons and at + 1 not in self.beginning
        )

    def _officer(self, body: Speaker) -> Speaker | None:
        """The person whose office a body's name begins: "Senate Public Works Chairman Ana Ruiz"."""
        for at in range(body.last, min(len(self.lower), body.last + _OFFICE)):
            named = self.beginning.get(at)
            if named and named.is_person:
                return named if at > body.last and not body.is_person else None
            if not (self.tokens[at].text[0].isupper() or self.lower[at] in self.words.small.conjunctions):
                return None
        return None

    def _is_stop(self, at: int) -> bool:
        """A full stop that ends the words; one of an abbreviation is followed by more ("St. Lucia")."""
        ends = self.lower[at] == "."
        return ends and (at + 1 >= len(self.lower) or self.quoted[at + 1] or not self.tokens[at + 1].text[0].isupper())

    def _owns(self, named: Speaker) -> bool:
        """Whether what follows the name is its own: "Malta's permanent representative"."""
        return named.last < len(self.lower) and self.lower[named.last] in self.words.small.possessives

    def _owned(self, named: Speaker | None) -> Speaker | None:
        """The name; or the person who follows it as its own: "Amnesty International's Frank Jannuzi"."""
        if not named or not self._owns(named):
            return named
        owned = self.beginning.get(named.last + 1)
        return owned if owned and owned.is_person else named

    def _with_noun(self, named: Speaker | None) -> Speaker | None:
        """The name; or the person's noun that it stands before: "the UN spokesman"."""
        if not named or named.is_person or named.last >= len(self.lower):
            return named
        person = self.lower[named.last] in self.words.nouns.persons
        return self._noun(named.last, free=True) if person and named.last not in self.beginning else named

    def _unknown_after(self, at: int) -> bool:
        follows = self.lower[at + 1] if at + 1 < len(self.lower) else "."
        return (
            follows in (".", ",", ";")
            or follows in self.words.small.possessives
            or follows in self.words.small.prepositions
        )

    def _names_noun(self, noun: Speaker | None, named: Speaker, here: int) -> bool:
        """ "the director of the alliance, a nonprofit, Rebecca Hubbard"; "a statement by the ministry"; "the speaker X"."""
        if noun is None:
            return False
        is_office = noun.agent is not None and noun.agent.kind is BodyKind.PERSON and not noun.plural
        apart = self.lower[self._phrase_start(here) - 1] == "," and is_office
        if named.is_person and (apart or here - noun.last <= is_office):
            return True
        between = self.lower[noun.last : here]
        return (
            noun.document
            and len(between) <= 4
            and bool(set(between) & (self.words.small.links | self.words.small.relatives))
            and named.kind is not MentionKind.STATE
        )

    def _is_put_out(self, at: int) -> bool:
        """Inside "a statement that the ministry put out"."""
        return self.lower[at - 1] not in self.words.small.relatives and self.beginning.get(at) is not None

    def _bare(self, first: int, head: int) -> Speaker | None:
        plural = self._is_plural(head)
        document = self.lower[head] in self.words.nouns.documents
        of = document and head + 1 < len(self.lower) and self.lower[head + 1] in self.words.small.of_links
        if first == head and not (plural or of):
            return None
        return Speaker(
            first=first,
            last=head + 1,
            agent=Agent(name=span(self.tokens, first, head + 1)),
            plural=plural,
            document=document,
        )
