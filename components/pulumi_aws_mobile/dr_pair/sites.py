"""What stands in each Region, as settings: pure, defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.ha_database.choices import DatabaseEngine
from pulumi_aws_mobile.ha_database.engines import ENGINES, major_of

from .choices import RecoveryStrategy

_WAITING = frozenset({RecoveryStrategy.BACKUP_RESTORE, RecoveryStrategy.PILOT_LIGHT})
_RETENTION_DAYS = 14


@dataclass(frozen=True, slots=True)
class Database:
    """One database instance."""

    identifier: pulumi.Input[str]
    arn: pulumi.Input[str]
    vpc_id: pulumi.Input[str]
    security_group_ids: Sequence[pulumi.Input[str]]
    port: int | None
    lag_watched: bool


@dataclass(frozen=True, slots=True)
class Restore:
    """The database that is restored from copied backups."""

    instance_class: str
    family: str
    """The family of its parameter group."""
    parameters: Mapping[str, str]
    multi_az: bool
    retention_days: int


@dataclass(frozen=True, slots=True)
class WebTier:
    """One Elastic Beanstalk environment."""

    application_name: pulumi.Input[str]
    environment_name: pulumi.Input[str]
    environment_id: pulumi.Input[str] | None
    min: int
    max: int
    standby_min: int
    standby_max: int
    role_arns: Sequence[pulumi.Input[str]]
    """The roles that whoever starts its instances passes on."""


@dataclass(frozen=True, slots=True)
class Network:
    """One VPC."""

    vpc_id: pulumi.Input[str]
    cidr: str | None
    subnet_ids: pulumi.Input[list[pulumi.Input[str]]] | None
    public_subnet_ids: pulumi.Input[list[pulumi.Input[str]]] | None
    application_route_table_ids: Mapping[str, pulumi.Input[str]]
    data_route_table_ids: Mapping[str, pulumi.Input[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the domain's record leads: to a name of AWS's with its zone, or to a host with a TTL."""

    name: pulumi.Input[str]
    zone_id: pulumi.Input[str] | None
    """`None` for a host that is not AWS's."""
    evaluate_health: bool


@dataclass(frozen=True, slots=True)
class Site:
    """What stands in one Region."""

    region: str
    health_url: pulumi.Input[str]
    target: Target | None
    database: Database | None
    backups_arn: pulumi.Input[str] | None
    restore: Restore | None
    kms_key_arn: pulumi.Input[str] | None
    web_tier: WebTier | None
    network: Network | None
    instance_security_group_id: pulumi.Input[str] | None


def resolve_site(given: Mapping[str, Any], strategy: RecoveryStrategy) -> Site:
    """Return the settings of a site whose options were found right."""
    return Site(
        region=given["region"],
        health_url=given["health_url"],
        target=_target(given),
        database=_database(given["database"]) if "database" in given else None,
        backups_arn=given.get("backups_arn"),
        restore=_restore(given["restore"]) if "restore" in given else None,
        kms_key_arn=given.get("kms_key_arn"),
        web_tier=_web_tier(given["web_tier"], strategy) if "web_tier" in given else None,
        network=_network(given["network"]) if "network" in given else None,
        instance_security_group_id=given.get("instance_security_group_id"),
    )


def standby(web_tier: Mapping[str, Any], strategy: RecoveryStrategy) -> tuple[int, int]:
    """Return how many instances wait, at least and at most, by the options or what the strategy asks for."""
    if strategy is RecoveryStrategy.MULTI_SITE:
        return web_tier.get("standby_min", web_tier["min"]), web_tier.get("standby_max", web_tier["max"])
    least: int = web_tier.get("standby_min", 0 if strategy in _WAITING else 1)
    return least, web_tier.get("standby_max", least)


def _target(given: Mapping[str, Any]) -> Target | None:
    evaluate = given.get("evaluate_target_health", False)
    if "target_host" in given:
        return Target(given["target_host"], None, evaluate)
    if "api_domain_name" in given and "api_domain_zone_id" in given:
        return Target(given["api_domain_name"], given["api_domain_zone_id"], evaluate)
    return None


def _database(given: Mapping[str, Any]) -> Database:
    return Database(
        identifier=given["identifier"],
        arn=given["arn"],
        vpc_id=given["vpc_id"],
        security_group_ids=tuple(given["security_group_ids"]),
        port=given.get("port"),
        lag_watched=given.get("lag_watched", False),
    )


def _restore(given: Mapping[str, Any]) -> Restore:
    engine = ENGINES[given.get("engine", DatabaseEngine.MYSQL)]
    major = major_of(engine, given.get("engine_version", engine.default_version))
    assert major is not None  # noqa: S101 - an unknown one was a problem
    return Restore(
        instance_class=given["instance_class"],
        family=major.family,
        parameters={**given.get("parameters", {}), engine.tls_parameter: "1"},
        multi_az=given.get("multi_az", True),
        retention_days=given.get("retention_days", _RETENTION_DAYS),
    )


def _web_tier(given: Mapping[str, Any], strategy: RecoveryStrategy) -> WebTier:
    least, most = standby(given, strategy)
    roles = (given[option] for option in ("instance_role_arn", "service_role_arn") if option in given)
    return WebTier(
        application_name=given["application_name"],
        environment_name=given["environment_name"],
        environment_id=given.get("environment_id"),
        min=given["min"],
        max=given["max"],
        standby_min=least,
        standby_max=most,
        role_arns=tuple(roles),
    )


def _network(given: Mapping[str, Any]) -> Network:
    return Network(
        vpc_id=given["vpc_id"],
        cidr=given.get("cidr"),
        subnet_ids=given.get("subnet_ids"),
        public_subnet_ids=given.get("public_subnet_ids"),
        application_route_table_ids=given.get("application_route_table_ids", {}),
        data_route_table_ids=given.get("data_route_table_ids", {}),
    )
