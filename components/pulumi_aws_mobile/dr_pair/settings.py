"""Decides what a pair is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, is_typeddict

import pulumi

from pulumi_aws_mobile.args_reader import fields, read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.function.settings import LONGEST_NAME as LONGEST_FUNCTION_NAME

from . import rules, strategy_rules, traffic_rules
from .args import DRPairArgs
from .choices import FailoverMode, RecoveryStrategy, TrafficPolicy
from .limits import LIMITS
from .model import Situation
from .needs import situation_of, strategy_for
from .sites import Site, resolve_site

RECOVERY_FUNCTION = "recovery"
PROBER = "prober"
LONGEST_NAME = LONGEST_FUNCTION_NAME - len(f"-{RECOVERY_FUNCTION}")

_NAME = r"[a-z](-?[a-z0-9])*"
_EQUAL_WEIGHT = 50


@dataclass(frozen=True, slots=True)
class Guards:
    """What holds a failover back."""

    datapoints: int
    confirmations: int
    cooldown_minutes: int
    approval_minutes: int
    lag_seconds: int
    failover_without_fence: bool


@dataclass(frozen=True, slots=True)
class Traffic:
    """How the records of the domain answer."""

    policy: TrafficPolicy | None
    """`None` where one Region answers and the other when it takes over."""
    weights: Mapping[str, int]
    """By site."""
    ttl_seconds: int


@dataclass(frozen=True, slots=True)
class Domain:
    """The name that clients call."""

    name: str
    hosted_zone_id: pulumi.Input[str]


@dataclass(frozen=True, slots=True)
class DRPairSettings:
    """What a pair is made of."""

    strategy: RecoveryStrategy
    situation: Situation
    mode: FailoverMode
    guards: Guards
    traffic: Traffic
    domain: Domain | None
    primary: Site
    recovery: Site
    replicated_user_pool_id: pulumi.Input[str] | None
    tables: Mapping[str, pulumi.Input[str]]
    tables_kms_key_arn: pulumi.Input[str] | None
    takeovers: int
    alarm_topic_arn: pulumi.Input[str] | None
    alarm_topic_kms_key_arn: pulumi.Input[str] | None
    protect: bool
    tags: Mapping[str, pulumi.Input[str]]

    @property
    def restores(self) -> bool:
        """Whether a failover restores the database."""
        return self.strategy in strategy_rules.RESTORES

    @property
    def opens_way_out(self) -> bool:
        """Whether a failover makes the way to the internet."""
        return self.strategy in strategy_rules.OPENS_WAY_OUT

    @property
    def both_answer(self) -> bool:
        """Whether clients are sent to both Regions."""
        return self.strategy in strategy_rules.BOTH_ANSWER

    @property
    def empty_on_destroy(self) -> bool:
        """Whether destroying the bucket deletes the template in it, which the program writes anyway."""
        return not self.protect


def resolve(name: str, args: DRPairArgs) -> DRPairSettings:
    """Return the settings of the pair `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    read_args(DRPairArgs, args, LIMITS, problems)
    given = _readable(DRPairArgs, args)
    _check_name(name, problems)
    for rule in (
        rules.check_regions,
        rules.check_sites,
        rules.check_arns,
        rules.check_mode,
        rules.check_identity,
        rules.check_topic,
    ):
        rule(given, problems)
    situation = situation_of(given, problems)
    strategy = strategy_for(given, situation, problems)
    if strategy is not None:
        for check in (
            strategy_rules.check_databases,
            strategy_rules.check_networks,
            strategy_rules.check_standby,
            traffic_rules.check_traffic,
        ):
            check(given, strategy, problems)
    problems.raise_for(f'DRPair "{name}"')
    assert strategy is not None  # noqa: S101 - without one there was a problem
    assert situation is not None  # noqa: S101 - without one there was a problem
    identity = given.get("identity", {})
    return DRPairSettings(
        strategy=strategy,
        situation=situation,
        mode=given.get("mode", FailoverMode.APPROVAL),
        guards=_guards(given.get("guards", {})),
        traffic=_traffic(given.get("traffic", {}), strategy),
        domain=Domain(**given["domain"]) if "domain" in given else None,
        primary=resolve_site(given["primary"], strategy),
        recovery=resolve_site(given["recovery"], strategy),
        replicated_user_pool_id=identity["user_pool_id"] if identity.get("replica", False) else None,
        tables=given.get("tables", {}),
        tables_kms_key_arn=given.get("tables_kms_key_arn"),
        takeovers=given.get("takeovers", 0),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        alarm_topic_kms_key_arn=given.get("alarm_topic_kms_key_arn"),
        protect=given.get("protect", True),
        tags=given.get("tags", {}),
    )


def _readable(args_type: type, args: object) -> dict[str, Any]:
    """Return the options that fit, also of objects in which others do not, so that the rules can look at them."""
    given = read_args(args_type, args, LIMITS, Problems())
    for name, field in fields(args_type).items():
        inner = args.get(name) if isinstance(args, Mapping) else None
        if name not in given and is_typeddict(field.shape) and isinstance(inner, Mapping):
            given[name] = _readable(field.shape, inner)
    return given


def _check_name(name: str, problems: Problems) -> None:
    """Note a name that the stack and the database of a failover, which are named after the pair, cannot have."""
    if len(name) > LONGEST_NAME or not re.fullmatch(_NAME, name):
        allowed = f"1 to {LONGEST_NAME} lower-case letters, digits and single hyphens, a letter first"
        problems.add("name", name, allowed, "rename the component: what a failover creates is named after it")


def _guards(given: Mapping[str, Any]) -> Guards:
    return Guards(
        datapoints=given.get("datapoints", Situation().datapoints),
        confirmations=given.get("confirmations", 1),
        cooldown_minutes=given.get("cooldown_minutes", 60),
        approval_minutes=given.get("approval_minutes", 60),
        lag_seconds=given.get("lag_seconds", 300),
        failover_without_fence=given.get("failover_without_fence", True),
    )


def _traffic(given: Mapping[str, Any], strategy: RecoveryStrategy) -> Traffic:
    policy = given.get("policy", TrafficPolicy.LATENCY) if strategy in strategy_rules.BOTH_ANSWER else None
    weights = given.get("weights", {})
    return Traffic(
        policy=policy,
        weights={site: weights.get(site, _EQUAL_WEIGHT) for site in ("primary", "recovery")},
        ttl_seconds=given.get("ttl_seconds", 60),
    )
