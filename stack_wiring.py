"""Joins the components of a stack: the database to its networks, the web tier to its network and the database.

Each joint comes twice: with what was made, and with stand-ins, by which a stack file is checked before anything is.
"""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.network import Network, NetworkArgs

PRIMARY = "primary"
RECOVERY = "recovery"

_PROPERTIES = ("RDS_HOSTNAME", "RDS_PORT", "RDS_DB_NAME", "RDS_USERNAME")
_SECRET = "RDS_PASSWORD"  # noqa: S105 - a property's name
DATABASE_PROPERTIES = frozenset({*_PROPERTIES, _SECRET})
"""The web tier's environment properties that the database fills in."""


def place_database(
    database: Mapping[str, Any], networks: Mapping[str, Network], asked: Mapping[str, NetworkArgs]
) -> Any:  # noqa: ANN401 - the component's args, put together from a checked file
    """Return the database's arguments, placed in the networks that were made."""
    placed = {
        site: {"vpc_id": made.vpc_id, "subnet_ids": made.data_subnet_ids, **_zones(asked[site])}
        for site, made in networks.items()
    }
    return _place(database, placed)


def place_stand_ins(database: Mapping[str, Any], asked: Mapping[str, NetworkArgs]) -> Any:  # noqa: ANN401 - as above
    """Return the database's arguments, placed in networks that are still to be made."""
    placed = {site: {"vpc_id": _VPC, "subnet_ids": _subnets(args), **_zones(args)} for site, args in asked.items()}
    return _place(database, placed)


def join_web_tier(backend: Mapping[str, Any], network: Network, asked: NetworkArgs, database: HAdatabase) -> Any:  # noqa: ANN401 - as above
    """Return the backend's arguments, its web tier in the network that was made and joined to the database."""
    environment, secrets = database.web_tier_environment, database.web_tier_secrets
    place = {
        "vpc_id": network.vpc_id,
        "instance_subnet_ids": network.application_subnet_ids,
        "load_balancer_subnet_ids": network.application_subnet_ids,
        **_zones(asked),
    }
    return _join(
        backend,
        place,
        {"security_group_id": database.security_group_id, "port": database.port},
        {key: environment.apply(lambda all_, key=key: str(all_[key])) for key in _PROPERTIES},
        secrets.apply(lambda all_: all_[_SECRET]),
        database.kms_key_arn,
    )


def alarmed(backend: Mapping[str, Any], topic_arn: Any) -> Any:  # noqa: ANN401 - as above
    """Return the backend's arguments, the alarms of its core API on a topic where they have none of their own."""
    if not {"api", "token_exchange", "web_tier"} & backend.keys():
        return backend
    told = {"alarm_topic_arn": topic_arn}
    api = {"alarms": {"topic_arn": topic_arn}, **backend["api"]} if "api" in backend else None
    web_tier = {**told, **backend["web_tier"]} if "web_tier" in backend else None
    parts = {"api": api, "web_tier": web_tier, "token_exchange": {**told, **backend.get("token_exchange", {})}}
    return {**backend, **{name: part for name, part in parts.items() if part is not None}}


def join_stand_ins(backend: Mapping[str, Any], asked: NetworkArgs) -> Any:  # noqa: ANN401 - as above
    """Return the backend's arguments, its web tier joined to a network and a database that are still to be made."""
    subnets = _subnets(asked)
    place = {"vpc_id": _VPC, "instance_subnet_ids": subnets, "load_balancer_subnet_ids": subnets, **_zones(asked)}
    return _join(backend, place, {"security_group_id": _GROUP}, dict.fromkeys(_PROPERTIES, "text"), _ARN, _KEY)


_VPC = "vpc-00000000000000000"
_GROUP = "sg-00000000000000000"
_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:to-be-made-000000:password"
_KEY = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000000"


def _subnets(asked: Mapping[str, Any]) -> list[str]:
    return [f"subnet-{place:017d}" for place, _ in enumerate(asked.get("zones", "abc"))]


def _zones(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"zones": asked["zones"]} if "zones" in asked else {}


def _place(database: Mapping[str, Any], networks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Put the database and its recovery replica into their sites' networks."""
    placed = {**database, "network": networks[PRIMARY]}
    if RECOVERY in networks:
        replica = {**database["replicas"][RECOVERY], "network": networks[RECOVERY]}
        placed["replicas"] = {**database["replicas"], RECOVERY: replica}
    return placed


def _join(  # noqa: PLR0913, PLR0917 - what a web tier is joined to
    backend: Mapping[str, Any],
    network: Mapping[str, Any],
    database: Mapping[str, Any],
    properties: Mapping[str, Any],
    password: Any,  # noqa: ANN401 - a text or an output
    key_arn: Any,  # noqa: ANN401 - as above
) -> dict[str, Any]:
    """Tell the web tier, if there is one, where it stands and how it reaches the database."""
    if "web_tier" not in backend:
        return dict(backend)
    own = backend["web_tier"]
    joined = {
        **own,
        "network": network,
        "database": database,
        "environment": {**own.get("environment", {}), **properties},
        "secrets": {**own.get("secrets", {}), _SECRET: password},
        "secret_kms_key_arns": [key_arn],
    }
    return {**backend, "web_tier": joined}
