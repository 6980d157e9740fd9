"""The Vienna Convention article by article: which file applies it to where a state stands, or why it has no effect there.

A place is a file of Foedus that cites the article. What has none says so and why: that nothing of it can be told from the
acts of states, that it moves nobody, or that it is left to those who must decide it.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One article, or several next to each other that are applied together.

    first, last  their numbers
    place        file under `foedus/` that applies it; empty: it has no effect here
    says         what is made of it, or why nothing is
    """

    first: int
    last: int
    place: str
    says: str

    @property
    def article(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


ARTICLES = (
    Row(1, 1, "status/convention.py", "it is between states: cited as custom where one of them is no party to it"),
    Row(2, 2, "status/binding.py", "a treaty by what it is, whatever its title"),
    Row(3, 4, "status/convention.py", "cited as custom for organisations, and for who is no party to it"),
    Row(
        5,
        5,
        "",
        "an organisation's own rules on its treaties: they are recorded as the treaty's own clauses, which come first",
    ),
    Row(6, 6, "", "every state can conclude treaties; that one exists, and since when, is in the directory"),
    Row(7, 8, "status/manners.py", "an act by somebody unauthorised counts once confirmed, and then from its own day"),
    Row(9, 9, "status/consent.py", "the text is adopted"),
    Row(10, 10, "status/consent.py", "initials, or a signature ad referendum, fix the text and bind nobody"),
    Row(11, 11, "status/standings.py", "consent has many forms; without any a state has done nothing"),
    Row(12, 12, "status/consent.py", "a signature that binds by itself; one ad referendum counts once confirmed"),
    Row(13, 13, "status/manners.py", "an exchange of notes that are the treaty"),
    Row(14, 16, "status/consent.py", "the exchange, the deposit or the notice binds; a vote at home does not"),
    Row(
        17,
        17,
        "status/manners.py",
        "consent to a part stays open unless the treaty allows it, and to which duties it extends",
    ),
    Row(18, 18, "status/consent.py", "the interim duty, and how it ends"),
    Row(19, 20, "status/reservations.py", "who accepts a reservation, who objects, and what silence is"),
    Row(21, 21, "status/reservations.py", "what a reservation does between two"),
    Row(22, 23, "status/reservations.py", "withdrawn, or not yet confirmed"),
    Row(24, 24, "status/fulfilment.py", "when the clause is fulfilled, for whom, by whose act"),
    Row(25, 25, "status/consent.py", "provisional application beside any consent, and its end"),
    Row(26, 26, "status/standings.py", "who is bound to perform"),
    Row(27, 27, "obligations/evaluation.py", "the law at home is no excuse: shown with the duty"),
    Row(28, 28, "obligations/evaluation.py", "no duty for what came before the treaty was in force for both"),
    Row(29, 29, "", "to which territory: it moves no standing; no report is read for it, and no duty is limited by it"),
    Row(30, 30, "status/reservations.py", "between two states the version that both are bound by"),
    Row(
        31,
        33,
        "",
        "how to interpret is left to who applies the treaty; readings are kept as claims with their speakers",
    ),
    Row(34, 38, "", "rights and duties of third states: they make no party of anybody, and so move no standing"),
    Row(39, 40, "status/reservations.py", "an amendment binds who is bound by it; who joins later joins both"),
    Row(41, 41, "status/manners.py", "an amendment between some holds between them alone"),
    Row(42, 42, "status/invalidity.py", "nothing but the Convention and the treaty itself ends or voids"),
    Row(
        43,
        45,
        "",
        "duties under other law, separable clauses and acquiescence: who must decide a claim decides them too",
    ),
    Row(46, 53, "status/invalidity.py", "grounds on which consent, or the treaty, is void"),
    Row(54, 54, "status/termination.py", "withdrawal and end as the treaty provides, or by all"),
    Row(55, 55, "status/fulfilment.py", "once fulfilled stays fulfilled, however many withdraw"),
    Row(
        56,
        56,
        "status/termination.py",
        "a silent treaty: whether it may be left is open, and takes twelve months at least",
    ),
    Row(57, 57, "status/possibilities.py", "a suspension that others object to stays open"),
    Row(58, 58, "status/manners.py", "suspended between some: the others perform, and are performed towards"),
    Row(59, 59, "status/termination.py", "a later treaty of the same parties"),
    Row(
        60,
        63,
        "status/invalidity.py",
        "grounds to invoke: breach, impossibility, changed circumstances, broken relations",
    ),
    Row(64, 64, "status/invalidity.py", "a new peremptory norm"),
    Row(65, 65, "status/possibilities.py", "an objection leaves the measure open"),
    Row(66, 66, "", "courts and conciliation: a claim that is objected to stays open until an act ends or upholds it"),
    Row(67, 67, "status/manners.py", "a notice that is oral, or by somebody unauthorised, is none until confirmed"),
    Row(68, 68, "status/consent.py", "a notice may be revoked before it takes effect"),
    Row(69, 69, "status/invalidity.py", "a void treaty binds nobody"),
    Row(
        70, 70, "status/consent.py", "released from the end on; what was owed before stays owed on the day asked about"
    ),
    Row(71, 71, "status/invalidity.py", "void for conflict with a peremptory norm"),
    Row(72, 72, "status/consent.py", "suspended states are parties, and do not perform"),
    Row(73, 73, "status/consent.py", "succession is left to its own law, which is applied"),
    Row(74, 75, "", "diplomatic relations and an aggressor's duties: neither moves where a state stands"),
    Row(76, 76, "", "who the depositary is moves nothing; a depositary's document weighs most as evidence"),
    Row(
        77,
        77,
        "status/fulfilment.py",
        "the depositary's word that the conditions are met, where they cannot be counted",
    ),
    Row(
        78,
        78,
        "",
        "a notice counts from the day it was received; when others were told of it is not recorded, so VCLT 20(5) runs from there",
    ),
    Row(79, 79, "", "a corrected text is the text from the start: it changes no standing"),
    Row(80, 80, "", "registration moves no standing (Charter 102 bars only reliance on it before the United Nations)"),
    Row(81, 85, "", "final clauses of the Convention itself; its parties are in the treaty series"),
)
