"""What each strategy needs of both sites, and what contradicts it; each rule notes every problem it finds."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.ha_database.choices import DatabaseEngine
from pulumi_aws_mobile.ha_database.engines import ENGINES, major_of

from .choices import RecoveryStrategy
from .rules import network_of
from .sites import standby

RESTORES = frozenset({RecoveryStrategy.BACKUP_RESTORE})
"""The strategies whose failover restores the database."""
OPENS_WAY_OUT = frozenset({RecoveryStrategy.BACKUP_RESTORE, RecoveryStrategy.PILOT_LIGHT})
"""The strategies whose recovery Region has no way to the internet, and no servers, until a failover."""
BOTH_ANSWER = frozenset({RecoveryStrategy.MULTI_SITE})
"""The strategies in which clients are sent to both Regions."""

_FEWEST_SUBNETS = 2

Given = Mapping[str, Any]


def check_databases(given: Given, strategy: RecoveryStrategy, problems: Problems) -> None:
    """Note databases, backups and keys that the strategy needs, and those that it has no use for."""
    primary, recovery = given.get("primary", {}), given.get("recovery", {})
    _demand(primary, "primary", "database", "the writer, which a failover fences", strategy, problems)
    _demand(
        recovery, "recovery", "kms_key_arn", f"a KMS key in {recovery.get('region', 'that Region')}", strategy, problems
    )
    if strategy in RESTORES:
        if given.get("takeovers", 0) % 2 == 0:
            why = "the database is restored from recovery.backups_arn; give it with takeovers once a failover did that"
            _refuse(recovery, "database", why, strategy, problems)
        _demand(recovery, "recovery", "backups_arn", "the copied automated backups", strategy, problems)
        _demand(recovery, "recovery", "restore", "the database that is restored from them", strategy, problems)
        _demand(
            recovery,
            "recovery",
            "instance_security_group_id",
            "the servers' security group, which the restored database lets in",
            strategy,
            problems,
        )
        _check_restore(recovery.get("restore", {}), problems)
    else:
        _demand(recovery, "recovery", "database", "a replica in the recovery Region", strategy, problems)
        for option in ("backups_arn", "restore"):
            _refuse(recovery, option, "a replica takes over", strategy, problems)
    if strategy in RESTORES | BOTH_ANSWER and "database" in primary:
        _demand(primary["database"], "primary.database", "port", "the database's TCP port", strategy, problems)


def check_networks(given: Given, strategy: RecoveryStrategy, problems: Problems) -> None:
    """Note networks, subnets and route tables that the strategy needs, and addresses that both Regions have."""
    recovery = given.get("recovery", {})
    if strategy in OPENS_WAY_OUT:
        needed = ["public_subnet_ids", "application_route_table_ids"]
        needed += ["subnet_ids"] if strategy in RESTORES else []
        _demand_network(recovery, "recovery", needed, strategy, problems)
    if strategy in BOTH_ANSWER:
        for site in ("primary", "recovery"):
            needed = ["cidr", "application_route_table_ids", "data_route_table_ids"]
            _demand_network(given.get(site, {}), site, needed, strategy, problems)
        _check_overlap(given, problems)
    subnets = recovery.get("network", {}).get("subnet_ids")
    if strategy in RESTORES and isinstance(subnets, list) and len(subnets) < _FEWEST_SUBNETS:
        path = "recovery.network.subnet_ids"
        problems.add(path, subnets, "subnets in at least two zones", "add one in another zone")
    public = recovery.get("network", {}).get("public_subnet_ids")
    if strategy in OPENS_WAY_OUT and public == []:
        path = "recovery.network.public_subnet_ids"
        problems.add(path, [], "one subnet or more", "name one that the internet reaches")


def check_standby(given: Given, strategy: RecoveryStrategy, problems: Problems) -> None:
    """Note a standby of another size than the strategy's, and an empty one whose health decides."""
    recovery = given.get("recovery", {})
    tier = recovery.get("web_tier", {})
    if "min" not in tier or "max" not in tier or problems.touches("recovery.web_tier"):
        return
    least, most = standby(tier, strategy)
    path = "recovery.web_tier.standby_min"
    if least > most:
        problems.add(path, least, f"0 to {most} instances, which is standby_max", "lower it, or raise standby_max")
    elif strategy in OPENS_WAY_OUT and most > 0:
        option = "standby_min" if least else "standby_max"
        allowed = f"0 with {strategy.value}, whose servers have neither a database nor a way out before a failover"
        fix = "leave it out, or choose warm_standby"
        problems.add(f"recovery.web_tier.{option}", least or most, allowed, fix)
    elif strategy is RecoveryStrategy.WARM_STANDBY and least == 0:
        allowed = "1 instance or more with warm_standby, which serves at once"
        problems.add(path, least, allowed, "raise it, or choose pilot_light")
    elif strategy in BOTH_ANSWER and least < tier["min"]:
        allowed = f"{tier['min']} instances or more with multi_site, as min says: both Regions serve at full size"
        problems.add(path, least, allowed, "leave it out, or choose warm_standby")
    if recovery.get("evaluate_target_health") and least == 0:
        problems.add(
            "recovery.evaluate_target_health",
            True,  # noqa: FBT003 - the value that was got
            "false, where no instance runs: an empty target group is unhealthy, and clients would be sent nowhere",
            "leave it out",
        )


