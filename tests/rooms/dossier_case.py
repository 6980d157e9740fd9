"""A dossier made by hand: three invented reports on the Russia-DPRK treaty of 2024, as known in October 2024 and in January 2025.

The course of events is true, the reports and their publishers are not; every quote is found in its text.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from foedus.documents.document import Basis, DateCandidate, Document, DocumentClass, Furniture
from foedus.reference.directory import Directory, State
from foedus.reference.packs import Reference
from foedus.register.entries import Act, ClaimEntry, Dated, Finding, Publication, Register
from foedus.serving.dossier import Dossier, dossier_of
from foedus.statements.statement import ActMention, Claim, ProvisionMention, Statement, TreatyMention, statement_id
from foedus.status.standings import (
    Application,
    Consent,
    ForceOfTreaty,
    Ladder,
    LadderStep,
    NextStep,
    Standing,
    Status,
    StepState,
)  # fmt: skip
from foedus.terms.acts import Kind, Measure, Vote
from foedus.terms.agents import Agent, BodyKind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote, Relation, Source, Stance
from foedus.terms.norms import Condition, Duty, Limit, Norm, Op
from foedus.terms.proof import Issue, Proof, Truth
from foedus.terms.treaties import Binding, Treaty, TreatyName

TREATY = "prk-rus-2024"
NAMES = {"RUS": "Russia", "PRK": "North Korea", "USA": "United States"}
REFERENCE = Reference(
    directory=Directory(
        states=tuple(
            State(id=code, name=name, official=name, since=date(1948, 9, 9), source="invented", verified=False)
            for code, name in NAMES.items()
        ),
        organisations=(),
        bodies=(),
    )
)

WIRE = """MOSCOW, Oct 24 (Example Wire) - The lower house of Russia's parliament passed the bill on ratification of the \
Comprehensive Strategic Partnership Treaty with North Korea on Thursday, with 397 votes for and none against.

The bill was the first item of the sitting. The president had laid it before the chamber on the 14th. The Federation \
Council is expected to take it up in early November; the law then goes to the president for his signature, and the treaty \
takes effect when the two states exchange instruments of ratification.

Until last week, deputies had been expected to vote only in the middle of November.

The treaty has 23 articles and no end date. It covers trade, the economy, investment, science and technology, space, \
peaceful nuclear energy and military matters. Article 4 says that where one side is at war because another state has \
attacked it with armed force, the other side at once gives it military help with all the means it has, within Article 51 \
of the UN Charter and the laws of both states.

Deputy Foreign Minister Andrey Rudenko told the deputies that the text served defence only, was directed at nobody and \
held no secret clauses. The agency Presse Exemple noted that it stayed open whether the treaty reached to nuclear protection.

In Rome on Wednesday, US Secretary of Defense Lloyd Austin had said there was proof of North Korean soldiers in Russia. \
The Foreign Ministry in Moscow called such accounts untrue."""

COURIER = """Thursday, November 21, 2024
Home  World  Asia  Subscribe

Parliament ratifies pact with Pyongyang

Russia's parliament on Thursday ratified the North Korea pact, a step that ends years of hesitation.

Vladimir Putin and Kim Jong Un signed the document in Pyongyang on June 19, and Putin sent it to the State Duma on October 14.

If either of the two becomes the victim of armed aggression and is at war, the other must offer military support, Article 4 says.

Deputy Foreign Minister Andrey Rudenko, the government's envoy for the bill, spoke of a purely defensive text that was \
not aimed at third countries. Leonid Slutsky, who chairs the committee on international affairs, said relations would \
reach “the level of allies”.

The hurry has much to do with the accounts of soldiers sent abroad.

Related articles
Ten cities for the winter   Most popular"""

GAZETTE = """5 December 2024 - Example Gazette

Russia and North Korea exchanged the instruments of ratification of their partnership treaty in Moscow on Wednesday. \
Under its Article 22 it took effect the same day. The Federation Council had approved the law on November 6, the president \
signed it on November 9, and the DPRK ratified by a decree of November 11.

