"""What a stack is like, as far as its recovery depends on it."""

from dataclasses import dataclass

from pulumi_aws_mobile.dr_pair.choices import FailoverMode

from . import prices


@dataclass(frozen=True, slots=True)
class Situation:
    """A stack; every default is that of a small production stack."""

    engine: str = "mysql"
    """mysql, mariadb or postgres."""
    database_gib: float = 20
    """How much the database holds."""
    instance_class: str = "db.t4g.medium"
    """The database's class, in both Regions."""
    multi_az: bool = True
    """Whether the primary Region's database has a standby in another zone."""
    server_type: str = "t4g.small"
    """The servers' EC2 instance type."""
    full_instances: int = 2
    """How many servers serve everybody."""
    standby_instances: int = 1
    """How many of them run in the recovery Region with a warm standby."""
    nat_gateways: int = 1
    """How many NAT gateways the primary Region has."""
    mode: FailoverMode = FailoverMode.APPROVAL
    """Who decides on a failover."""
    approval_minutes: float = 60
    """How long a failover waits for its approval before it is given up."""
    datapoints: int = 3
    """How many probes in a row must fail."""
    confirmations: int = 1
    """How many times in a row, a minute apart, the runbook then asks again itself."""
    probe_seconds: int = 60
    """How often the primary Region is probed."""
    record_seconds: int = 60
    """How long resolvers keep an answer."""
    replica_lag_seconds: float = 5
    """How far the replica is behind as a rule."""
    lag_limit_seconds: float = 300
    """Up to how much lag a failover goes on unasked, in the mode automatic; backups have a lag as well."""
    backup_lag_seconds: float = 1050
    """How far the copied backups are behind as a rule: the middle of AWS's range of 5 to 30 minutes.
    https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html"""
    backup_lag_high_seconds: float = 1800
    """How far they may be behind: the end of that range."""
    primary_monthly_cost: float | None = None
    """What the primary Region costs in a month, in any currency; estimated from list prices if not given."""

    def __post_init__(self) -> None:
        """Refuse what no stack is like."""
        object.__setattr__(self, "mode", FailoverMode(self.mode))
        prices.database_hour(self.instance_class, self.engine)
        prices.server_hour(self.server_type)
        for name, minimum in _AT_LEAST.items():
            if getattr(self, name) < minimum:
                _refuse(name, getattr(self, name), f"{minimum} or more")
        if self.standby_instances > self.full_instances:
            _refuse("standby_instances", self.standby_instances, f"0 to full_instances, {self.full_instances}")
        if self.backup_lag_high_seconds < self.backup_lag_seconds:
            allowed = f"backup_lag_seconds, {self.backup_lag_seconds:g}, or more"
            _refuse("backup_lag_high_seconds", self.backup_lag_high_seconds, allowed)
        if self.primary_monthly_cost is not None and self.primary_monthly_cost <= 0:
            _refuse("primary_monthly_cost", self.primary_monthly_cost, "more than 0")


_AT_LEAST = {
    "database_gib": 0,
    "full_instances": 1,
    "standby_instances": 0,
    "nat_gateways": 0,
    "approval_minutes": 0,
    "datapoints": 1,
    "confirmations": 1,
    "probe_seconds": 10,
    "record_seconds": 0,
    "replica_lag_seconds": 0,
    "lag_limit_seconds": 0,
    "backup_lag_seconds": 0,
}


def _refuse(name: str, got: float, allowed: str) -> None:
    message = f"{name}: got {got:g}; allowed: {allowed}"
    raise ValueError(message)
