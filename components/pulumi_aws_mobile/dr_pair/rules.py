"""What the options of a pair must say together, whatever the strategy; each rule notes every problem it finds."""

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.ha_database.replica_settings import check_user_key
from pulumi_aws_mobile.identity.pool.args import UserPoolTier

from . import regions
from .choices import FailoverMode

_FEWEST_DATAPOINTS = 2
_SITES = ("primary", "recovery")
_PRIMARY_HAS_NO = ("backups_arn", "restore")
_PRIMARY_TIER_HAS_NO = ("standby_min", "standby_max")

Given = Mapping[str, Any]


def check_regions(given: Given, problems: Problems) -> None:
    """Note two Regions that are one or that nothing is copied between, and a Region without a service."""
    primary, recovery = (_inner(given, site).get("region") for site in _SITES)
    if primary is None or recovery is None:
        return
    if primary == recovery:
        allowed = f"a Region other than {primary}, which is lost as a whole"
        problems.add("recovery.region", recovery, allowed, "name another Region")
    elif regions.partition_of(primary) != regions.partition_of(recovery):
        allowed = f"a Region of {primary}'s partition, {regions.partition_of(primary)}"
        problems.add("recovery.region", recovery, allowed, "name another Region: AWS copies nothing between partitions")
    for site, region, service in _services(given, primary, recovery):
        if regions.lacks(region, service):
            allowed = f"a Region that has {service}"
            problems.add(f"{site}.region", region, allowed, f"name another Region, or go without {service} there")


def check_arns(given: Given, problems: Problems) -> None:
    """Note what is of another Region than the one it is for, as far as it is known."""
    for path, named, region in _places(given):
        if not isinstance(named, str) or region is None or problems.touches(path):
            continue
        found = named.partition("_")[0] if path.endswith("user_pool_id") else named.split(":")[3]
        if found != region:
            problems.add(path, named, f"one in {region}", "give the one of that Region; this one is lost with its own")
    for site in _SITES:
        database = _inner(_inner(given, site), "database")
        identifier, arn = database.get("identifier"), database.get("arn")
        if isinstance(identifier, str) and isinstance(arn, str) and not arn.endswith(f":{identifier}"):
            path = f"{site}.database.arn"
            problems.add(path, arn, f"the ARN of {identifier}, as identifier says", "give both of the same database")


def check_sites(given: Given, problems: Problems) -> None:
    """Note options that only the other site takes, sizes that are none, and names that nothing can be called."""
    primary = _inner(given, "primary")
    for option in _PRIMARY_HAS_NO:
        if option in primary:
            allowed = "nothing: only the recovery Region restores"
            problems.extend([Problem(f"primary.{option}", "a value", allowed, f"move it to recovery.{option}")])
    for option in _PRIMARY_TIER_HAS_NO:
        if option in _inner(primary, "web_tier"):
            path, allowed = f"primary.web_tier.{option}", "nothing: the primary Region does not wait"
            problems.add(path, primary["web_tier"][option], allowed, f"move it to recovery.web_tier.{option}")
    for site in _SITES:
        _check_site(_inner(given, site), site, problems)
    for key in _inner(given, "tables"):
        check_user_key(f"tables.{key}", key, problems)


def check_mode(given: Given, problems: Problems) -> None:
    """Note an automatic failover that a single silent minute starts."""
    datapoints = _inner(given, "guards").get("datapoints")
    automatic = given.get("mode") is FailoverMode.AUTOMATIC
    if automatic and datapoints is not None and datapoints < _FEWEST_DATAPOINTS:
        allowed = f"{_FEWEST_DATAPOINTS} to 60 minutes in automatic mode"
        fix = "raise it, or let a person decide with the mode approval"
        problems.add("guards.datapoints", datapoints, allowed, fix)


def check_identity(given: Given, problems: Problems) -> None:
    """Note a replica of a user pool whose plan has none."""
    identity = _inner(given, "identity")
    if identity.get("replica") and identity.get("tier") is UserPoolTier.LITE:
        fix = "choose essentials or plus for the user pool, or do without a replica"
        problems.add("identity.replica", True, "false, with the plan lite", fix)  # noqa: FBT003 - the value that was got


def check_topic(given: Given, problems: Problems) -> None:
    """Note the key of a topic that is not there."""
    if "alarm_topic_kms_key_arn" in given and "alarm_topic_arn" not in given:
        allowed, fix = "nothing, without alarm_topic_arn", "give the topic too, or leave both out"
        problems.extend([Problem("alarm_topic_kms_key_arn", "a key", allowed, fix)])


def _services(given: Given, primary: str, recovery: str) -> Iterator[tuple[str, str, str]]:
    """Yield each service that is used in a site: the site, its Region and the service."""
    for site, region in zip(_SITES, (primary, recovery), strict=True):
        if "web_tier" in _inner(given, site):
            yield site, region, regions.BEANSTALK
        if _inner(given, "identity").get("replica"):
            yield site, region, regions.USER_POOL_REPLICAS


def _places(given: Given) -> Iterator[tuple[str, Any, str | None]]:
    """Yield what belongs to a Region: its path, what was given, and the Region."""
    for site in _SITES:
        its = _inner(given, site)
        region = its.get("region")
        for option in ("backups_arn", "kms_key_arn"):
            yield f"{site}.{option}", its.get(option), region
        yield f"{site}.database.arn", _inner(its, "database").get("arn"), region
    primary, recovery = (_inner(given, site).get("region") for site in _SITES)
    for key, arn in _inner(given, "tables").items():
        yield f"tables.{key}", arn, primary
    yield "identity.user_pool_id", _inner(given, "identity").get("user_pool_id"), primary
    for option in ("tables_kms_key_arn", "alarm_topic_arn", "alarm_topic_kms_key_arn"):
        yield option, given.get(option), recovery


def _check_site(site: Given, path: str, problems: Problems) -> None:
    """Note a site's sizes, names and addresses that are none."""
    tier, network = _inner(site, "web_tier"), _inner(site, "network")
    least, most = tier.get("min"), tier.get("max")
    if least is not None and most is not None and least > most:
        fix = "lower it, or raise max"
        problems.add(f"{path}.web_tier.min", least, f"1 to {most} instances, which is max", fix)
    if _inner(site, "database").get("security_group_ids") == []:
        fix = "name those that the database has"
        problems.add(f"{path}.database.security_group_ids", [], "one security group or more", fix)
    for option in ("application_route_table_ids", "data_route_table_ids"):
        for key in _inner(network, option):
            check_user_key(f"{path}.network.{option}.{key}", key, problems)
    cidr = network.get("cidr")
    if cidr is not None and network_of(cidr) is None:
        fix = "write the first address of the VPC"
        problems.add(f"{path}.network.cidr", cidr, "IPv4 addresses, for example 10.0.0.0/16", fix)


def network_of(cidr: str) -> ipaddress.IPv4Network | None:
    """Return the addresses that `cidr` names; none if it names none."""
    try:
        return ipaddress.IPv4Network(cidr)
    except ValueError:
        return None


def _inner(given: Given, option: str) -> Given:
    """Return an object among the options, empty if it is not there."""
    inner = given.get(option, {})
    return inner if isinstance(inner, Mapping) else {}
