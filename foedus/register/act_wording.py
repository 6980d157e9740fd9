"""Acts in plain words, for proofs and issues."""

from __future__ import annotations

import msgspec

from foedus.reference.directory import Body
from foedus.reference.packs import Reference
from foedus.register.coreference import Cluster
from foedus.terms.acts import BEFALLS, DEED, DOMESTIC
from foedus.terms.agents import Agent, BodyKind, in_a_sentence
from foedus.terms.evidence import Factuality


def act_in_words(cluster: Cluster, reference: Reference) -> str:
    """ "approval by the State Duma (Russia)", "signature by Japan and Peru": the deed, who did it and, where it is no event, how sure it is."""
    key = cluster.key
    deed = DEED[key.kind]
    by = f" by {in_a_sentence(cluster.actor)}" if cluster.actor is not None and key.kind in DOMESTIC else ""
    states = " and ".join(state_name(s, reference) for s in sorted(cluster.states))
    joint = " for " if key.kind in BEFALLS else " by "
    whose = f" ({states})" if by and states else f"{joint}{states}" if states else ""
    sure = "" if key.factuality == Factuality.HAPPENED else f" [{key.factuality}]"
    return f"{deed}{by}{whose}{sure}"


def state_name(code: str, reference: Reference) -> str:
    """The short English name of a state or organisation, or the code where the directory does not know it."""
    return reference.directory.name_of(code) if reference.directory.find(code) else code


def official(agent: Agent | None, reference: Reference) -> Agent | None:
    """The agent under the name that the directory has for its organ; persons keep theirs."""
    if agent is None or agent.body is None or agent.kind in (BodyKind.PERSON, BodyKind.HEAD_OF_STATE):
        return agent
    entity = reference.directory.find(agent.body)
    return msgspec.structs.replace(agent, name=entity.name) if isinstance(entity, Body) else agent
