"""Two Regions that somebody else made, and pairs of them under mocks."""

import functools
import json
from typing import Any

import pulumi
import pytest

from pulumi_aws_mobile.dr_pair import DRPair
from pulumi_aws_mobile.dr_pair.settings import resolve
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import PlainMocks, Recording, record

Args = dict[str, Any]

HOME = "eu-west-1"
AWAY = "eu-central-1"
ACCOUNT = "123456789012"
PAIR = "urn:pulumi:stack::project::aws-mobile:index:DRPair::pair"
STRATEGIES = ("backup_restore", "pilot_light", "warm_standby", "multi_site")
TOPIC = f"arn:aws:sns:{AWAY}:{ACCOUNT}:operations"
KEY = f"arn:aws:kms:{AWAY}:{ACCOUNT}:key/00000000-1111-2222-3333-444444444444"
BACKUPS = f"arn:aws:rds:{AWAY}:{ACCOUNT}:auto-backup:ab-0123456789abcdefghijklmnopq"
POOL = f"{HOME}_a1B2c3D4e"
ZONE = "Z0123456789ABC"

_LETTERS = {HOME: "a", AWAY: "c"}
_CIDRS = {HOME: "10.0.0.0/16", AWAY: "10.1.0.0/16"}
_API_ZONES = {HOME: "ZLY8HYME6SFDD", AWAY: "Z1U9ULNL0V5AJ3"}


def database(region: str) -> Args:
    """Return a database in a Region."""
    digit = _LETTERS[region]
    identifier = f"orders-{region}"
    return {
        "identifier": identifier,
        "arn": f"arn:aws:rds:{region}:{ACCOUNT}:db:{identifier}",
        "vpc_id": f"vpc-{digit * 8}",
        "security_group_ids": [f"sg-{digit * 8}"],
        "port": 3306,
    }


def network(region: str) -> Args:
    """Return a network in a Region."""
    digit = _LETTERS[region]
    return {
        "vpc_id": f"vpc-{digit * 8}",
        "cidr": _CIDRS[region],
        "subnet_ids": [f"subnet-{digit * 7}{number}" for number in (1, 2)],
        "public_subnet_ids": [f"subnet-{digit * 7}{number}" for number in (3, 4)],
        "application_route_table_ids": {f"{region}{zone}": f"rtb-{digit * 7}{zone}" for zone in "ab"},
        "data_route_table_ids": {"all": f"rtb-{digit * 7}d"},
    }


def web_tier(region: str) -> Args:
    """Return an environment in a Region."""
    return {
        "application_name": "orders",
        "environment_name": f"orders-{region}",
        "environment_id": f"e-{_LETTERS[region] * 10}",
        "min": 2,
        "max": 8,
        "instance_role_arn": f"arn:aws:iam::{ACCOUNT}:role/orders-instances-{region}",
        "service_role_arn": f"arn:aws:iam::{ACCOUNT}:role/orders-service-{region}",
    }


def site(region: str) -> Args:
    """Return what stands in a Region."""
    host = f"{_LETTERS[region] * 10}.execute-api.{region}.amazonaws.com"
    return {
        "region": region,
        "health_url": f"https://{host}/v1/health",
        "api_domain_name": f"d-{_LETTERS[region] * 10}.execute-api.{region}.amazonaws.com",
        "api_domain_zone_id": _API_ZONES[region],
        "database": database(region),
        "web_tier": web_tier(region),
        "network": network(region),
    }


def args_of(strategy: str) -> Args:
    """Return options of a pair by a strategy, with nothing that has a default."""
    recovery = {**site(AWAY), "kms_key_arn": KEY}
    if strategy == "backup_restore":
        del recovery["database"]
        recovery["backups_arn"] = BACKUPS
        recovery["restore"] = {"instance_class": "db.t4g.medium"}
        recovery["instance_security_group_id"] = "sg-cccccccd"
    return {
        "strategy": strategy,
        "primary": site(HOME),
        "recovery": recovery,
        "domain": {"name": "api.example.com", "hosted_zone_id": ZONE},
    }


def everything(strategy: str) -> Args:
    """Return options of a pair by a strategy, with all that can be asked for besides."""
    return {
        **args_of(strategy),
        "identity": {"user_pool_id": POOL, "replica": True},
        "tables": {"sync": f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/sync"},
        "tags": {"team": "core"},
    }


class Account(PlainMocks):
    """Gives what is made its names, as AWS does."""

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[Args, list[tuple[str, str]]]:
        return _CALLS[args.token], []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, Args]:
        id_, outputs = super().new_resource(args)
        if args.typ == "aws:route53/record:Record":
            outputs["fqdn"] = args.inputs.get("name")
        if args.typ == "aws:s3/bucket:Bucket":
            region = args.inputs.get("region")
            outputs["bucketRegionalDomainName"] = f"{args.name}-id.s3.{region}.amazonaws.com"
            outputs["arn"] = f"arn:aws:s3:::{args.name}-id"
        return id_, {"name": f"{args.name}-0a1b2c3", **outputs}


_CALLS: dict[str, Args] = {
    "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": ACCOUNT},
    "aws:index/getPartition:getPartition": {"partition": "aws"},
}


def build(args: Args, *, preview: bool = False, name: str = "pair") -> Recording:
    """Record a pair with these options."""
    return _build(json.dumps(args), preview=preview, name=name)


@functools.cache
def _build(text: str, *, preview: bool, name: str) -> Recording:
    """Record once what several tests look at."""
    args: Any = json.loads(text)
    return record(lambda: DRPair(name, args), mocks=Account(), preview=preview)


def plan_of(recording: Recording) -> Args:
    """Return what the recovery function is told."""
    return json.loads(recording.named("pair-recovery-function").inputs["environment"]["variables"]["PLAN"])


def problems_of(args: Any, name: str = "pair") -> list[str]:  # noqa: ANN401 - wrong options of any type
    """Return the lines with which a pair refuses these options; they must be wrong."""
    with pytest.raises(ArgsError) as refused:
        resolve(name, args)
    return [str(problem) for problem in refused.value.problems]


def changed(args: Args, path: str, value: object) -> Args:
    """Return the options with another value at a path such as `recovery.web_tier.min`; `None` takes it away."""
    first, _, rest = path.partition(".")
    if rest:
        return {**args, first: changed(args.get(first, {}), rest, value)}
    if value is None:
        return {option: found for option, found in args.items() if option != first}
    return {**args, first: value}
