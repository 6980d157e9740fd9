"""A second reader: any model behind an OpenAI-compatible endpoint, held to the same statements and to verbatim quotes.

Off unless asked for. The document and the JSON Schema of an answer go to the endpoint; whatever comes back without a quote
that stands verbatim in the text is dropped and counted. Answers are cached by document, model and prompt.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from foedus.documents.document import Document
from foedus.errors import FoedusError
from foedus.statements.statement import ActMention, Claim, ProvisionMention, Statement, TreatyMention, statement_id
from foedus.terms.acts import DOMESTIC, Kind, Measure, Vote
from foedus.terms.agents import Agent
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Factuality, Relation, Source, Stance

RULE = "model reader"
PROMPT = """You read one news report or official text and list what it states about treaties: acts (kind from the list, states as \
ISO alpha-3, the acting body, the date as EDTF as strong as the text, the factuality, a vote's numbers for and against the \
treaty), provisions of the treaty, and claims (who says what, with which stance). A chamber or parliament that approves is \
chamber-approve, whatever verb is printed; a state or its head said to ratify is ratify. What is only urged is no act. \
Every statement carries `quote`: a sentence copied verbatim from the text. State nothing that the text does not state."""


class ModelError(FoedusError):
    """The endpoint cannot be used: says why, and what to set."""


class ModelVote(msgspec.Struct, kw_only=True, rename={"for_": "for"}):
    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    unanimous: bool | None = None


class ModelAct(msgspec.Struct, kw_only=True):
    quote: str
    kind: Kind
    treaty: str = ""
    parties: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    actor: str | None = None
    date: str | None = None
    measure: Measure | None = None
    factuality: Factuality = Factuality.HAPPENED
    vote: ModelVote | None = None
    source: str | None = None


class ModelProvision(msgspec.Struct, kw_only=True):
    quote: str
    kind: str
    treaty: str = ""
    article: str | None = None
    value: str = ""


class ModelClaim(msgspec.Struct, kw_only=True):
    quote: str
    speaker: str
    stance: Stance
    treaty: str = ""
    role: str | None = None
    says: str = ""


class ModelAnswer(msgspec.Struct, kw_only=True):
    """What the model is asked for, and all that is taken from it."""

    acts: tuple[ModelAct, ...] = ()
    provisions: tuple[ModelProvision, ...] = ()
    claims: tuple[ModelClaim, ...] = ()


class ModelReading(msgspec.Struct, frozen=True, kw_only=True):
    """A document's statements by the model.

    dropped  statements whose quote does not stand in the text, or that name no kind there is
    failure  why the whole answer could not be used, or None
    """

    statements: tuple[Statement, ...] = ()
    dropped: int = 0
    failure: str | None = None


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where the model is: FOEDUS_LLM_URL (to the /v1 root), FOEDUS_LLM_MODEL, FOEDUS_LLM_KEY, FOEDUS_LLM_SECONDS."""

    url: str
    model: str
    key: str = ""
    seconds: float = 120.0


def endpoint_from(environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint that the environment names.

    raises   ModelError if it names none
    """
    url, model = environment.get("FOEDUS_LLM_URL", ""), environment.get("FOEDUS_LLM_MODEL", "")
    if not url.startswith(("http://", "https://")) or not model:
        raise ModelError(
            "the model reader needs an endpoint: set FOEDUS_LLM_URL (such as http://127.0.0.1:8080/v1) and FOEDUS_LLM_MODEL"
        )
    seconds = environment.get("FOEDUS_LLM_SECONDS", "120")
    try:
        return Endpoint(
            url=url.rstrip("/"), model=model, key=environment.get("FOEDUS_LLM_KEY", ""), seconds=float(seconds)
        )
    except ValueError:
        raise ModelError(f'FOEDUS_LLM_SECONDS is "{seconds}"; give a number of seconds, such as 120') from None


def read_by_model(document: Document, endpoint: Endpoint, cache: Path | None = None) -> ModelReading:
    """What the model states of a document, each statement held against the text.

    cache   a folder for answers; None: the user's cache folder
    """
    folder = cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "foedus" / "model"
    asked = hashlib.sha256("\0".join([document.id, endpoint.model, PROMPT]).encode()).hexdigest()
    kept = folder / f"{asked[:32]}.json"
    content = _kept(kept)
    if content is None:
        try:
            content = _asked(document, endpoint)
        except ModelError as error:
            return ModelReading(failure=str(error))
    answer, spoilt = _answer(content)
    if answer is None:
        return ModelReading(failure="the answer is not the JSON that was asked for")
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.write_bytes(content)
    return _verified(document, answer, spoilt)


def _kept(file: Path) -> bytes | None:
    with suppress(OSError):
        return file.read_bytes()
    return None


def _asked(document: Document, endpoint: Endpoint) -> bytes:
    """The content of the model's message.

    raises   ModelError if the endpoint does not answer, refuses, or answers something else
    """
    import httpx2

    schema = msgspec.json.schema(ModelAnswer)
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [{"role": "system", "content": PROMPT}, {"role": "user", "content": document.text}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "statements", "schema": schema}},
    }
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    try:
        response = httpx2.post(
            f"{endpoint.url}/chat/completions", json=body, headers=headers, timeout=endpoint.seconds, trust_env=False
        )
    except httpx2.TimeoutException:
        raise ModelError(f"{endpoint.url} did not answer within {endpoint.seconds:g} seconds") from None
    except httpx2.HTTPError as error:
        raise ModelError(f"{endpoint.url} cannot be reached ({type(error).__name__})") from None
    if response.status_code != 200:
        raise ModelError(f"{endpoint.url} answered {response.status_code}")
    return _message(response.content, endpoint)


