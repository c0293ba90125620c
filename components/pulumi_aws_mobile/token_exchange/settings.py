"""Decides what a token exchange is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems, closest
from pulumi_aws_mobile.function.settings import LONGEST_NAME as LONGEST_FUNCTION_NAME
from pulumi_aws_mobile.function.settings import check_name
from pulumi_aws_mobile.limits import REGION, TOPIC_ARN, Between, Limits, Matching

from .args import TokenExchangeArgs

FUNCTION_SUFFIX = "-exchange"
LONGEST_NAME = LONGEST_FUNCTION_NAME - len(FUNCTION_SUFFIX)
MOST_KEYS = 4
"""One that signs, one that is new, one that is old, and one to spare: each published key is a property in the
environment of every server that verifies, where all properties together have 4096 bytes."""
_FIRST_KEY = "first"
_AUDIENCE = "core-api"
_LIFETIME_SECONDS = 900
_URI = Matching(r"[A-Za-z0-9._:/=+@-]{1,255}", "1 to 255 letters, digits and . _ : / = + @ -")
"""What URIs and the values of Beanstalk's environment properties both may hold without an escape: verifiers compare
every character.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-softwaresettings.html"""

LIMITS: Limits = {
    TokenExchangeArgs: {
        "user_pool_id": Matching(
            r"[a-z]{2,4}(-[a-z]+)+-\d_[A-Za-z0-9]{1,45}", "the id of a user pool, for example eu-west-1_a1B2c3D4e"
        ),
        "user_pool_arn": Matching(
            r"arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool/[a-z0-9-]+_[A-Za-z0-9]+", "the ARN of a user pool"
        ),
        "identity_pool_id": Matching(r"[a-z]{2,4}(-[a-z]+)+-\d:[0-9a-f-]{36}", "the id of an identity pool"),
        "user_pool_region": REGION,
        "replica_of": Matching(
            r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/mrk-[A-Za-z0-9-]+",
            "the ARN of a multi-Region key, whose id begins with mrk-",
        ),
        "keys": Matching(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", "1 to 40 lower-case letters, digits and inner hyphens"),
        "issuer": _URI,
        "audience": _URI,
        "lifetime_seconds": Between(60, 3600, "seconds"),
        "alarm_topic_arn": TOPIC_ARN,
        "region": REGION,
    }
}


@dataclass(frozen=True, slots=True)
class TokenExchangeSettings:
    """What a token exchange is made of."""

    user_pool_id: pulumi.Input[str]
    user_pool_arn: pulumi.Input[str]
    identity_pool_id: pulumi.Input[str] | None
    user_pool_region: str | None
    """`None` for the user pool's own."""
    keys: tuple[str, ...]
    signs_with: str
    multi_region: bool
    replica_of: Mapping[str, pulumi.Input[str]]
    """By key; empty for keys of its own."""
    issuer: pulumi.Input[str] | None
    """`None` for one that is made of the user pool's id."""
    audience: pulumi.Input[str]
    lifetime_seconds: int
    alarm_topic_arn: pulumi.Input[str] | None
    protect: bool
    region: str | None
    tags: Mapping[str, pulumi.Input[str]]


def resolve(name: str, args: TokenExchangeArgs) -> TokenExchangeSettings:
    """Return the settings of the token exchange `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(TokenExchangeArgs, args, LIMITS, problems)
    replica_of: Mapping[str, pulumi.Input[str]] = given.get("replica_of", {})
    keys = given.get("keys", sorted(replica_of) or [_FIRST_KEY])
    check_name(name, LONGEST_NAME, problems)
    _check_pool(given, problems)
    _check_keys(keys, problems)
    if not problems.touches("keys"):
        _check_signs_with(given.get("signs_with"), keys, problems)
        _check_replicas(given, keys, problems)
    _check_issuer(given.get("issuer"), problems)
    problems.raise_for(f'TokenExchange "{name}"')
    return TokenExchangeSettings(
        user_pool_id=given["user_pool_id"],
        user_pool_arn=given["user_pool_arn"],
        identity_pool_id=given.get("identity_pool_id"),
        user_pool_region=given.get("user_pool_region"),
        keys=tuple(keys),
        signs_with=given.get("signs_with", keys[0]),
        multi_region=given.get("multi_region", False),
        replica_of=replica_of,
        issuer=given.get("issuer"),
        audience=given.get("audience", _AUDIENCE),
        lifetime_seconds=given.get("lifetime_seconds", _LIFETIME_SECONDS),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        protect=given.get("protect", True),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def _check_pool(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse an ARN of another user pool than the id's: users would be looked up where they are not."""
    pool, arn = given.get("user_pool_id"), given.get("user_pool_arn")
    if isinstance(pool, str) and isinstance(arn, str) and not arn.endswith(f"/{pool}"):
        problems.add("user_pool_arn", arn, f"the ARN of {pool}, as user_pool_id says", "give both of the same pool")


def _check_keys(keys: Sequence[str], problems: Problems) -> None:
    if not 1 <= len(keys) <= MOST_KEYS:
        fix = "remove keys that signed before and whose tokens have expired" if keys else "keep the key that signs"
        problems.add("keys", keys, f"1 to {MOST_KEYS} names", fix)
    for position, key in enumerate(keys):
        if key in keys[:position]:
            problems.add(f"keys[{position}]", key, "each name once", "remove it, or choose another name")


def _check_signs_with(signs_with: str | None, keys: Sequence[str], problems: Problems) -> None:
    """Refuse a key that is not there, and a choice among several that nobody made.

    The order of a list decides nothing: a key put in front would sign before those who verify have heard of it.
    """
    if signs_with is None:
        if len(keys) > 1:
            fix = "name the key that signed so far until every verifier knows the new one"
            problems.add("signs_with", None, " | ".join(keys), fix)
    elif signs_with not in keys:
        near = closest(signs_with, keys)
        fix = f'did you mean "{near}"?' if near else "name one of keys, or add it there"
        problems.add("signs_with", signs_with, " | ".join(keys), fix)


def _check_replicas(given: Mapping[str, Any], keys: Sequence[str], problems: Problems) -> None:
    """Refuse replicas of some of the keys only: tokens by the others would hold in one Region alone."""
    if "replica_of" not in given or problems.touches("replica_of"):
        return
    replica_of: Mapping[str, pulumi.Input[str]] = given["replica_of"]
    for key in keys:
        if key not in replica_of:
            allowed = "the ARN of the key that it is a replica of, as for the others"
            problems.add(f"replica_of.{key}", None, allowed, "give it, or remove the name from keys")
    for key, arn in replica_of.items():
        path = f"replica_of.{key}"
        if key not in keys:
            problems.add(path, key, " | ".join(keys), "remove it, or add the name to keys")
        elif isinstance(arn, str) and given.get("region") is not None and arn.split(":")[3] == given["region"]:
            allowed = "a key in another Region than the exchange"
            problems.add(path, arn, allowed, "remove replica_of, or move the exchange")
    if given.get("multi_region") is False:
        fix = "remove it: replicas of multi-Region keys are such keys"
        problems.add("multi_region", False, "nothing, with replica_of", fix)  # noqa: FBT003 - the value that is shown


def _check_issuer(issuer: pulumi.Input[str] | None, problems: Problems) -> None:
    """Refuse the issuer of a user pool: whoever trusts that takes the user pool's keys and tokens."""
    if isinstance(issuer, str) and re.match(r"(https://)?cognito-idp\.", issuer):
        problems.add("issuer", issuer, "an issuer of its own", "leave it out, or name the API that the tokens are for")