def _check_restore(restore: Given, problems: Problems) -> None:
    """Note a version without a known family, and connections without TLS."""
    engine = restore.get("engine", DatabaseEngine.MYSQL)
    facts, version = ENGINES[engine], restore.get("engine_version")
    if version is not None and major_of(facts, version) is None:
        known = " | ".join(major.version for major in facts.majors)
        problems.add("recovery.restore.engine_version", version, known, f"name the primary's version of {engine.value}")
    tls = restore.get("parameters", {}).get(facts.tls_parameter)
    if tls is not None and tls.lower() not in {"1", "on"}:
        path = f"recovery.restore.parameters.{facts.tls_parameter}"
        problems.add(path, tls, "1: every connection uses TLS", "remove it")


def _check_overlap(given: Given, problems: Problems) -> None:
    """Note addresses that both Regions have: a peering cannot tell whose they are."""
    cidrs = [given.get(site, {}).get("network", {}).get("cidr") for site in ("primary", "recovery")]
    networks = [network_of(cidr) if cidr else None for cidr in cidrs]
    first, second = networks
    if first is not None and second is not None and first.overlaps(second):
        allowed = f"addresses other than the primary Region's, {cidrs[0]}"
        problems.add("recovery.network.cidr", cidrs[1], allowed, "give one of the networks other addresses")


def _demand_network(site: Given, path: str, options: list[str], strategy: RecoveryStrategy, problems: Problems) -> None:
    if "network" not in site:
        _demand(site, path, "network", f"the VPC, with {', '.join(options)}", strategy, problems)
        return
    for option in options:
        _demand(site["network"], f"{path}.network", option, _NETWORK_WORDS[option], strategy, problems)
        if site["network"].get(option) == {}:
            fix = f"name them; {strategy.value} needs them"
            problems.add(f"{path}.network.{option}", {}, _NETWORK_WORDS[option], fix)


_NETWORK_WORDS = {
    "cidr": "the VPC's addresses",
    "subnet_ids": "subnets for the database",
    "public_subnet_ids": "subnets that the internet reaches",
    "application_route_table_ids": "the servers' route tables by name",
    "data_route_table_ids": "the databases' route tables by name",
}


def _demand(  # noqa: PLR0913, PLR0917 - where it is missing, what it is, and who says so
    options: Given, path: str, option: str, what: str, strategy: RecoveryStrategy, problems: Problems
) -> None:
    """Note an option that the strategy needs and that is not there, unless it was given and could not be read."""
    where = f"{path}.{option}"
    if option not in options and not problems.touches(where) and not is_unread(path, problems):
        problems.add(where, None, what, f"give it; {strategy.value} needs it")


def is_unread(path: str, problems: Problems) -> bool:
    """Tell whether the object at `path` as a whole could not be read."""
    return any(problem.path == path for problem in problems)


def _refuse(site: Given, option: str, why: str, strategy: RecoveryStrategy, problems: Problems) -> None:
    """Note an option that contradicts the strategy."""
    if option in site:
        fix = "remove it, or choose another strategy"
        problems.extend([Problem(f"recovery.{option}", "a value", f"nothing, with {strategy.value}: {why}", fix)])
