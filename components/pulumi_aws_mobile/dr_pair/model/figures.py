"""The times that the model adds up, each with where it comes from.

AWS promises hardly any of them. A figure therefore says what it rests on, and has three values: the least, what to
expect, and what to plan for.
"""

from dataclasses import dataclass
from enum import Enum


class Basis(str, Enum):
    """What a figure rests on."""

    PUBLISHED = "published by AWS"
    """A number that AWS documents."""
    RANGE = "documented range"
    """AWS documents a range in numbers or words, and the values lie in it."""
    MEASURED = "measured elsewhere"
    """Read off what AWS or others show of their own runs."""
    ASSUMED = "assumption"
    """Nothing is published; a drill in the account gives the true value."""
    DESIGNED = "by design"
    """The length of what this library does itself."""


class Whose(str, Enum):
    """Who the time is spent by."""

    AWS = "AWS"
    OURS = "ours"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Figure:
    """A time in seconds, and where it comes from."""

    name: str
    low: float
    seconds: float
    high: float
    basis: Basis
    reason: str
    url: str = ""
    whose: Whose = Whose.AWS


_RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide"
_CLOUDWATCH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
_ROUTE_53 = "https://docs.aws.amazon.com/Route53/latest"
_BEANSTALK = "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg"

TICK = Figure(
    "tick",
    0,
    30,
    60,
    Basis.PUBLISHED,
    "EventBridge fires a rule once a minute at most, so what happens between two ticks is seen at the next one",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html",
)
EVALUATION = Figure(
    "alarm evaluation",
    0,
    30,
    120,
    Basis.RANGE,
    "an alarm with a period of 60 s is evaluated once a minute; the most is an assumption for late datapoints",
    f"{_CLOUDWATCH}/AlarmThatSendsEmail.html",
)
ENDPOINT_CHECK = Figure(
    "endpoint check",
    20,
    30,
    50,
    Basis.PUBLISHED,
    "Route 53 asks every 10 s, and three failures in a row count; each may take 4 s to connect and 2 s to answer",
    f"{_ROUTE_53}/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
)
HEALTH_CHECK = Figure(
    "health check on an alarm",
    0,
    10,
    30,
    Basis.ASSUMED,
    "Route 53 follows the alarm's data itself; how soon is not published",
    f"{_ROUTE_53}/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
)
RESTART = Figure(
    "fence",
    30,
    90,
    300,
    Basis.ASSUMED,
    "changing a security group and restarting the old writer takes as long as the engine's crash recovery",
    f"{_RDS}/USER_RebootInstance.html",
)
PROMOTION = Figure(
    "promotion",
    180,
    300,
    900,
    Basis.RANGE,
    '"several minutes or longer", read as at least three, with five to expect and fifteen to plan for',
    f"{_RDS}/USER_ReadRepl.Promote.html",
)
PROMOTION_PER_GIB = Figure(
    "promotion, per GiB",
    0,
    0.1,
    1,
    Basis.ASSUMED,
    '"depending on the size of the read replica", without a number',
    f"{_RDS}/USER_ReadRepl.Promote.html",
)
RESTORATION = Figure(
    "restoration",
    600,
    1200,
    10_800,
    Basis.RANGE,
    '"up to a few hours", read as three; the least and what to expect are assumptions for a small database',
    "https://docs.aws.amazon.com/prescriptive-guidance/latest/dr-standard-edition-amazon-rds/rds-pitr-snapshot.html",
)
RESTORATION_PER_GIB = Figure(
    "restoration, per GiB",
    0,
    1.3,
    5,
    Basis.ASSUMED,
    "replaying half a day of logs, at 5 % of the data changed in a day and 20 MiB/s; the volume itself loads lazily",
    "https://repost.aws/knowledge-center/rds-point-in-time-restore-issues",
)
WAY_OUT = Figure(
    "way out",
    85,
    105,
    180,
    Basis.MEASURED,
    "a NAT gateway took 1 min 25 s to 2 min 4 s in seven public deployment logs",
    "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html",
)
STACK = Figure(
    "CloudFormation",
    5,
    15,
    60,
    Basis.ASSUMED,
    "what a stack adds to its slowest resource",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stack.html",
)
LAUNCH = Figure(
    "launching servers",
    180,
    217,
    600,
    Basis.MEASURED,
    "3 min 37 s in AWS's own example of scaling an environment; the most is the platform's time-out for a command",
    f"{_BEANSTALK}/eb3-scale.html",
)
RECONFIGURATION = Figure(
    "turning servers to the new writer",
    30,
    60,
    300,
    Basis.ASSUMED,
    "a changed environment property restarts the application on the servers that run",
    f"{_BEANSTALK}/environments-updating.html",
)
GUARD = Figure(
    "guard",
    1,
    2,
    5,
    Basis.DESIGNED,
    "starting the function, reading its state and looking at both Regions",
    whose=Whose.OURS,
)
UNREACHABLE = Figure(
    "fence that is not reached",
    1,
    10,
    20,
    Basis.DESIGNED,
    "the time-outs of calls to a Region that does not answer",
    whose=Whose.OURS,
)
CALLS = Figure(
    "calls",
    1,
    2,
    5,
    Basis.DESIGNED,
    "what the runbook's own calls to AWS take, over all steps",
    whose=Whose.OURS,
)
VERIFICATION = Figure(
    "verification",
    1,
    2,
    10,
    Basis.DESIGNED,
    "asking the recovery Region's health URL and RDS",
    whose=Whose.OURS,
)
FLIP = Figure("flip", 1, 1, 5, Basis.DESIGNED, "writing the state and one datapoint", whose=Whose.OURS)

FIGURES = (
    TICK,
    EVALUATION,
    ENDPOINT_CHECK,
    HEALTH_CHECK,
    RESTART,
    PROMOTION,
    PROMOTION_PER_GIB,
    RESTORATION,
    RESTORATION_PER_GIB,
    WAY_OUT,
    STACK,
    LAUNCH,
    RECONFIGURATION,
    GUARD,
    UNREACHABLE,
    CALLS,
    VERIFICATION,
    FLIP,
)
