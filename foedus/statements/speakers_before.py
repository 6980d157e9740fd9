"""Speakers to the left of a verb of saying, by name, by a noun ("the diplomat", "a decree") or by a pronoun.

The speaker is the noun phrase that ends there once auxiliaries, times, settings ("in a statement") and appositions are
taken away. A name that hangs on a preposition ("the foreign minister in Stockholm said") leads on to the noun before it.
"""

from __future__ import annotations

import msgspec

from foedus.statements.names import MentionKind
from foedus.statements.noun_phrases import NounPhrases
from foedus.statements.speaker_names import Speaker

_APPOSITION = 45
"""Words that an apposition between a name and its verb may have."""
_PHRASE = 9
"""Words between a noun and what hangs on it."""
_CLAUSE = 16
"""Words of a relative clause before its speaker's verb."""
_PLACE = 4
"""Words after a name that tell where somebody is from, with the mark after them."""
_DASHES = ("–", "—", "-")
_STOPS = (",", ";", ":", "(", ")")


class SpeakersBefore(NounPhrases):
    """The noun phrases that stand before a verb of saying."""

    def before(self, verb: int) -> Speaker | None:
        """The speaker whose noun phrase ends at the verb."""
        at = self._over_light(verb - 1)
        if at < 0 or self.quoted[at]:
            return None
        word = self.lower[at]
        if word == "." and at > 0:
            return self._ending(at) or self._ending(at - 1)  # "Ana Ruiz Jr. said"
        if word == self.words.small.infinitive and at > 1 and self._is_passive_of_saying(at - 1):
            return self.before(at - 2)
        if word == self.words.small.infinitive and at > 1 and self.lower[at - 1] in self.words.small.moves:
            return self.before(at - 1)  # "the miners came to say that"
        if word in self.words.small.relatives:
            at -= 1 + (at > 0 and self.lower[at - 1] == ",")
            return self.ending.get(at + 1) or self._ending(at) or (self._unknown(at) if at > 0 else None)
        if word == "," or word in _DASHES:
            return self._before_apposition(at)
        if word == ")":
            opening = next((i for i in range(at, -1, -1) if self.lower[i] == "("), -1)
            return self.before(opening) if opening > 0 else None
        found = self._ending(at)
        if found:
            return self._explained_by(found) or found
        return self._described(at) or self._unknown(at)

    def _described(self, at: int) -> Speaker | None:
        """Whom a relative clause without commas tells of: "officials who took part in the talks say"."""
        small = self.words.small
        if self.lower[at] in small.coordinators:
            return None
        for here in range(at, max(0, at - _CLAUSE), -1):
            if self.lower[here] in _STOPS or self.quoted[here]:
                return None
            if self.lower[here] in small.relatives and self.lower[here] != small.that:
                return self.ending.get(here) or (self._noun(here - 1) if self._is_head(here - 1) else None)
        return None

    def possessor(self, at: int) -> Speaker | None:
        """Whose words: the noun phrase that ends with the token `at`, whatever stands before it."""
        named = self.ending.get(at + 1)
        if named:
            return named
        if at >= 0 and self.lower[at] in self.words.heads:
            return self._noun(at, free=True)
        return self._unknown(at) if at >= 0 else None

    def first_free(self, before: int) -> Speaker | None:
        """The first name of the sentence that hangs on no preposition: the subject of its clause."""
        for speaker in self.named:
            owner = speaker.last < len(self.lower) and self.lower[speaker.last] in self.words.small.possessives
            pair = self.lower[speaker.first - 1] in self.words.small.conjunctions if speaker.first else False
            if speaker.last <= before and not (speaker.guessed or owner or pair) and self._whole(speaker) is speaker:
                return speaker
        return None

    def _is_passive_of_saying(self, at: int) -> bool:
        """ "X is reported to have pointed out"."""
        return self.lower[at] in self.words.verbs and self.lower[at - 1] in self.words.small.passive

    def _explained_by(self, noun: Speaker) -> Speaker | None:
        """The name that the noun only explains: "the NBI, a grouping of states, said"."""
        opens = self.lower[noun.first] in self.words.small.determiners
        if noun.kind is not None or noun.pronoun or not opens or noun.first < 2 or self.lower[noun.first - 1] != ",":
            return None
        comma = noun.first - 1
        if self.lower[comma - 1] == ")":
            comma = next((at for at in range(comma - 1, -1, -1) if self.lower[at] == "("), comma)
        named = self.ending.get(comma)
        return None if named and self._hangs(named) else named

    def _hangs(self, named: Speaker) -> bool:
        """Whether a preposition governs the name: "according to the Courier, a diplomat said" explains no Courier."""
        first = self._phrase_start(named.first)
        return first > 0 and self.lower[first - 1] in self.words.small.prepositions

    def _over_light(self, at: int) -> int:
        while at >= 0 and not self.quoted[at] and (self.skipped[at] or self.lower[at] in self.words.small.light):
            if self.ending.get(at + 1):
                break
            at -= 1
        return at

    def _ending(self, at: int) -> Speaker | None:
        """The speaker whose noun phrase ends with the token `at`."""
        if at < 0:
            return None
        named = self.ending.get(at + 1)
        if named:
            return self._whole(named)
        if self.lower[at] in self.words.pronouns:
            return self._pronoun(at)
        return (self._noun(at) if self._is_head(at) else None) or self._of_something(at) or self._people(at)

    def _pronoun(self, at: int) -> Speaker:
        """A pronoun; "it" is the first name of its own sentence, where that is no person."""
        word, small = self.lower[at], self.words.small
        if word in small.thing_it:
            subject = self.first_free(at)
            if subject and not subject.is_person:
                return msgspec.structs.replace(subject, first=at, last=at + 1)
        return Speaker(first=at, last=at + 1, pronoun=word, plural=word in small.plural_they)

    def _of_something(self, at: int) -> Speaker | None:
        """ "A statement on the website said", "a statement of his ran": a speaking noun with a preposition after it."""
        if self.lower[at] in self.words.small.coordinators:
            return None
        for head in range(at - 1, max(-1, at - _PHRASE), -1):
            if self.lower[head] in _STOPS or self.quoted[head]:
                return None
            owner = self.ending.get(head + 1)
            if owner and owner.is_person and self._goes_on(head + 1):
                return owner  # "Senator Ruiz of Arizona"
            if self._is_head(head) and self._goes_on(head + 1):
                if self.lower[at] in self.words.small.possessive_he:
                    return Speaker(first=head, last=at + 1, pronoun=self.lower[at], document=True)
                last = at + 1 if self.lower[head + 1] in self.words.small.of_links else head + 1
                if found := self._noun(head, last=last):
                    return found
        return None

    def _goes_on(self, at: int) -> bool:
        return self.lower[at] in self.words.small.links or self.lower[at] in self.words.small.postmodifiers

    def _whole(self, named: Speaker) -> Speaker | None:
        """The name; or the noun before it that it only belongs to ("the prime minister of Sweden", "a statement from X")."""
        at = self._over_pair(self._phrase_start(named.first) - 1)
        small = self.words.small
        if at < 0 or self.lower[at] not in small.prepositions or self.lower[at] in small.conjunctive:
            return named
        for head in range(at - 1, max(-1, at - _PHRASE), -1):
            if self.lower[head] in _STOPS or self.quoted[head]:
                break
            owner = self.ending.get(head + 1)
            if owner and owner is not named and (not owner.guessed or (owner.is_person and head == at - 1)):
                return self._whole(owner)
            if self._is_head(head):
                if self._speaks_for(head, at, named):
                    return named
                whole = self.lower[at] in self.words.small.of_links or (head and self.tokens[head].text[0].isupper())
                last = named.last if whole else head + 1
                if found := self._noun(head, last=last, states=named.agent.states if named.agent else ()):
                    return found
        return None

    def _over_pair(self, at: int) -> int:
        """The preposition before the first of two coordinated names ("of the Baltic States and Poland"), else `at`."""
        if at < 1 or self.lower[at] not in self.words.small.conjunctions:
            return at
        here = at - 1
        small = self.words.small
        inside = small.determiners | small.quantifiers | self.words.heads
        while here > 0 and (self.tokens[here].text[0].isupper() or self.lower[here] in inside or self._lists(here)):
            here -= 1
        return here if self.lower[here] in self.words.small.links else at

    def _lists(self, comma: int) -> bool:
        """A comma between the names of one list: "of Trade, Small Business and Economic Development"."""
        return (
            self.lower[comma] == ","
            and self.tokens[comma - 1].text[0].isupper()
            and self.tokens[comma + 1].text[0].isupper()
        )

    def _speaks_for(self, head: int, link: int, named: Speaker) -> bool:
        """ "a statement from X" is X speaking."""
        of = self.lower[head] in self.words.nouns.documents and self.lower[link] in self.words.small.of_links
        return of and named.kind is not MentionKind.STATE

    def _before_apposition(self, comma: int) -> Speaker | None:
        """The name before an apposition that ends with the comma before the verb; a person before all others."""
        if relying := self._before_citing(comma):
            return relying
        best: Speaker | None = None
        inside: Speaker | None = None
        for speaker in reversed(self.named):
            if speaker.last > comma or comma - speaker.last > _APPOSITION:
                continue
            if speaker.last == comma and self._is_inside(speaker):
                inside = inside or self._whole(speaker)
                continue
            if not self._opens_apposition(speaker) or self._is_cut_off(speaker.last, comma):
                continue
            if speaker.kind is MentionKind.STATE and self._is_place(speaker):
                continue  # "Rome, Italy, ...": a place alone between commas is no speaker
            whole = self._whole(speaker)
            better = (
                whole
                and whole.is_person
                and not (best and best.is_person)
                and (not whole.guessed or self._is_explained(whole))
            )
            if whole and (best is None or better):
                best = whole
            if best and best.is_person and not best.guessed:
                break
        return best or self._noun_before(comma) or inside or self._unknown_before(comma)

    def _before_citing(self, comma: int) -> Speaker | None:
        """ "TASS, citing the ministry, reported": who relies on another is the subject, not whom it cites."""
        start = self.tokens[0].start
        cites = self.words.citing.find(self._text, start, self.tokens[comma].start)
        opening = self.index(cites.start()) - 1 if cites else 0
        return self._ending(opening - 1) if opening > 0 and self.lower[opening] == "," else None

    def _opens_apposition(self, speaker: Speaker) -> bool:
        """Whether a comma, a bracket or a dash follows, for a person also after a place ("Ruiz of Arizona, ...")."""
        marks = (",", "(", *_DASHES)
        if self.lower[speaker.last] in marks:
            return True
        near = self.lower[speaker.last + 1 : speaker.last + _PLACE]
        return (
            speaker.is_person and self.lower[speaker.last] in self.words.small.links and any(w in marks for w in near)
        )

    def _is_place(self, state: Speaker) -> bool:
        """Whether a state stands between commas after a name, and no apposition explains it."""
        at = state.first - 1
        explained = self.lower[state.last] == "," and self._is_explained(state)
        return at > 0 and self.lower[at] == "," and not (explained and not self.tokens[at - 1].text[0].isupper())

    def _is_inside(self, speaker: Speaker) -> bool:
        """Whether the name only ends an apposition: "the ministers of the three countries, all neighbours of Malta, said"."""
        whole = self._whole(speaker)
        first = self._phrase_start(whole.first) if whole else speaker.first
        return (whole is None or whole is not speaker) and first > 1 and self.lower[first - 1] == ","

    def _unknown_before(self, comma: int) -> Speaker | None:
        """ "On Monday Putin, delivering his message, stated": a single unknown name before the apposition."""
        for at in range(comma - 1, 1, -1):
            if self.lower[at] == "," and not self.quoted[at] and self.lower[at - 2] not in (",", ";"):
                speaker = self._unknown(at - 1)
                if speaker:
                    return speaker
        return None

    def _is_explained(self, speaker: Speaker) -> bool:
        """ "Fuat Oktay, a member of ...": an apposition or a relative clause after the name."""
        after = self.lower[speaker.last + 1] if speaker.last + 1 < len(self.lower) else ""
        return after in self.words.small.determiners or after in self.words.small.relatives

    def _noun_before(self, comma: int) -> Speaker | None:
        """ "the ministry, which ..., said"."""
        for at in range(comma - 1, max(0, comma - _APPOSITION), -1):
            if self.lower[at] == "," and not self.quoted[at]:
                head = self.lower[at - 1] in self.words.heads
                found = (self._noun(at - 1) if head else None) or self._of_something(at - 1)
                if found:
                    return found
        return None

    def _is_cut_off(self, first: int, last: int) -> bool:
        """Whether a new clause or a quotation stands between."""
        return any(self.quoted[at] or self.lower[at] in (";", ":") for at in range(first, last))
