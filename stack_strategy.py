"""Reads what a stack file says of recovery, and where that clashes with the rest of the file."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.dr_pair import RecoveryStrategy, needs
from pulumi_aws_mobile.errors import Problem, Problems
from stack_recovery import Recovery, reserved, situation_options


def read_recovery(read: Mapping[str, Any], region: str | None, found: Problems) -> Recovery | None:
    """Return the recovery object if it is whole, and note where it clashes with the rest of the file."""
    asked = read.get("recovery", {})
    if not asked or "region" not in asked:
        return None
    if asked["region"] == region:
        found.add("recovery.region", asked["region"], "another Region than aws:region", "choose a second Region")
    strategy = _strategy(read, found)
    if strategy is None:
        return None
    takeovers = asked.get("takeovers", 0)
    recovery = Recovery(
        strategy=strategy,
        region=asked["region"],
        takeovers=takeovers,
        successor=asked.get("successor", takeovers % 2 == 0),
        restored_arn=asked.get("restored", {}).get("arn"),
        asked=asked,
        situation=situation_options(read),
    )
    _check_database_beside(read.get("database", {}), found)
    _check_strategy_options(recovery, found)
    _check_servers_there(recovery, read.get("backend", {}), found)
    return recovery


def _strategy(read: Mapping[str, Any], found: Problems) -> RecoveryStrategy | None:
    """Return the strategy that the file names, or the cheapest that does what it needs."""
    asked = read["recovery"]
    problems = Problems()
    given = {name: asked[name] for name in ("strategy", "need", "mode", "guards", "traffic") if name in asked}
    given["situation"] = situation_options(read)
    situation = needs.situation_of(given, problems)
    strategy = needs.strategy_for(given, situation, problems)
    for problem in problems:
        where = f"recovery.{problem.path}"
        if not found.touches(where):
            found.extend([Problem(where, problem.got, problem.allowed, problem.fix)])
    return strategy


def _check_database_beside(database: Mapping[str, Any], found: Problems) -> None:
    """Refuse what the strategy itself says of the database."""
    if "cross_region_backups" in database:
        fix = "remove it, or remove recovery"
        found.add("database.cross_region_backups", database["cross_region_backups"], "nothing beside recovery", fix)
    if "guarded" in database:
        found.add("database.guarded", database["guarded"], "nothing beside recovery", "remove it")
    for key in filter(reserved, database.get("replicas", {})):
        allowed = "any key but primary, recovery and home, which name the databases that follow each other"
        found.add(f"database.replicas.{key}", key, allowed, "choose another key")


def _check_strategy_options(recovery: Recovery, found: Problems) -> None:
    """Refuse options that say nothing under the strategy, and ask for those that it needs."""
    asked, replicated = recovery.asked, recovery.stance.replicated
    if not replicated and "instance_class" in asked:
        allowed = "nothing with backup_restore, which has no replica"
        found.add("recovery.instance_class", asked["instance_class"], allowed, "remove it, or choose pilot_light")
    if "restored" in asked and (replicated or recovery.takeovers == 0):
        allowed = "nothing but with backup_restore after a takeover"
        found.extend([Problem("recovery.restored", "a database", allowed, "remove it, or set takeovers")])
    if not replicated and recovery.takeovers and "restored" not in asked:
        fix = "copy its arn, host and security_group_id from the failover's report"
        found.add("recovery.restored", None, "the database that the failover restored", fix)
    if replicated and not recovery.takeovers and not recovery.successor:
        allowed = "true before the first takeover: nothing stands ready to take over otherwise"
        found.add("recovery.successor", False, allowed, "remove it, or choose backup_restore")  # noqa: FBT003 - the value that is shown
    if "traffic" in asked and not recovery.stance.full_size:
        fix = "remove it, or choose multi_site"
        found.extend([Problem("recovery.traffic", "a policy", "nothing but with multi_site", fix)])


def _check_servers_there(recovery: Recovery, backend: Mapping[str, Any], found: Problems) -> None:
    """Ask for the certificates of the recovery Region, and refuse those that nothing uses."""
    certificate = recovery.asked.get("servers", {}).get("certificate_arn")
    speaks_https = "https" in backend.get("web_tier", {})
    if speaks_https and certificate is None:
        allowed = f"the ARN of a certificate in {recovery.region} for backend.web_tier.https.host_name"
        found.add("recovery.servers.certificate_arn", None, allowed, "give it: certificates are regional")
    if certificate is not None and not speaks_https:
        fix = "remove it, or say backend.web_tier.https"
        found.add("recovery.servers.certificate_arn", certificate, "nothing where servers speak HTTP", fix)
