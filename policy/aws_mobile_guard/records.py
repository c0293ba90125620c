"""What rules about the records of Route 53 have in common."""

import re
from collections.abc import Sequence
from contextlib import suppress

from aws_mobile_guard.aws_types import BEANSTALK_ENVIRONMENT, HTTP_DOMAIN_NAME, LOAD_BALANCERS, RECORD, REST_DOMAIN_NAME
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Unknown, WrongTypeError

FRONTS = (BEANSTALK_ENVIRONMENT, *LOAD_BALANCERS, REST_DOMAIN_NAME, HTTP_DOMAIN_NAME)
"""What a record may lead to that lives in a Region."""

_HOST = re.compile(
    r"\.(?:execute-api\.([a-z0-9-]+)|([a-z0-9-]+)\.elb|elb\.([a-z0-9-]+)|([a-z0-9-]+)\.elasticbeanstalk)"
    r"\.(?:amazonaws\.)?com\.?$"
)


def failover_groups(stack: Stack) -> Sequence[list[Resource]]:
    """Return the failover records, those of one name, type and hosted zone together."""
    groups: dict[tuple[object, ...], list[Resource]] = {}
    for record in stack.of((RECORD,)):
        if record.has("failoverRoutingPolicies"):
            groups.setdefault(_key(record), []).append(record)
    return list(groups.values())


def failover_role(record: Resource) -> str | Unknown | None:
    """Return PRIMARY or SECONDARY."""
    policies = record.items("failoverRoutingPolicies")
    if policies is UNKNOWN or not policies or policies[0] is UNKNOWN:
        return UNKNOWN
    return policies[0].text("type")


def target_regions(stack: Stack, record: Resource) -> set[str | Unknown]:
    """Return the Regions that a record leads to, as its hosts or what they belong to tell."""
    found: set[str | Unknown] = set()
    hosts = [*_hosts(record)]
    for host in hosts:
        named = None if host is UNKNOWN else _HOST.search(host)
        if named is not None:
            found.add(next(group for group in named.groups() if group))
    if UNKNOWN in hosts:
        for name in ("aliases", "records"):
            fronts = stack.links(record, name, FRONTS).resources
            found |= {front.place for front in fronts}
        if not found:
            found.add(UNKNOWN)
    return found


def _hosts(record: Resource) -> Sequence[str | Unknown]:
    """Return the names that a record leads to."""
    aliases, texts = record.items("aliases"), record.texts("records")
    if aliases is UNKNOWN or texts is UNKNOWN:
        return (UNKNOWN,)
    names = [UNKNOWN if alias is UNKNOWN else alias.text("name") for alias in aliases or ()]
    return [name for name in (*names, *(texts or ())) if name is not None]


def _key(record: Resource) -> tuple[object, ...]:
    """Return what records of one pair have in common; an unknown name or zone counts by where it comes from."""
    parts: list[object] = []
    for name in ("name", "type", "zoneId"):
        value: object = UNKNOWN
        with suppress(WrongTypeError):
            value = record.text(name)
        if isinstance(value, str):
            value = value.rstrip(".").lower()
        parts.append(tuple(record.sources(name)) if value is UNKNOWN else value)
    return tuple(parts)
