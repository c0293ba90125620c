"""IAM's decision: which statements speak of a request, and what all policies together say.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pulumi_aws_sandbox.runtime.access import conditions, uses
from pulumi_aws_sandbox.runtime.access.patterns import Context, arn_matches, listed, matches, texts

Document = Mapping[str, Any]
Statement = Mapping[str, Any]
Naming = Literal["direct", "account"]
"""How a statement names a principal: itself (or everyone), or the account it belongs to."""

_VARIABLES_SINCE = "2012-10-17"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. The role is that of a session; a caller without credentials is `ANYONE`."""

    arn: str = ""
    account: str = ""
    role_arn: str | None = None
    service: str | None = None
    federated: str | None = None

    @property
    def identities(self) -> set[str]:
        """The ARNs that name the principal itself."""
        return {each for each in (self.arn, self.role_arn) if each}

    @property
    def accounts(self) -> set[str]:
        """The ways to write its account."""
        if not self.account:
            return set()
        partition = self.arn.split(":")[1] if self.arn.startswith("arn:") else "aws"
        return {self.account, f"arn:{partition}:iam::{self.account}:root"}


ANYONE = Principal()


@dataclass(frozen=True, slots=True)
class Question:
    """A request as policies see it."""

    action: str
    resource: str | None = None
    context: Context = field(default_factory=dict)
    principal: Principal = ANYONE


@dataclass(frozen=True, slots=True)
class Finding:
    """What one or more documents say, and the statement that says it."""

    effect: Literal["Allow", "Deny"] | None
    statement: Statement | None = None
    naming: Naming | None = None


@dataclass(frozen=True, slots=True)
class Policies:
    """All that bears on a request. `None` for a boundary, a session or a resource: there is no such policy."""

    identity: tuple[Document, ...] = ()
    boundary: tuple[Document, ...] | None = None
    session: tuple[Document, ...] | None = None
    resource: Document | None = None
    resource_must_allow: bool = False
    """Whether nothing is allowed that the resource's policy does not allow or leave to the account: KMS, IAM roles."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer; the reason of a refusal is AWS's own, to end its message with."""

    allowed: bool
    reason: str = ""
    statement: Statement | None = None


def parse(text: str | bytes | Document) -> Document:
    """Return a policy document; raise `ValueError` where it is none."""
    document = json.loads(text) if isinstance(text, str | bytes) else text
    if not isinstance(document, Mapping):
        message = f"a policy document is an object: got {document!r}"
        raise ValueError(message)  # noqa: TRY004 - whoever reads a policy expects one kind of error
    return document


def evaluate(documents: Iterable[Document], question: Question, *, resource_based: bool = False) -> Finding:
    """Return what documents say to a question: Deny before Allow, a principal's own name before its account's."""
    allowed = Finding(None)
    for document in documents:
        variables = document.get("Version") == _VARIABLES_SINCE
        for statement in listed(document.get("Statement")):
            if not isinstance(statement, Mapping):
                continue
            naming = _speaks(statement, question, variables=variables, resource_based=resource_based)
            if naming is None:
                continue
            if statement.get("Effect") == "Deny":
                return Finding("Deny", statement, naming)
            if statement.get("Effect") == "Allow" and allowed.naming != "direct":
                allowed = Finding("Allow", statement, naming)
    return allowed


def decide(question: Question, policies: Policies) -> Decision:
    """Return the decision of one account: an explicit Deny wins, boundary and session narrow what is allowed."""
    decision = _decide(question, policies)
    uses.note(question, policies, decision)
    return decision


def _decide(question: Question, policies: Policies) -> Decision:
    action = question.action
    identity = evaluate(policies.identity, question)
    boundary = None if policies.boundary is None else evaluate(policies.boundary, question)
    session = None if policies.session is None else evaluate(policies.session, question)
    resource = Finding(None)
    if policies.resource is not None:
        resource = evaluate([policies.resource], question, resource_based=True)
    for finding, kind in (
        (identity, "an identity-based policy"),
        (resource, "a resource-based policy"),
        (boundary, "a permissions boundary"),
        (session, "a session policy"),
    ):
        if finding is not None and finding.effect == "Deny":
            return Decision(allowed=False, reason=f"with an explicit deny in {kind}", statement=finding.statement)
    granted = resource.effect == "Allow" and resource.naming == "direct"
    if policies.resource_must_allow and resource.effect is None:
        return Decision(allowed=False, reason=f"because no resource-based policy allows the {action} action")
    # What a resource's policy grants to the session itself is not narrowed by a boundary or a session policy.
    if granted and question.principal.arn in _named(resource.statement):
        return Decision(allowed=True, statement=resource.statement)
    if not granted and identity.effect is None:
        return Decision(allowed=False, reason=f"because no identity-based policy allows the {action} action")
    for finding, kind in ((boundary, "permissions boundary"), (session, "session policy")):
        if finding is not None and finding.effect is None:
            return Decision(allowed=False, reason=f"because no {kind} allows the {action} action")
    return Decision(allowed=True, statement=identity.statement or resource.statement)


def _speaks(statement: Statement, question: Question, *, variables: bool, resource_based: bool) -> Naming | None:
    """Return how a statement names the principal, or `None` if it does not speak of the request."""
    context = question.context if variables else None
    naming: Naming | None = "direct"
    if resource_based:
        naming = _naming(statement, question.principal)
    if naming is None or not _speaks_of_action(statement, question.action):
        return None
    if not _speaks_of_resource(statement, question.resource, context):
        return None
    return naming if conditions.hold(statement.get("Condition") or {}, question.context, variables=variables) else None


def _speaks_of_action(statement: Statement, action: str) -> bool:
    def named(key: str) -> bool:
        return any(matches(each.lower(), action.lower()) for each in texts(statement[key]))

    return _named_or_not(statement, "Action", named)


def _speaks_of_resource(statement: Statement, resource: str | None, context: Context | None) -> bool:
    """Tell whether a statement speaks of a resource; without one only `*` does, and trust policies name none."""
    if "Resource" not in statement and "NotResource" not in statement:
        return True
    value = "*" if resource is None else resource

    def named(key: str) -> bool:
        return any(arn_matches(each, value, context) for each in texts(statement[key]))

    return _named_or_not(statement, "Resource", named)


def _named_or_not(statement: Statement, key: str, named: Callable[[str], bool]) -> bool:
    if key in statement:
        return named(key)
    return f"Not{key}" in statement and not named(f"Not{key}")


def _naming(statement: Statement, principal: Principal) -> Naming | None:
    if "Principal" in statement:
        named = _named(statement)
        if "*" in named or named & (principal.identities | _kinds(principal)):
            return "direct"
        return "account" if named & principal.accounts else None
    if "NotPrincipal" in statement:
        named = _named(statement, "NotPrincipal")
        everyone = principal.identities | principal.accounts | _kinds(principal)
        return None if "*" in named or (everyone and everyone <= named) else "direct"
    return None


def _kinds(principal: Principal) -> set[str]:
    """Return a service or an identity provider so that it cannot be mistaken for an ARN of an AWS principal."""
    return {
        f"{kind}={name}"
        for kind, name in (("Service", principal.service), ("Federated", principal.federated))
        if name is not None
    }


def _named(statement: Statement | None, key: str = "Principal") -> set[str]:
    principal = (statement or {}).get(key)
    if principal == "*":
        return {"*"}
    if not isinstance(principal, Mapping):
        return set()
    return {name if kind == "AWS" else f"{kind}={name}" for kind, names in principal.items() for name in texts(names)}
