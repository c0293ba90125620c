"""Joins both Regions of a stack in a `DRPair`: which database, servers and names stand on each side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.ha_database.choices import DatabaseEngine
from pulumi_aws_mobile.ha_database.engines import ENGINES
from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.network import Network, NetworkArgs
from pulumi_aws_mobile.recovery_site import RecoverySite
from pulumi_aws_mobile.web_tier import WebTier
from stack_recovery import PRIMARY, RECOVERY, Recovery, instances_of, key_of, standby_of
from stack_wiring import writer_for

_ORDINALS = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Sites:
    """What was made in both Regions."""

    networks: Mapping[str, Network]
    database: HAdatabase
    backend: MobileBackend
    site: RecoverySite


def join_pair(
    recovery: Recovery,
    backend_options: Mapping[str, Any],
    database_options: Mapping[str, Any],
    asked: Mapping[str, NetworkArgs],
    made: Sites,
) -> Any:  # noqa: ANN401 - the component's args, put together from a checked file
    """Return the pair's arguments."""
    passed = {name: recovery.asked[name] for name in ("mode", "guards", "traffic", "protect") if name in recovery.asked}
    return {
        "strategy": recovery.strategy.value,
        "situation": recovery.situation,
        **passed,
        **_domain(backend_options),
        "takeovers": recovery.takeovers,
        "primary": _primary(recovery, backend_options, database_options, asked, made),
        "recovery": _recovery(recovery, backend_options, database_options, asked, made),
        "identity": {
            "user_pool_id": made.backend.user_pool_id,
            "tier": backend_options.get("identity", {}).get("tier", "essentials"),
            "replica": recovery.asked.get("user_pool_replica", False),
        },
        "tags": dict(backend_options.get("tags", {})),
    }


def _domain(backend_options: Mapping[str, Any]) -> dict[str, Any]:
    domain = backend_options["api"].get("domain")
    return {} if domain is None else {"domain": {name: domain[name] for name in ("name", "hosted_zone_id")}}


def _primary(
    recovery: Recovery,
    backend_options: Mapping[str, Any],
    database_options: Mapping[str, Any],
    asked: Mapping[str, NetworkArgs],
    made: Sites,
) -> dict[str, Any]:
    assert made.backend.api is not None  # noqa: S101 - a pair joins what has an API
    assert made.backend.web_tier is not None  # noqa: S101 - as above
    full = instances_of(backend_options["web_tier"])
    region = str(asked[PRIMARY]["region"])
    return {
        **_answering(region, made.backend.api, backend_options),
        "database": _database(recovery, PRIMARY, region, _port(database_options), made),
        "web_tier": {**_servers(made.backend.web_tier), "min": full["min"], "max": full["max"]},
        "network": _network(made.networks[PRIMARY], asked[PRIMARY]),
        "kms_key_arn": made.database.kms_key_arn,
        "instance_security_group_id": made.backend.web_tier.instance_security_group_id,
    }


def _recovery(
    recovery: Recovery,
    backend_options: Mapping[str, Any],
    database_options: Mapping[str, Any],
    asked: Mapping[str, NetworkArgs],
    made: Sites,
) -> dict[str, Any]:
    assert made.site.web_tier is not None  # noqa: S101 - a pair joins what has servers
    full = instances_of(backend_options["web_tier"])
    standby = standby_of(recovery, backend_options["web_tier"])
    size = {"min": full["min"], "max": full["max"], "standby_min": standby["min"], "standby_max": standby["max"]}
    there = {
        **_answering(recovery.region, made.site.api, backend_options),
        "web_tier": {**_servers(made.site.web_tier), **size},
        "network": _network(made.networks[RECOVERY], asked[RECOVERY]),
        "kms_key_arn": _at(made.database.kms_key_arns, recovery.region),
        "instance_security_group_id": made.site.web_tier.instance_security_group_id,
    }
    port = _port(database_options)
    if recovery.stance.replicated:
        return {**there, "database": _database(recovery, RECOVERY, recovery.region, port, made)}
    return {
        **there,
        **_restored(recovery, port, made),
        "backups_arn": _at(made.database.backup_arns, recovery.region),
        "restore": _restore(database_options),
    }


def _answering(region: str, api: Api, backend_options: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a Region's API answers, by AWS's own name and behind the domain."""
    told: dict[str, Any] = {"region": region, "health_url": pulumi.Output.concat(api.endpoint_url, "/health")}
    if "domain" in backend_options["api"]:
        told |= {"api_domain_name": api.domain_target_name, "api_domain_zone_id": api.domain_target_zone_id}
    return told


def _servers(web_tier: WebTier) -> dict[str, Any]:
    return {
        "application_name": web_tier.application_name,
        "environment_name": web_tier.live_environment_name,
        "environment_id": web_tier.live_environment_id,
        "instance_role_arn": web_tier.instance_role_arn,
        "service_role_arn": web_tier.service_role_arn,
    }


def _network(network: Network, asked: NetworkArgs) -> dict[str, Any]:
    zones = list(asked.get("zones", _ORDINALS))
    tables = {"application_route_table_ids": network.application_route_table_ids}
    return {
        "vpc_id": network.vpc_id,
        "cidr": asked["cidr"],
        "subnet_ids": network.data_subnet_ids,
        "public_subnet_ids": network.public_subnet_ids,
        **{name: {zone: _nth(ids, place) for place, zone in enumerate(zones)} for name, ids in tables.items()},
        "data_route_table_ids": {"all": _nth(network.data_route_table_ids, 0)},
    }


def _database(recovery: Recovery, site: str, region: str, port: int, made: Sites) -> dict[str, Any]:
    """Return the database of a site: the writer, or the one that would take over."""
    database, place = made.database, writer_for(recovery, site)
    if place % 2 != (site == RECOVERY):
        # Servers there have the other Region's writer; the site's own database is the next in the line.
        place = recovery.takeovers + 1
    key = key_of(place)
    first = place == 0
    return {
        "identifier": database.identifier if first else _at(database.replica_identifiers, key),
        "arn": database.arn if first else _at(database.replica_arns, key),
        "vpc_id": made.networks[site].vpc_id,
        "security_group_ids": [_at(database.security_group_ids, region)],
        "port": port,
        "lag_watched": True,
    }


def _port(database_options: Mapping[str, Any]) -> int:
    engine = DatabaseEngine(database_options.get("engine", DatabaseEngine.MYSQL))
    return int(database_options.get("port", ENGINES[engine].port))


def _restored(recovery: Recovery, port: int, made: Sites) -> dict[str, Any]:
    """Return the database that the last failover restored, while it writes."""
    restored = recovery.asked.get("restored")
    if restored is None or recovery.active_site != RECOVERY:
        return {}
    database = {
        "identifier": restored["arn"].rpartition(":")[2],
        "arn": restored["arn"],
        "vpc_id": made.networks[RECOVERY].vpc_id,
        "security_group_ids": [restored["security_group_id"]],
        "port": port,
    }
    return {"database": database}


def _restore(database_options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a database restored from the copies is: what the lost one was."""
    known = ("instance_class", "engine", "engine_version", "parameters")
    restore = {name: database_options[name] for name in known if name in database_options}
    retention = database_options.get("backups", {}).get("retention_days")
    return {"instance_class": "db.t4g.medium", **restore, **({"retention_days": retention} if retention else {})}


def _nth(ids: pulumi.Output[list[str]], place: int) -> pulumi.Output[str]:
    return ids.apply(lambda known: known[place])


def _at(values: pulumi.Output[dict[str, str]], key: str) -> pulumi.Output[str]:
    return values.apply(lambda known: known[key])
