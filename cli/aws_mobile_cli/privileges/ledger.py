"""What was granted against what was used, over any number of journeys."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pulumi_aws_sandbox.runtime.access.uses import Use, Uses

from .grants import Grant, grants_in, grants_of
from .plain_names import plain_resource, plain_role


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One action on one kind of resource, of one role; the names are those of the program."""

    role: str
    action: str
    resource: str


@dataclass(slots=True)
class Ledger:
    """The accounts of all roles."""

    stacks: tuple[str, ...] = ()
    """The names of the stacks, which are left out of the names of resources."""
    granted: set[Line] = field(default_factory=set)
    used: set[Line] = field(default_factory=set)
    """The grants that allowed something."""
    refused: dict[Line, str] = field(default_factory=dict)
    """What roles asked for in vain, with AWS's reason."""

    def add(self, uses: Uses) -> None:
        """Add what was recorded in one journey: in a sandbox that is gone by now."""
        kept = uses.all()
        by_role: dict[str, list[Use]] = {}
        for use in kept:
            by_role.setdefault(use.question.principal.role_arn or "", []).append(use)
        for arn, role in uses.roles.items():
            name = plain_role(arn)
            self._enter(name, grants_of(role), by_role.get(arn, ()))
            self.granted |= {self._line(name, grant) for grant in grants_of(role)}
        for arn, own in by_role.items():
            # A journey changes roles; what they could do at the time is what their requests made use of.
            for use in own:
                self._enter(plain_role(arn), grants_in(use.documents), [use])
        for use in kept:
            if not use.allowed:
                question = use.question
                resource = plain_resource(question.resource or "*", self.stacks)
                line = Line(plain_role(question.principal.role_arn or ""), question.action, resource)
                self.refused.setdefault(line, use.reason)

    @property
    def unused(self) -> list[Line]:
        """What was granted and never used."""
        return sorted(self.granted - self.used)

    @property
    def roles(self) -> list[str]:
        """All roles that are granted something."""
        return sorted({line.role for line in self.granted})

    def _enter(self, role: str, grants: Iterable[Grant], uses: Iterable[Use]) -> None:
        asked = [use.question for use in uses if use.allowed]
        if asked:
            self.used |= {
                self._line(role, grant) for grant in grants if any(grant.covers(question) for question in asked)
            }

    def _line(self, role: str, grant: Grant) -> Line:
        return Line(role, grant.action, plain_resource(grant.resource, self.stacks))