One paper in Pyongyang gave November 12 as the day of the decree."""


def _document(id_: str, name: str, publisher: str, text: str, **more: Any) -> Document:
    return Document(id=id_, name=name, text=text, publisher=publisher, **more)


def _words(document: Document, words: str) -> Quote:
    start = document.text.index(words)
    return Quote(document.id, start, start + len(words), words)


A = _document("d_aaaaaaaaaaaaaaaa", "wire-1024.txt", "Example Wire", WIRE, class_=DocumentClass.WIRE)
A = _document(
    A.id, A.name, "Example Wire", WIRE, class_=DocumentClass.WIRE,
    published=(DateCandidate(on=DateRange.day(2024, 10, 24), basis=Basis.DATELINE, quote=_words(A, "Oct 24")),),
)  # fmt: skip
B = _document("d_bbbbbbbbbbbbbbbb", "courier-page.html", "Example Courier", COURIER)
B = _document(
    B.id, B.name, "Example Courier", COURIER, url="https://courier.example/asia/pact",
    published=(
        DateCandidate(on=DateRange.day(2024, 11, 21), basis=Basis.PAGE, quote=_words(B, "Thursday, November 21, 2024")),
    ),
    furniture=(
        Furniture(kind="header-date", start=0, end=27),
        Furniture(kind="menu", start=28, end=COURIER.index("\n\nParliament")),
        Furniture(kind="related", start=COURIER.index("Related articles"), end=len(COURIER)),
    ),
)  # fmt: skip
C = _document(
    "d_cccccccccccccccc", "gazette-1205.txt", "Example Gazette", GAZETTE,
    published=(DateCandidate(on=DateRange.day(2024, 12, 5), basis=Basis.DATELINE),),
)  # fmt: skip
MENTION = TreatyMention(mention="Comprehensive Strategic Partnership Treaty", parties=("PRK", "RUS"))


def _statement(document: Document, quote: str, content: Any, evidence: tuple[str, ...] = (), **more: Any) -> Statement:
    words = _words(document, quote)
    inner = tuple(_words(document, part) for part in evidence)
    first = inner[0] if inner else words
    id_ = statement_id(document.id, first.start, first.end, content.__struct_config__.tag)
    return Statement(
        id=id_, document=document.id, treaty=MENTION, content=content, quote=words, evidence=inner, **more
    )  # fmt: skip


def proof(says: str, by: str, *because: Proof, truth: Truth = Truth.TRUE, quotes: tuple[Quote, ...] = ()) -> Proof:
    return Proof(says=says, truth=truth, by=by, because=because, quotes=quotes)


def _dated(on: str, *reasons: Proof, possible: str | None = None) -> Dated:
    return Dated(
        likeliest=DateRange.parse(on), possible=DateRange.parse(possible or on),
        proof=proof(f"the likeliest day is {on}", "joint chronology", *reasons),
    )  # fmt: skip


DUMA = Agent(name="State Duma", kind=BodyKind.LOWER_HOUSE, body="RUS.state-duma", states=("RUS",))
COUNCIL = Agent(name="Federation Council", kind=BodyKind.UPPER_HOUSE, body="RUS.federation-council", states=("RUS",))
PUTIN = Agent(name="Vladimir Putin", kind=BodyKind.HEAD_OF_STATE, states=("RUS",), role="President")
KIM = Agent(name="Kim Jong Un", kind=BodyKind.HEAD_OF_STATE, states=("PRK",), role="President of State Affairs")
RUDENKO = Agent(name="Andrey Rudenko", kind=BodyKind.PERSON, states=("RUS",), role="Deputy Foreign Minister")
SLUTSKY = Agent(
    name="Leonid Slutsky", kind=BodyKind.PERSON, states=("RUS",), role="Chair of the Committee on International Affairs"
)
AUSTIN = Agent(name="Lloyd Austin", kind=BodyKind.PERSON, states=("USA",), role="Secretary of Defense")
MINISTRY = Agent(name="Foreign Ministry", kind=BodyKind.FOREIGN_MINISTRY, states=("RUS",))
VOTE = Vote(for_=397, against=0, present=397, unanimous=True, agenda=1)
RATIFICATION = Measure.RATIFICATION

CASUS = Condition(
    op=Op.ALL,
    parts=(
        Condition(predicate="state-of-war", args=("?toward",)),
        Condition(predicate="armed-attack", args=("?other", "?toward")),
    ),
)
NORM = Norm(
    treaty=TREATY, article="4", duty=Duty.DEFENSE, conditions=CASUS, manner=("immediately", "by-all-means"),
    limits=(
        Limit(kind="charter-51", words="within Article 51 of the UN Charter"),
        Limit(kind="domestic-law", words="the laws of both states"),
    ),
    words="the other side at once gives it military help with all the means it has",
)  # fmt: skip

SENTENCE_VOTE = WIRE[WIRE.index("The lower house") : WIRE.index("\n\nThe bill was")]
SENTENCE_NEXT = WIRE[WIRE.index("The Federation Council is") : WIRE.index("\n\nUntil last week")]
SENTENCE_ARTICLE = WIRE[WIRE.index("Article 4 says") : WIRE.index("\n\nDeputy Foreign")]
SENTENCE_RUDENKO = WIRE[WIRE.index("Deputy Foreign Minister") : WIRE.index(" The agency Presse")]
SENTENCE_SIGNED = COURIER[COURIER.index("Vladimir Putin and") : COURIER.index("\n\nIf either")]
SENTENCE_ENVOY = COURIER[COURIER.index("Deputy Foreign Minister") : COURIER.index(" Leonid Slutsky")]

S = {
    "vote-a": _statement(
        A, SENTENCE_VOTE,
        ActMention(kind=Kind.CHAMBER_APPROVE, measure=RATIFICATION, states=("RUS",), actor=DUMA, vote=VOTE, verb="passed"),
        ("passed", "on Thursday", "397 votes for and none against", "first item of the sitting"),
        rules=("<chamber> passes <bill>", "<n> votes for and none against"),
    ),
    "submit-a": _statement(
        A, "The president had laid it before the chamber on the 14th.",
        ActMention(kind=Kind.SUBMIT, measure=RATIFICATION, states=("RUS",), verb="laid it before"),
        ("laid it before", "on the 14th"), rules=("<head of state> lays <bill> before <chamber>",),
    ),
    "council-a": _statement(
        A, SENTENCE_NEXT, ActMention(kind=Kind.CHAMBER_APPROVE, measure=RATIFICATION, states=("RUS",), actor=COUNCIL),
        ("is expected to take it up", "in early November"), factuality=Factuality.EXPECTED,
        rules=("<chamber> is expected to",),
    ),
    "exchange-a": _statement(
        A, SENTENCE_NEXT, ActMention(kind=Kind.EXCHANGE, states=("PRK", "RUS")),
        ("exchange instruments of ratification",), factuality=Factuality.EXPECTED, rules=("<states> exchange instruments",),
    ),
    "force-a": _statement(
        A, SENTENCE_NEXT, ProvisionMention(kind="entry-into-force-clause", value="exchange"),
        ("takes effect when the two states exchange instruments of ratification",), rules=("takes effect when",),
    ),
    "old-a": _statement(
        A, "Until last week, deputies had been expected to vote only in the middle of November.",
        ActMention(kind=Kind.CHAMBER_APPROVE, measure=RATIFICATION, states=("RUS",), actor=DUMA),
        ("had been expected to vote", "in the middle of November"), factuality=Factuality.EXPECTED,
        rules=("had been expected to",),
    ),
    "articles-a": _statement(
        A, "The treaty has 23 articles and no end date.", ProvisionMention(kind="articles", value="23"), ("23 articles",)
    ),
    "duration-a": _statement(
        A, "The treaty has 23 articles and no end date.", ProvisionMention(kind="duration", value="indefinite"),
        ("no end date",),
    ),
    "areas-a": _statement(
        A, WIRE[WIRE.index("It covers") : WIRE.index(" Article 4 says")], ProvisionMention(kind="area", value="trade"),
        ("trade",),
    ),
    "article4-a": _statement(
        A, SENTENCE_ARTICLE, ProvisionMention(kind="mutual-assistance", article="4", norm=NORM),
        ("where one side is at war because another state has attacked it with armed force",),
        rules=("<article> says that", "<condition>, the other gives help"),
    ),
    "defence-a": _statement(
        A, SENTENCE_RUDENKO, Claim(speaker=RUDENKO, stance=Stance.ASSERT, about="defensive-nature",
                                   says="the text served defence only, was directed at nobody"),
        ("the text served defence only, was directed at nobody",),
        sources=(Source(name="Andrey Rudenko", relation=Relation.REPORTED, role="Deputy Foreign Minister"),),
    ),
    "secret-a": _statement(
        A, SENTENCE_RUDENKO, Claim(speaker=RUDENKO, stance=Stance.DENY, about="secret-clauses", says="no secret clauses"),
        ("held no secret clauses",),
        sources=(Source(name="Andrey Rudenko", relation=Relation.REPORTED, role="Deputy Foreign Minister"),),
    ),
    "nuclear-a": _statement(
        A, WIRE[WIRE.index("The agency Presse") : WIRE.index("\n\nIn Rome")],
        Claim(speaker=Agent(name="Presse Exemple"), stance=Stance.DOUBT, about="nuclear-umbrella",
              says="whether the treaty reached to nuclear protection"),
        ("stayed open whether the treaty reached to nuclear protection",),
        sources=(Source(name="Presse Exemple", relation=Relation.REPORTED),),
    ),
    "austin-a": _statement(
        A, WIRE[WIRE.index("In Rome on") : WIRE.index(" The Foreign Ministry")],
        Claim(speaker=AUSTIN, stance=Stance.ASSERT, about="troop-deployment",
              says="there was proof of North Korean soldiers in Russia"),
        ("there was proof of North Korean soldiers in Russia", "on Wednesday"),
        sources=(Source(name="Lloyd Austin", relation=Relation.REPORTED, role="US Secretary of Defense"),),
    ),
    "ministry-a": _statement(
        A, "The Foreign Ministry in Moscow called such accounts untrue.",
        Claim(speaker=MINISTRY, stance=Stance.DENY, about="troop-deployment", says="such accounts untrue"),
        ("called such accounts untrue",), sources=(Source(name="Foreign Ministry", relation=Relation.REPORTED),),
    ),
    "vote-b": _statement(
        B, "Russia's parliament on Thursday ratified the North Korea pact, a step that ends years of hesitation.",
        ActMention(kind=Kind.CHAMBER_APPROVE, measure=RATIFICATION, states=("RUS",), verb="ratified",
                   actor=Agent(name="parliament", kind=BodyKind.PARLIAMENT, states=("RUS",))),
        ("ratified", "on Thursday"), rules=("<parliament> ratifies <treaty>",),
    ),
    "sign-b": _statement(
        B, SENTENCE_SIGNED, ActMention(kind=Kind.SIGN, states=("PRK", "RUS"), actor=PUTIN, agents=(PUTIN, KIM), place="Pyongyang"),
        ("signed", "on June 19", "in Pyongyang"), rules=("<person> signs <treaty>",),
    ),
    "submit-b": _statement(
        B, SENTENCE_SIGNED, ActMention(kind=Kind.SUBMIT, measure=RATIFICATION, states=("RUS",), actor=PUTIN),
        ("sent it to the State Duma", "on October 14"), rules=("<person> sends <treaty> to <chamber>",),
    ),
    "article4-b": _statement(
        B, COURIER[COURIER.index("If either") : COURIER.index("\n\nDeputy Foreign")],
        ProvisionMention(kind="mutual-assistance", article="4", norm=NORM),
        ("becomes the victim of armed aggression and is at war", "military support"),
    ),
    "defence-b": _statement(
        B, SENTENCE_ENVOY, Claim(speaker=RUDENKO, stance=Stance.ASSERT, about="defensive-nature",
                                 says="a purely defensive text that was not aimed at third countries"),
        ("a purely defensive text that was not aimed at third countries",),
        sources=(Source(name="Andrey Rudenko", relation=Relation.REPORTED, role="the government's envoy for the bill"),),
    ),
    "level-b": _statement(
        B, COURIER[COURIER.index("Leonid Slutsky") : COURIER.index("\n\nThe hurry")],
        Claim(speaker=SLUTSKY, stance=Stance.ASSERT, about="alliance-level", says="relations would reach “the level of allies”"),
        ("relations would reach “the level of allies”",),
        sources=(Source(name="Leonid Slutsky", role="chairs the committee on international affairs"),),
    ),
    "hurry-b": _statement(
        B, "The hurry has much to do with the accounts of soldiers sent abroad.",
        Claim(speaker=Agent(name="Example Courier"), stance=Stance.INTERPRET, about=None,
              says="The hurry has much to do with the accounts of soldiers sent abroad"),
    ),
    "exchange-c": _statement(
        C, GAZETTE[GAZETTE.index("Russia and North") : GAZETTE.index(" Under its")],
        ActMention(kind=Kind.EXCHANGE, states=("PRK", "RUS"), place="Moscow"), ("exchanged", "on Wednesday"),
    ),
    "force-c": _statement(
        C, "Under its Article 22 it took effect the same day.", ActMention(kind=Kind.ENTER_INTO_FORCE, states=("PRK", "RUS")),
        ("took effect", "the same day"),
    ),
    "council-c": _statement(
        C, GAZETTE[GAZETTE.index("The Federation Council") : GAZETTE.index("\n\nOne paper")],
        ActMention(kind=Kind.CHAMBER_APPROVE, measure=RATIFICATION, states=("RUS",), actor=COUNCIL), ("had approved", "on November 6"),
    ),
    "law-c": _statement(
        C, GAZETTE[GAZETTE.index("The Federation Council") : GAZETTE.index("\n\nOne paper")],
        ActMention(kind=Kind.PROMULGATE, measure=RATIFICATION, states=("RUS",), actor=PUTIN), ("signed it", "on November 9"),
    ),
    "decree-c": _statement(
        C, GAZETTE[GAZETTE.index("The Federation Council") : GAZETTE.index("\n\nOne paper")],
        ActMention(kind=Kind.PROMULGATE, measure=RATIFICATION, states=("PRK",), actor=KIM), ("ratified", "of November 11"),
    ),
    "decree-late-c": _statement(
        C, "One paper in Pyongyang gave November 12 as the day of the decree.",
        ActMention(kind=Kind.PROMULGATE, measure=RATIFICATION, states=("PRK",)), ("November 12",),
        sources=(Source(name="One paper in Pyongyang", relation=Relation.CITED),),
    ),
}  # fmt: skip


def _quotes(*names: str) -> tuple[Quote, ...]:
    return tuple(S[name].quote for name in names)


def _ids(*names: str) -> tuple[str, ...]:
    return tuple(S[name].id for name in names)


def _act(id_: str, kind: Kind, names: tuple[str, ...], dated: Dated | None, says: str, **more: Any) -> Act:
    against = more.pop("against", ())
    return Act(
        **{
            "id": id_, "kind": kind, "level": kind.level, "treaty": TREATY, "factuality": Factuality.HAPPENED,
            "on": dated.likeliest if dated else None, "dated": dated, "truth": Truth.TRUE, "supported_by": _ids(*names),
            "contradicted_by": _ids(*against), "quotes": _quotes(*names, *against),
            "proof": proof(says, "report", *([dated.proof] if dated else []), quotes=_quotes(*names)), **more,
        }
    )  # fmt: skip


VOTE_DATED = _dated(
    "2024-10-24",
    proof("“on Thursday” is the last Thursday up to the day of wire-1024.txt", "weekday", quotes=(S["vote-a"].evidence[1],)),
    proof("“on Thursday” in courier-page.html is the same Thursday", "weekday", quotes=(S["vote-b"].evidence[1],)),
    proof("the submission, on 14 October, came before", "RUS procedure, step 1"),
    proof("the date 21 November printed on courier-page.html is not its day: two reports speak against it", "page header",
          truth=Truth.FALSE, quotes=(_words(B, "Thursday, November 21, 2024"),)),
)  # fmt: skip
ACTS = (
    _act("a_sign", Kind.SIGN, ("sign-b",), _dated("2024-06-19", proof("“on June 19”", "the words", quotes=(S["sign-b"].evidence[1],))),
         "Vladimir Putin and Kim Jong Un signed it on 2024-06-19", states=("PRK", "RUS"), actor=PUTIN, agents=(PUTIN, KIM),
         place="Pyongyang"),
    _act("a_submit", Kind.SUBMIT, ("submit-a", "submit-b"), _dated("2024-10-14"), "the president laid it before the State Duma",
         states=("RUS",), actor=PUTIN, measure=RATIFICATION),
    _act("a_duma", Kind.CHAMBER_APPROVE, ("vote-a", "vote-b"), VOTE_DATED, "the State Duma approved it on 2024-10-24, 397 to 0",
         states=("RUS",), actor=DUMA, measure=RATIFICATION, vote=VOTE),
    _act("a_old", Kind.CHAMBER_APPROVE, ("old-a",), _dated("2024-11-10/2024-11-20"), "a vote in mid-November was expected",
         states=("RUS",), actor=DUMA, measure=RATIFICATION, factuality=Factuality.EXPECTED, truth=Truth.UNKNOWN,
         overtaken_by="a_duma"),
    _act("a_council_expected", Kind.CHAMBER_APPROVE, ("council-a",), _dated("2024-11-01/2024-11-10"),
         "a vote of the Federation Council is expected", states=("RUS",), actor=COUNCIL, measure=RATIFICATION,
         factuality=Factuality.EXPECTED, truth=Truth.UNKNOWN),
    _act("a_exchange_expected", Kind.EXCHANGE, ("exchange-a",), None, "an exchange of instruments is expected",
         states=("PRK", "RUS"), factuality=Factuality.EXPECTED, truth=Truth.UNKNOWN),
)  # fmt: skip
LATER = (
    _act("a_council", Kind.CHAMBER_APPROVE, ("council-c",), _dated("2024-11-06"), "the Federation Council approved it",
         states=("RUS",), actor=COUNCIL, measure=RATIFICATION),
    _act("a_law", Kind.PROMULGATE, ("law-c",), _dated("2024-11-09"), "the president signed the law", states=("RUS",), actor=PUTIN,
         measure=RATIFICATION),
    _act("a_decree", Kind.PROMULGATE, ("decree-c",), _dated("2024-11-11", possible="2024-11-11/2024-11-12"),
         "a decree ratified it", states=("PRK",), actor=KIM, measure=RATIFICATION, against=("decree-late-c",)),
    _act("a_exchange", Kind.EXCHANGE, ("exchange-c",), _dated("2024-12-04"), "instruments were exchanged in Moscow",
         states=("PRK", "RUS"), place="Moscow"),
    _act("a_force", Kind.ENTER_INTO_FORCE, ("force-c",), _dated("2024-12-04"), "it took effect", states=("PRK", "RUS")),
)  # fmt: skip


def _finding(id_: str, kind: str, value: str, *names: str, **more: Any) -> Finding:
    return Finding(
        id=id_, treaty=TREATY, kind=kind, value=value, truth=Truth.TRUE, supported_by=_ids(*names), variants=_quotes(*names),
        proof=proof(f"{kind}: {value}", "report", quotes=_quotes(*names)), **more,
    )  # fmt: skip


AREAS = ("trade", "economy", "investment", "science and technology", "space", "peaceful nuclear energy", "military")
FINDINGS = (
    _finding("f_articles", "articles", "23", "articles-a"),
    _finding("f_duration", "duration", "indefinite", "duration-a"),
    _finding("f_force", "entry-into-force-clause", "exchange", "force-a"),
    *(_finding(f"f_area{number}", "area", area, "areas-a") for number, area in enumerate(AREAS)),
    _finding("f_article4", "mutual-assistance", "", "article4-a", "article4-b", article="4", norm=NORM),
)


def _claim(id_: str, *names: str, **more: Any) -> ClaimEntry:
    said = S[names[0]].content
    assert isinstance(said, Claim)
    return ClaimEntry(
        id=id_, treaty=TREATY, speaker=said.speaker, stance=said.stance, about=said.about, says=said.says,
        sources=tuple(S[name].sources for name in names), supported_by=_ids(*names), quotes=_quotes(*names),
        proof=proof(f"{said.speaker.name}: {said.says}", "report", quotes=_quotes(*names)), **more,
    )  # fmt: skip


OCTOBER_24 = DateRange.day(2024, 10, 24)
CLAIMS = (
    _claim("c_defence", "defence-a", "defence-b", on=OCTOBER_24),
    _claim("c_secret", "secret-a", on=OCTOBER_24),
    _claim("c_nuclear", "nuclear-a", on=OCTOBER_24),
    _claim("c_austin", "austin-a", on=DateRange.day(2024, 10, 23), answered_by=("c_ministry",)),
    _claim("c_ministry", "ministry-a", answered_by=("c_austin",)),
    _claim("c_level", "level-b", on=OCTOBER_24),
    _claim("c_hurry", "hurry-b"),
)


def _publication(
    document: Document, on: str, basis: Basis, *reasons: Proof, possible: str | None = None
) -> Publication:
    return Publication(
        id=document.id, name=document.name, publisher=document.publisher, class_=document.class_, url=document.url,
        published=_dated(on, *reasons, possible=possible), published_basis=basis,
    )  # fmt: skip


PUBLICATIONS = (
    _publication(A, "2024-10-24", Basis.DATELINE),
    _publication(
        B, "2024-10-24", Basis.INFERRED,
        proof("it reports the vote, which was on a Thursday", "weekday", quotes=(S["vote-b"].evidence[1],)),
        proof("the date printed on the page is four weeks late", "page header", truth=Truth.FALSE,
              quotes=(_words(B, "Thursday, November 21, 2024"),)),
        possible="2024-10-24/2024-10-30",
    ),
)  # fmt: skip
ISSUES = (
    Issue(kind="date-refuted", says="courier-page.html prints Thursday, 21 November 2024, but it was published about 24 October 2024.",
          quotes=(_words(B, "Thursday, November 21, 2024"), S["vote-a"].quote), about=(B.id, "a_duma"), proof=VOTE_DATED.proof),
    Issue(kind="claims-contradict", says="The reports give two accounts of soldiers in Russia.",
          quotes=_quotes("austin-a", "ministry-a"), about=("c_austin", "c_ministry")),
    Issue(kind="wording-differs", says="Two reports put Article 4 in different words: “attacked … with armed force” and “armed aggression”.",
          quotes=_quotes("article4-a", "article4-b"), about=("f_article4",)),
    Issue(kind="body-differs", says="One report says “parliament”, the other “the lower house”.",
          quotes=_quotes("vote-b", "vote-a"), about=("a_duma",)),
    Issue(kind="expectation-overtaken", says="A vote in mid-November was expected; it took place on 24 October.",
          quotes=_quotes("old-a"), about=("a_old", "a_duma")),
)  # fmt: skip


def _step(id_: str, kind: Kind, actor: str, state: StepState, source: str, **more: Any) -> LadderStep:
    quotes = more.pop("quotes", ())
    reason = proof(f"{actor}: {state.value}", "RUS procedure", truth=Truth.TRUE, quotes=quotes)
    return LadderStep(id=id_, kind=kind.value, actor=actor, state_of_step=state, source=source, proof=reason, **more)


RUS_STEPS = (
    _step("RUS.1", Kind.SUBMIT, "the President", StepState.DONE, "Federal Law 101-FZ, art. 16", act="a_submit",
          date=DateRange.day(2024, 10, 14), quotes=_quotes("submit-a")),
    _step("RUS.2", Kind.COMMITTEE_RECOMMEND, "a committee of the State Duma", StepState.UNREPORTED,
          "Federal Law 101-FZ, art. 17; Rules of the State Duma"),
    _step("RUS.3", Kind.CHAMBER_APPROVE, "the State Duma", StepState.DONE, "Constitution, art. 105(2)", act="a_duma",
          date=OCTOBER_24, requirement="a majority of all 450 deputies", met=Truth.TRUE, quotes=_quotes("vote-a")),
    _step("RUS.4", Kind.CHAMBER_APPROVE, "the Federation Council", StepState.PENDING, "Constitution, art. 106(g)",
          requirement="a majority of all members", expected=("a_council_expected",)),
    _step("RUS.5", Kind.PROMULGATE, "the President", StepState.NOT_REACHED, "Constitution, art. 107"),
    _step("RUS.6", Kind.EXCHANGE, "Russia and North Korea", StepState.NOT_REACHED, "the treaty, art. 22; VCLT 13, 16",
          expected=("a_exchange_expected",)),
)  # fmt: skip
PRK_STEPS = (
    _step("PRK.1", Kind.PROMULGATE, "the President of State Affairs", StepState.PENDING, "Constitution of the DPRK, art. 104"),
    _step("PRK.2", Kind.EXCHANGE, "Russia and North Korea", StepState.NOT_REACHED, "the treaty, art. 22; VCLT 13, 16",
          expected=("a_exchange_expected",)),
)  # fmt: skip
LADDERS = (
    Ladder(state="PRK", treaty=TREATY, procedure="Ratification of treaties in North Korea", steps=PRK_STEPS),
    Ladder(state="RUS", treaty=TREATY, procedure="Ratification by federal law", steps=RUS_STEPS),
)
DONE = {"RUS.4": "a_council", "RUS.5": "a_law", "RUS.6": "a_exchange", "PRK.1": "a_decree", "PRK.2": "a_exchange"}


def _later_step(step: LadderStep) -> LadderStep:
    act = next((act for act in LATER if act.id == DONE.get(step.id)), None)
    if act is None:
        return step
    return replace(step, state_of_step=StepState.DONE, act=act.id, date=act.on, expected=(), proof=act.proof)


LATER_LADDERS = tuple(replace(ladder, steps=tuple(map(_later_step, ladder.steps))) for ladder in LADDERS)
NO_EXCHANGE = proof(
    "no instruments are exchanged by 2024-10-25", "NOT REPORTED by 2024-10-25", quotes=_quotes("exchange-a")
)
COMING = NextStep(kind="exchange", actor="Russia and North Korea", expected=("a_exchange_expected",),
                  says="Both states exchange instruments of ratification.")  # fmt: skip


def _standing(state: str, on: date, known: date, status: Status, *because: Proof, **more: Any) -> Standing:
    party = Truth.of(status is Status.PARTY)
    says = f"{NAMES[state]} is a {status.value} on {on}"
    return Standing(
        id=f"st_{state}", state=state, treaty=TREATY, on=on, known=known, status=status, party=party, truth=Truth.TRUE,
        consent=Consent.EXPRESSED if party is Truth.TRUE else Consent.SIGNED,
        application=Application.FULL if party is Truth.TRUE else Application.INTERIM_DUTY,
        proof=proof(says, "VCLT 14(1)", *because), **more,
    )  # fmt: skip


def october(extra: Any = None) -> Dossier:
    """What two reports tell about 25 October 2024; `extra` changes the register before it is shown."""
    on = date(2024, 10, 25)
    register = Register(
        treaties=(treaty_named("Comprehensive Strategic Partnership Treaty", "the North Korea pact"),),
        acts=ACTS, findings=FINDINGS, claims=CLAIMS, documents=PUBLICATIONS, issues=ISSUES, known=on, silent=(C.id,),
    )  # fmt: skip
    duma = ACTS[2].proof
    since = DateRange.day(2024, 6, 19)
    council = NextStep(kind="chamber-approve", actor="the Federation Council", state="RUS", expected=("a_council_expected",),
                       says="The Federation Council votes on the law.")  # fmt: skip
    law = NextStep(kind="promulgate", actor="the President", state="RUS", says="The President signs the law.")
    decree = NextStep(
        kind="promulgate", actor="the President of State Affairs", state="PRK", says="The treaty is ratified by decree."
    )
    standings = (
        _standing(
            "PRK", on, on, Status.SIGNATORY, ACTS[0].proof, NO_EXCHANGE, since=since, next_steps=(decree, COMING)
        ),
        _standing(
            "RUS",
            on,
            on,
            Status.SIGNATORY,
            ACTS[0].proof,
            duma,
            NO_EXCHANGE,
            since=since,
            next_steps=(council, law, COMING),
        ),
    )
    force = ForceOfTreaty(treaty=TREATY, truth=Truth.FALSE, clause="on exchange of instruments of ratification",
                          proof=proof("the treaty is not in force on 2024-10-25", "VCLT 24(1)", NO_EXCHANGE))  # fmt: skip
    register = extra(register) if extra else register
    return dossier_of(TREATY, on, on, register, standings, LADDERS, force, S.values(), (A, B, C), REFERENCE)


def january() -> Dossier:
    """What three reports tell about 10 January 2025: in force, with a disputed day of the decree."""
    on = date(2025, 1, 10)
    issue = Issue(kind="dates-differ", says="The decree is dated 11 November by one account and 12 November by another.",
                  quotes=_quotes("decree-c", "decree-late-c"), about=("a_decree",))  # fmt: skip
    register = Register(
        treaties=(treaty_named("Comprehensive Strategic Partnership Treaty"),), acts=(*ACTS[:4], *LATER), findings=FINDINGS,
        claims=CLAIMS, documents=(*PUBLICATIONS, _publication(C, "2024-12-05", Basis.DATELINE)), issues=(*ISSUES, issue), known=on,
    )  # fmt: skip
    since = DateRange.day(2024, 12, 4)
    standings = tuple(
        _standing(state, on, on, Status.PARTY, LATER[3].proof, LATER[4].proof, since=since) for state in ("PRK", "RUS")
    )
    force = ForceOfTreaty(treaty=TREATY, truth=Truth.TRUE, since=since, clause="on exchange of instruments of ratification",
                          proof=proof("the treaty is in force since 2024-12-04", "VCLT 24(1)", LATER[3].proof))  # fmt: skip
    return dossier_of(TREATY, on, on, register, standings, LATER_LADDERS, force, S.values(), (A, B, C), REFERENCE)


def silent() -> Dossier:
    """The same treaty, asked about a day before any report."""
    on = date(2024, 6, 1)
    register = Register(known=on, silent=(A.id, B.id, C.id))
    return dossier_of(TREATY, on, on, register, (), (), None, S.values(), (A, B, C), REFERENCE)


def treaty_named(*names: str) -> Treaty:
    return Treaty(
        id=TREATY, names=tuple(TreatyName(text=name, documents=(A.id,)) for name in names), parties=("PRK", "RUS"),
        bilateral=True, binding=Binding.YES,
    )  # fmt: skip


def hostile(words: str) -> Dossier:
    """A dossier in which every text that a stranger could have written is `words`."""
    text = f"{words} On Monday it was signed. {words}"
    document = Document(id="d_h", name=words, text=text, publisher=words, title=words, url=words)
    said = Claim(speaker=Agent(name=words, role=words), stance=Stance.ASSERT, about=words, says=words)
    whole = document.quote(0, len(text))
    claim = Statement(
        id="s_c", document="d_h", content=said, quote=whole, sources=(Source(name=words, role=words),), rules=(words,)
    )
    act = Statement(id="s_a", document="d_h", content=ActMention(kind=Kind.SIGN, place=words), quote=whole)
    reason = proof(words, words, quotes=(whole,))
    dated = Dated(likeliest=OCTOBER_24, possible=OCTOBER_24, proof=reason)
    register = Register(
        treaties=(treaty_named(words),),
        acts=(Act(id="a_h", kind=Kind.SIGN, level=Kind.SIGN.level, treaty=TREATY, states=(words,), actor=Agent(name=words), on=OCTOBER_24,
                  dated=dated, place=words, stage=words, factuality=Factuality.HAPPENED, truth=Truth.TRUE, supported_by=("s_a",),
                  quotes=(whole,), proof=reason),),
        findings=(Finding(id="f_h", treaty=TREATY, kind=words, value=words, article=words, truth=Truth.TRUE, variants=(whole,),
                          norm=Norm(duty=Duty.DEFENSE, words=words, bearer=words, toward=words,
                                    conditions=Condition(predicate=words, args=(words,)), limits=(Limit(kind=words, words=words),)),
                          proof=reason),),
        claims=(ClaimEntry(id="c_h", treaty=TREATY, speaker=said.speaker, stance=said.stance, about=words, says=words,
                           sources=(claim.sources,), supported_by=("s_c",), quotes=(whole,), proof=reason),),
        documents=(Publication(id="d_h", name=words, publisher=words, title=words, url=words, published=dated),),
        issues=(Issue(kind=words, says=words, quotes=(whole,), proof=reason),),
    )  # fmt: skip
    step = _step("X.1", Kind.SIGN, words, StepState.DONE, words, requirement=words)
    ladder = Ladder(state=words, treaty=TREATY, procedure=words, steps=(step,))
    on = date(2024, 10, 25)
    return dossier_of(TREATY, on, on, register, (), (ladder,), None, (claim, act), (document,), REFERENCE)
