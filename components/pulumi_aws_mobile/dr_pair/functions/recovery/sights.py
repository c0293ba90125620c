"""What the runbook can look at, and what it sees. Looking changes nothing."""

from dataclasses import dataclass

from .plan import Creation

ALARM = "ALARM"
OK = "OK"


@dataclass(frozen=True, slots=True)
class AlarmLook:
    """The state of an alarm of the pair."""

    name: str


@dataclass(frozen=True, slots=True)
class HealthLook:
    """Whether a site answers its health URL, so many times in a row."""

    site: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class DatabaseLook:
    """A database as RDS tells it in a site's Region."""

    site: str
    identifier: str


@dataclass(frozen=True, slots=True)
class LagLook:
    """How far a replica has been behind its source, minute by minute."""

    site: str
    identifier: str


@dataclass(frozen=True, slots=True)
class BackupsLook:
    """Up to when the backups that a site keeps of another Region's database can be restored."""

    site: str
    source_identifier: str


@dataclass(frozen=True, slots=True)
class StackLook:
    """The CloudFormation stack of a site."""

    site: str
    create: Creation


@dataclass(frozen=True, slots=True)
class EnvironmentLook:
    """The Elastic Beanstalk environment of a site."""

    site: str
    name: str


Look = AlarmLook | HealthLook | DatabaseLook | LagLook | BackupsLook | StackLook | EnvironmentLook


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nothing was seen: the Region does not answer."""

    why: str


@dataclass(frozen=True, slots=True)
class DatabaseSeen:
    """A database."""

    identifier: str
    status: str
    source: str | None
    """The identifier or the ARN of what it is a replica of."""
    endpoint: str | None
    security_group_ids: tuple[str, ...]
    """In the order of their ids."""
    is_settled: bool
    """Whether no security group is being added or removed."""
    backup_retention_days: int


@dataclass(frozen=True, slots=True)
class LagPoint:
    """The largest lag within the minute that begins at `at`."""

    at: int
    seconds: int


@dataclass(frozen=True, slots=True)
class StackSeen:
    """A stack."""

    status: str
    reason: str
    run: str | None
    """The run that made it."""
    database_identifier: str | None
    database_endpoint: str | None
    database_arn: str | None = None
    database_security_group_id: str | None = None


@dataclass(frozen=True, slots=True)
class EnvironmentSeen:
    """An environment."""

    status: str
    health: str
    min: int
    max: int
    hostname: str | None
    """Its `RDS_HOSTNAME`."""
    instances: int


Seen = bool | str | int | DatabaseSeen | StackSeen | EnvironmentSeen | tuple[LagPoint, ...] | Unreachable | None
