"""What the runbook can do to AWS; each of these may be done twice."""

from dataclasses import dataclass

from .plan import Creation


@dataclass(frozen=True, slots=True)
class SetSecurityGroups:
    """Give a database exactly these security groups: the fence, or its own again."""

    site: str
    identifier: str
    security_group_ids: tuple[str, ...]

    def __str__(self) -> str:
        """Say it to people."""
        return f"give the database {self.identifier} the security groups {', '.join(self.security_group_ids)}"


@dataclass(frozen=True, slots=True)
class Reboot:
    """Reboot a database, which ends the connections that are open."""

    site: str
    identifier: str

    def __str__(self) -> str:
        """Say it to people."""
        return f"reboot the database {self.identifier}"


@dataclass(frozen=True, slots=True)
class CreateStack:
    """Create what does not stand in a site."""

    site: str
    create: Creation
    run: str
    token: str

    def __str__(self) -> str:
        """Say it to people."""
        return f"create the stack {self.create.stack_name}"


@dataclass(frozen=True, slots=True)
class DeleteStack:
    """Delete a stack whose creation failed."""

    site: str
    create: Creation

    def __str__(self) -> str:
        """Say it to people."""
        return f"delete the stack {self.create.stack_name}, whose creation failed"


@dataclass(frozen=True, slots=True)
class Promote:
    """Make a replica a database of its own."""

    site: str
    identifier: str

    def __str__(self) -> str:
        """Say it to people."""
        return f"promote the replica {self.identifier}"


@dataclass(frozen=True, slots=True)
class Scale:
    """Give an environment its size and its database, in one update."""

    site: str
    name: str
    min: int
    max: int
    hostname: str | None

    def __str__(self) -> str:
        """Say it to people."""
        database = f"RDS_HOSTNAME={self.hostname}" if self.hostname else "its own database"
        return f"update the environment {self.name} to {self.min} to {self.max} instances with {database}"


@dataclass(frozen=True, slots=True)
class PutTraffic:
    """Say where clients are led to, as a metric on which the switch's alarm stands."""

    to: str

    def __str__(self) -> str:
        """Say it to people."""
        return f"lead clients to the {self.to} site"


Effect = SetSecurityGroups | Reboot | CreateStack | DeleteStack | Promote | Scale | PutTraffic


class NotNowError(Exception):
    """AWS is busy with the resource; it is looked at again later."""


class FailedError(Exception):
    """AWS refused; the message says what and why."""


class UnreachableError(FailedError):
    """The Region does not answer."""


RUN_TAG = "aws-mobile:recovery-run"
