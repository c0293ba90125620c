"""What Route 53 answers: records by their routing policy and their health.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.runtime import regions
from pulumi_aws_sandbox.runtime.signals import health, places

ALIAS_SECONDS = 60
"""How long resolvers keep an alias to an API or a load balancer."""

_MOST_STEPS = 8
_ADDRESSES = {"A", "AAAA"}
# Which Regions are near one another, as far as their names tell.
_NEAR = (("eu", "il", "me", "af"), ("us", "ca", "mx", "sa"), ("ap",))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer."""

    target: str
    """The name or the value that the record leads to."""
    set_identifier: str | None
    region: str | None
    """The Region of the target; `None` where its name tells none."""
    ttl_seconds: int


def resolve(
    name: str,
    type: str = "A",  # noqa: A002 - DNS's own word
    *,
    resolver_region: str | None = None,
    chance: Callable[[], float] = random.random,
) -> Answer:
    """Answer a question from near a Region; raise `LookupError` where no record answers.

    `chance` decides between weights, and between values of many: a number from 0 up to 1.
    """
    return answer(name, type, health.statuses(), resolver_region, chance)


def answer(
    name: str,
    kind: str,
    healthy: Mapping[str, bool],
    resolver_region: str | None = None,
    chance: Callable[[], float] = random.random,
) -> Answer:
    """Answer a question as `resolve` does, with what is known of the checks."""
    bare = name.rstrip(".").lower()
    identifier: str | None = None
    for _ in range(_MOST_STEPS):
        records = _records(bare, kind)
        if not records:
            message = f"no record of the type {kind} answers for {bare}"
            raise LookupError(message)
        chosen = _choose(records, healthy, resolver_region, chance)
        identifier = chosen.set_identifier or identifier
        if chosen.alias_target:
            target, ttl = chosen.alias_target["DNSName"].rstrip(".").lower(), ALIAS_SECONDS
        else:
            # The gap of records and moto keep them as a list of texts.
            values = list(chosen.records)
            target, ttl = values[int(chance() * len(values))], int(chosen.ttl)
        if kind not in _ADDRESSES or places.region_of(target) or not _is_name(chosen, target):
            return Answer(target, identifier, places.region_of(target), ttl)
        if not _records(target, kind):
            return Answer(target, identifier, None, ttl)
        bare = target
    message = f"{name} leads round in a circle"
    raise LookupError(message)


def _is_name(record: Any, target: str) -> bool:  # noqa: ANN401 - moto's own type
    return bool(record.alias_target) or record.type == "CNAME" or not target.replace(".", "").isdecimal()


def _records(name: str, kind: str) -> list[Any]:
    """Return the records that answer for a name: its own, or those of the wildcard above it; or an alias by CNAME."""
    from moto.route53.models import route53_backends  # noqa: PLC0415 - moto loads only when something is deployed

    zones = [each for each in route53_backends[ACCOUNT][PARTITION].zones.values() if not each.private_zone]
    fitting = [each for each in zones if name == _bare(each.name) or name.endswith(f".{_bare(each.name)}")]
    if not fitting:
        return []
    zone = max(fitting, key=lambda each: len(each.name))
    kinds = {kind, "CNAME"} if kind in _ADDRESSES else {kind}
    by_name: dict[str, list[Any]] = {}
    for each in zone.rrsets:
        if each.type in kinds:
            by_name.setdefault(_bare(each.name), []).append(each)
    labels = name.split(".")
    wildcards = [f"*.{'.'.join(labels[place:])}" for place in range(1, len(labels))]
    return next((by_name[each] for each in (name, *wildcards) if each in by_name), [])


def _bare(name: str) -> str:
    return name.rstrip(".").lower().replace("\\052", "*")


def _choose(
    records: Sequence[Any], healthy: Mapping[str, bool], resolver_region: str | None, chance: Callable[[], float]
) -> Any:  # noqa: ANN401 - moto's own type
    """Return the record that answers; where none is healthy, Route 53 takes all for healthy."""
    well = [each for each in records if _is_healthy(each, healthy)]
    first = records[0]
    if first.failover:
        # Without a healthy one it is the primary.
        order = sorted(well or records, key=lambda each: each.failover != "PRIMARY")
        return order[0]
    if first.weight is not None:
        return _weighted(records, well, chance)
    if first.region:
        return _nearest(well or records, resolver_region)
    if first.multi_value_answer:
        among = well or list(records)
        return among[int(chance() * len(among))]
    if first.geo_location:
        return next((each for each in well or records if each.geo_location.get("CountryCode") == "*"), first)
    return first


def _weighted(records: Sequence[Any], well: Sequence[Any], chance: Callable[[], float]) -> Any:  # noqa: ANN401 - moto's own type
    """Return one by its weight; one of weight 0 answers only when no other is healthy."""
    among = [each for each in well if int(each.weight) > 0] or list(well)
    among = among or [each for each in records if int(each.weight) > 0] or list(records)
    left = chance() * sum(int(each.weight) for each in among)
    for each in among:
        left -= int(each.weight)
        if left < 0:
            return each
    return among[int(chance() * len(among))]


def _nearest(records: Sequence[Any], resolver_region: str | None) -> Any:  # noqa: ANN401 - moto's own type
    """Return the record of the nearest Region: the same, the same continent, or one that is near it."""

    def distance(record: Any) -> int:  # noqa: ANN401 - moto's own type
        if resolver_region is None or record.region == resolver_region:
            return 0
        one, other = record.region.split("-")[0], resolver_region.split("-")[0]
        if one == other:
            return 1
        return 2 if any(one in near and other in near for near in _NEAR) else 3

    return min(records, key=distance)


def _is_healthy(record: Any, healthy: Mapping[str, bool]) -> bool:  # noqa: ANN401 - moto's own type
    check = record.health_check_id
    if check and not healthy.get(check, False):
        return False
    alias = record.alias_target
    if alias and str(alias.get("EvaluateTargetHealth", False)).lower() == "true":
        return _target_is_healthy(alias["DNSName"].rstrip(".").lower(), record.type, healthy)
    return True


def _target_is_healthy(target: str, kind: str, healthy: Mapping[str, bool]) -> bool:
    """Tell whether what an alias leads to is healthy: records by theirs, a load balancer by its targets.

    The health of an API cannot be evaluated, and it counts as healthy.
    """
    region = places.region_of(target)
    if region is None:
        return any(_is_healthy(each, healthy) for each in _records(target, kind))
    if ".execute-api." in target:
        return True
    if regions.is_cut(region):
        return False
    return _has_healthy_targets(target)


def _has_healthy_targets(name: str) -> bool:
    """Tell whether a load balancer has a healthy target; one with empty target groups is unhealthy."""
    from pulumi_aws_sandbox.runtime import beanstalk  # noqa: PLC0415 - needs what this package offers

    environment = places.environment_at(name)
    if environment is None:
        return False
    return any(each.state == "healthy" for each in beanstalk.health(environment.id).instances)
