"""Joins the components of a stack: databases to their networks, servers to networks and databases, Region to Region.

Each joint comes twice: with what was made, and with stand-ins, by which a stack file is checked before anything is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.mobile_backend import MobileBackend
from pulumi_aws_mobile.network import Network, NetworkArgs
from stack_recovery import PRIMARY, RECOVERY, Recovery, key_of, site_of

_HOST = "RDS_HOSTNAME"
_PROPERTIES = (_HOST, "RDS_PORT", "RDS_DB_NAME", "RDS_USERNAME")
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


def join_web_tier(
    backend: Mapping[str, Any],
    network: Network,
    asked: NetworkArgs,
    database: HAdatabase,
    recovery: Recovery | None,
) -> Any:  # noqa: ANN401 - as above
    """Return the backend's arguments, its web tier in the network that was made and joined to the database."""
    place = _place_servers(network, asked)
    host = database.endpoint if recovery is None else host_of(database, recovery, writer_for(recovery, PRIMARY))
    password = database.web_tier_secrets.apply(lambda all_: all_[_SECRET])
    reached = {"security_group_id": database.security_group_id, "port": database.port}
    return _join(backend, place, reached, _properties(database, host), password, database.kms_key_arn)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the servers of the recovery Region stand on, as it was made."""

    network: Network
    asked: NetworkArgs
    other_cidr: str
    """The primary Region's network, in which a writer may be that these servers use."""
    database: HAdatabase
    backend: MobileBackend


def join_recovery_site(options: Mapping[str, Any], recovery: Recovery, ground: Ground) -> Any:  # noqa: ANN401 - as above
    """Return the recovery site's arguments: for the backend's users, in the network there, with the database there."""
    database, backend = ground.database, ground.backend
    there = recovery.region
    place = _place_servers(ground.network, ground.asked)
    host = host_of(database, recovery, writer_for(recovery, RECOVERY))
    password = pulumi.Output.concat(_at(database.secret_arns, there), ":password")
    reached: dict[str, Any] = {"port": database.port}
    if recovery.stance.replicated:
        reached["security_group_id"] = _at(database.security_group_ids, there)
    else:
        # What a failover restores gets its security group then.
        reached["cidr"] = ground.asked["cidr"]
    if recovery.stance.full_size:
        reached["cidr"] = ground.other_cidr
    joined = _join(options, place, reached, _properties(database, host), password, _at(database.kms_key_arns, there))
    arns = pulumi.Output.all(backend.signed_in_role_arn, backend.group_role_arns)
    users = {
        "user_pool_id": backend.user_pool_id,
        "user_pool_arn": backend.user_pool_arn,
        "identity_pool_id": backend.identity_pool_id,
        "role_arns": arns.apply(lambda known: [known[0], *known[1].values()]),
    }
    assert backend.token_exchange is not None  # noqa: S101 - a site stands beside a core API only
    keys = backend.token_exchange.key_arns
    copies = {key: _at(keys, key) for key in joined["token_exchange"].get("keys", ["first"])}
    if backend.data_sync is not None:
        joined["data_sync"] = {**joined["data_sync"], "replica_of": backend.data_sync.replica}
    return {**joined, **users, "token_exchange": {**joined["token_exchange"], "replica_of": copies}}


def writer_for(recovery: Recovery, site: str) -> int:
    """Return the place in the line of the database that a site's servers are joined to.

    The site that writes has the writer. The other one has the database that would take over; where both answer, the
    writer in the other Region; where there is none yet, the last that it had.
    """
    if site == recovery.active_site:
        return recovery.takeovers
    if recovery.stance.full_size and site == RECOVERY:
        return recovery.takeovers
    if recovery.successor and (recovery.stance.replicated or recovery.takeovers > 0):
        return recovery.takeovers + 1
    return recovery.takeovers - 1 if recovery.takeovers else 0


def host_of(database: HAdatabase, recovery: Recovery, place: int) -> pulumi.Output[str]:
    """Return the host name of the database at a place in the line."""
    if place == 0:
        return database.endpoint
    if site_of(place) == RECOVERY and not recovery.stance.replicated:
        return pulumi.Output.from_input(recovery.asked["restored"]["host"])
    return _at(database.reader_endpoints, key_of(place))


def _at(values: pulumi.Output[dict[str, str]], key: str) -> pulumi.Output[str]:
    return values.apply(lambda known: known[key])


def _properties(database: HAdatabase, host: pulumi.Output[str]) -> dict[str, pulumi.Output[str]]:
    told = database.web_tier_environment
    return {**{key: told.apply(lambda all_, key=key: str(all_[key])) for key in _PROPERTIES}, _HOST: host}


def _place_servers(network: Network, asked: NetworkArgs) -> dict[str, Any]:
    return {
        "vpc_id": network.vpc_id,
        "instance_subnet_ids": network.application_subnet_ids,
        "load_balancer_subnet_ids": network.application_subnet_ids,
        **_zones(asked),
    }


def join_stand_ins(backend: Mapping[str, Any], asked: NetworkArgs) -> Any:  # noqa: ANN401 - as above
    """Return the backend's arguments, its web tier joined to a network and a database that are still to be made."""
    return _join(
        backend, _servers_to_be(asked), {"security_group_id": _GROUP}, dict.fromkeys(_PROPERTIES, "text"), _ARN, _KEY
    )


def join_site_stand_ins(options: Mapping[str, Any], asked: NetworkArgs, recovery: Recovery) -> Any:  # noqa: ANN401 - as above
    """Return the recovery site's arguments, joined to what is still to be made."""
    joined = join_stand_ins(options, asked)
    if "data_sync" in joined:
        table = f"arn:aws:dynamodb:{recovery.region}:123456789012:table/to-be-made"
        replica = {
            "table_name": "to-be-made",
            "table_arn": table,
            "stream_arn": f"{table}/stream/2020-01-01T00:00:00.000",
            "kms_key_arn": f"arn:aws:kms:{recovery.region}:123456789012:key/00000000-0000-0000-0000-000000000000",
        }
        joined["data_sync"] = {**joined["data_sync"], "replica_of": replica}
    return {
        **joined,
        "user_pool_id": "to-be-made_000000000",
        "user_pool_arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_000000000",
        "identity_pool_id": "eu-west-1:00000000-0000-0000-0000-000000000000",
        "role_arns": ["arn:aws:iam::123456789012:role/to-be-made"],
        "region": recovery.region,
    }


def _servers_to_be(asked: NetworkArgs) -> dict[str, Any]:
    subnets = _subnets(asked)
    return {"vpc_id": _VPC, "instance_subnet_ids": subnets, "load_balancer_subnet_ids": subnets, **_zones(asked)}


_VPC = "vpc-00000000000000000"
_GROUP = "sg-00000000000000000"
_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:to-be-made-000000:password"
_KEY = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000000"


def _subnets(asked: Mapping[str, Any]) -> list[str]:
    return [f"subnet-{place:017d}" for place, _ in enumerate(asked.get("zones", "abc"))]


def _zones(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"zones": asked["zones"]} if "zones" in asked else {}


def _place(database: Mapping[str, Any], networks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Put the database and its replicas in another Region into their sites' networks."""
    placed = {**database, "network": networks[PRIMARY]}
    away = [key for key in database.get("replicas", {}) if key.partition("-")[0] == RECOVERY]
    if away and RECOVERY in networks:
        # The replicas of one Region share what the first of them says.
        replica = {**database["replicas"][away[0]], "network": networks[RECOVERY]}
        placed["replicas"] = {**database["replicas"], away[0]: replica}
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
