"""A group of servers outlives a zone, and replaces a server that no longer answers."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import AUTOSCALING_GROUP
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided, Words
from aws_mobile_guard.view import UNKNOWN

_LEAST = 2
_PLACES = ("vpcZoneIdentifiers", "availabilityZones")
_BALANCERS = ("targetGroupArns", "loadBalancers", "trafficSources")


def _check(group: Resource, _: Options) -> Iterator[Answer]:
    yield from _spread(group)
    if any(group.has(name) for name in _BALANCERS):
        kind = group.text("healthCheckType")
        if kind is UNKNOWN:
            yield Undecided("healthCheckType")
        elif kind is None or "ELB" not in kind:
            fix = "set it; EC2's own check never sees an application that hangs"
            yield Problem("healthCheckType", kind, "ELB", fix)


def _spread(group: Resource) -> Iterator[Answer]:
    path = next((name for name in _PLACES if group.has(name)), _PLACES[0])
    places = group.texts(path)
    if places is UNKNOWN:
        yield Undecided(path)
        return
    # What is not known yet is taken for places of their own: a program names none twice.
    known = {place for place in places or () if place is not UNKNOWN}
    number = len(known) + sum(place is UNKNOWN for place in places or ())
    if number < _LEAST:
        yield Problem(path, Words(f"{number} of them"), "2 or more", "name subnets of two zones or more")


RULE = Rule(
    id="asg-spread",
    pack=Pack.RESILIENCE,
    description="An Auto Scaling group spans two zones, and asks its load balancer who is well.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(AUTOSCALING_GROUP,),
    frameworks=("FSBP AutoScaling.1", "FSBP AutoScaling.2", "CKV2_AWS_15"),
    remediation="Name subnets of two zones in vpcZoneIdentifiers; behind a load balancer set healthCheckType to ELB.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
    check=_check,
)