def _message(content: bytes, endpoint: Endpoint) -> bytes:
    try:
        message: dict[str, Any] = msgspec.json.decode(content)["choices"][0]["message"]
    except (msgspec.DecodeError, KeyError, IndexError, TypeError):
        raise ModelError(f"{endpoint.url} answered something other than a chat completion") from None
    if message.get("refusal"):
        raise ModelError(f"{endpoint.model} refused to read it")
    written = message.get("content")
    if not isinstance(written, str):
        raise ModelError(f"{endpoint.model} answered without a text")
    return written.encode()


def _answer(content: bytes) -> tuple[ModelAnswer | None, int]:
    """The answer, and how many of its statements are not of the shape asked for."""
    try:
        whole = msgspec.json.decode(content, type=dict[str, list[msgspec.Raw]])
    except msgspec.MsgspecError:
        return None, 0
    spoilt, parts = 0, dict[str, list[Any]]()
    for name, shape in (("acts", ModelAct), ("provisions", ModelProvision), ("claims", ModelClaim)):
        for raw in whole.get(name, []):
            try:
                parts.setdefault(name, []).append(msgspec.json.decode(raw, type=shape))
            except msgspec.MsgspecError:
                spoilt += 1
    return ModelAnswer(**{name: tuple(found) for name, found in parts.items()}), spoilt


def _verified(document: Document, answer: ModelAnswer, spoilt: int) -> ModelReading:
    statements: dict[str, Statement] = {}
    dropped = spoilt
    everything: list[ModelAct | ModelProvision | ModelClaim] = [*answer.acts, *answer.provisions, *answer.claims]
    for said in everything:
        start = document.text.find(said.quote) if said.quote.strip() else -1
        if start < 0:
            dropped += 1
            continue
        statement = _statement(document, said, start)
        statements[statement.id] = statement
    return ModelReading(statements=tuple(statements.values()), dropped=dropped)


def _statement(document: Document, said: ModelAct | ModelProvision | ModelClaim, start: int) -> Statement:
    end = start + len(said.quote)
    kind = said.kind if not isinstance(said, ModelClaim) else f"claim {said.speaker} {said.stance}"
    parties = said.parties if isinstance(said, ModelAct) else ()
    act = said if isinstance(said, ModelAct) else None
    return Statement(
        id=statement_id(document.id, start, end, f"{RULE} {kind}"),
        document=document.id,
        treaty=TreatyMention(mention=said.treaty, parties=tuple(sorted(parties))) if said.treaty else None,
        content=_content(said),
        factuality=act.factuality if act else Factuality.HAPPENED,
        sources=(Source(name=act.source, relation=Relation.REPORTED),) if act and act.source else (),
        quote=document.quote(start, end),
        rules=(RULE,),
    )


def _content(said: ModelAct | ModelProvision | ModelClaim) -> ActMention | ProvisionMention | Claim:
    if isinstance(said, ModelProvision):
        return ProvisionMention(kind=said.kind, article=said.article, value=said.value)
    if isinstance(said, ModelClaim):
        return Claim(speaker=Agent(name=said.speaker, role=said.role), stance=said.stance, says=said.says or said.quote)
    vote = said.vote
    return ActMention(
        kind=said.kind,
        measure=said.measure or (Measure.RATIFICATION if said.kind in DOMESTIC else None),
        states=tuple(sorted(said.states)),
        actor=Agent(name=said.actor) if said.actor else None,
        timex=Timex(value=said.date, words=said.date, rule=RULE) if said.date else None,
        date=_days(said.date),
        vote=Vote(for_=vote.for_, against=vote.against, abstain=vote.abstain, unanimous=vote.unanimous)
        if vote
        else None,
        verb=str(said.kind),
    )


def _days(edtf: str | None) -> DateRange | None:
    with suppress(ValueError):
        return DateRange.parse(edtf) if edtf else None
    return None
