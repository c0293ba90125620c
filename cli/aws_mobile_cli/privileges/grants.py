"""What the policies of a role grant, one action on one pattern of resources at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.runtime.access.patterns import listed, texts
from pulumi_aws_sandbox.runtime.access.policies import Document, Question, evaluate
from pulumi_aws_sandbox.runtime.access.uses import RoleDocuments

WHOLE = "*"
"""The action that stands for all that one of AWS's own policies grants: it is attached whole or not at all."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One action on one pattern of resources; a policy of AWS's own is one grant on itself."""

    action: str
    resource: str
    documents: tuple[Document, ...]
    """Documents that grant this and nothing else."""

    def covers(self, question: Question) -> bool:
        """Tell whether it allows what was asked for."""
        return evaluate(self.documents, question).effect == "Allow"


def grants_of(role: RoleDocuments) -> Iterator[Grant]:
    """Return all that a role is granted."""
    yield from _grants([*role.inline.values()])
    for arn, document in role.managed.items():
        if arn.split(":")[4] == "aws":
            yield Grant(WHOLE, arn.split(":", 5)[-1], (document,))
        else:
            yield from _grants([document])


def grants_in(documents: Iterable[Document]) -> Iterator[Grant]:
    """Return all that documents grant, of which it is not known whose they are."""
    return _grants(documents)


def _grants(documents: Iterable[Document]) -> Iterator[Grant]:
    for document in documents:
        for statement in listed(document.get("Statement")):
            if isinstance(statement, Mapping) and statement.get("Effect") == "Allow":
                yield from _of_statement(document, statement)


def _of_statement(document: Document, statement: Mapping[str, Any]) -> Iterator[Grant]:
    actions = listed(statement["Action"]) if "Action" in statement else [None]
    resources = listed(statement["Resource"]) if "Resource" in statement else [None]
    for action in actions:
        for resource in resources:
            # What is granted by naming what is not stays as it is written.
            one = {
                **statement,
                **({} if action is None else {"Action": action}),
                **({} if resource is None else {"Resource": resource}),
            }
            yield Grant(
                action=f"all but {' '.join(texts(statement['NotAction']))}" if action is None else str(action),
                resource=f"all but {' '.join(texts(statement['NotResource']))}" if resource is None else str(resource),
                documents=({**document, "Statement": one},),
            )
