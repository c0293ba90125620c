"""What roles make use of: every action that IAM was asked about for a role, and what came of it.

Nothing is kept unless somebody records. Each different action on a resource is kept once, with the facts of its first
request: ten thousand requests of one kind cost no more than ten thousand looks into a dictionary.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_aws_sandbox.runtime.access.policies import Decision, Document, Policies, Question

_Key = tuple[str, str, str | None, bool]


@dataclass(frozen=True, slots=True)
class Use:
    """One action on one resource that a role asked for, or that a service asked for on its behalf."""

    question: "Question"
    allowed: bool
    reason: str
    """What AWS says where it refuses."""
    documents: "tuple[Document, ...]"
    """The role's own policies at that time."""


@dataclass(frozen=True, slots=True)
class RoleDocuments:
    """A role as it stood at the end."""

    arn: str
    trust: "Document"
    inline: Mapping[str, "Document"]
    """The policies written into the role itself, by name."""
    managed: Mapping[str, "Document"]
    """The policies attached to it, by ARN."""
    boundary: "Document | None" = None


@dataclass(slots=True)
class Uses:
    """What was recorded."""

    kept: dict[_Key, Use] = field(default_factory=dict)
    roles: dict[str, RoleDocuments] = field(default_factory=dict)
    """The roles that there are when the sandbox is left, by ARN."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self) -> list[Use]:
        """Return every use so far; more may come from other threads meanwhile."""
        with self.lock:
            return list(self.kept.values())


_recorder: Uses | None = None


@contextmanager
def recording() -> Iterator[Uses]:
    """Record whatever is decided within the block; raise `RuntimeError` where somebody already does."""
    global _recorder  # noqa: PLW0603 - there is one sandbox in a process, too
    if _recorder is not None:
        message = "what roles make use of is being recorded already"
        raise RuntimeError(message)
    _recorder = Uses()
    try:
        yield _recorder
    finally:
        _recorder = None


def note(question: "Question", policies: "Policies", decision: "Decision") -> None:
    """Keep what was decided for a role, if somebody records."""
    recorder, role = _recorder, question.principal.role_arn
    if recorder is None or role is None:
        return
    key = (role, question.action, question.resource, decision.allowed)
    if key not in recorder.kept:
        with recorder.lock:
            recorder.kept.setdefault(key, Use(question, decision.allowed, decision.reason, policies.identity))


def keep_roles() -> None:
    """Keep every role as it stands now, if somebody records."""
    if _recorder is None:
        return
    from pulumi_aws_sandbox.runtime.access import principals  # noqa: PLC0415 - needs what policies.py offers

    _recorder.roles.update({role.arn: role for role in principals.every_role()})
