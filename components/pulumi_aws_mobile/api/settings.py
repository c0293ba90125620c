"""Decides what an API is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problems
from pulumi_aws_mobile.statements import check_statements

from . import rules
from .args import ApiArgs, ExecutionLogs, QuotaPeriod
from .contributions import Feature, Surroundings, merge_models, read_contribution
from .cors import Cors
from .grants import Grant, grants
from .integrations import LONGEST_SECONDS
from .limits import LIMITS
from .routes import Route, check_routes

__all__ = ["LIMITS", "ApiSettings", "resolve"]

LONGEST_NAME = 47
"""What is left of the 64 characters of a role's name besides `-log-role` and what makes it unique."""
_RATE, _BURST = 1000.0, 2000
_RETENTION_DAYS = 400


@dataclass(frozen=True, slots=True)
class PrivateLink:
    """The way to a web tier that nobody else reaches."""

    load_balancer_arn: pulumi.Input[str]
    subnet_ids: pulumi.Input[list[pulumi.Input[str]]]
    security_group_ids: pulumi.Input[list[pulumi.Input[str]]]


@dataclass(frozen=True, slots=True)
class CoreApiOrigin:
    """What answers the routes of the core API."""

    url: pulumi.Input[str]
    link: PrivateLink | None
    """`None` for an origin on the internet."""
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class Client:
    """One client's usage plan."""

    requests_per_second: float | None
    burst: int | None
    quota_requests: int | None
    quota_period: QuotaPeriod


@dataclass(frozen=True, slots=True)
class Firewall:
    """The web ACL before the stage."""

    requests_per_five_minutes: int
    managed_rules: bool
    count_only: bool
    log_retention_days: int


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of one's own."""

    name: str
    hosted_zone_id: pulumi.Input[str]
    certificate_arn: pulumi.Input[str] | None
    only: bool
    records: bool


@dataclass(frozen=True, slots=True)
class Alarms:
    """Who is told, and of what."""

    topic_arn: pulumi.Input[str]
    server_errors_percent: float
    latency_milliseconds: int


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """Everything about an API that is decided before anything is registered."""

    features: Mapping[str, Feature]
    """By key, in the order of the keys."""
    models: Mapping[str, Any]
    grants: Mapping[str, Grant]
    """By caller."""
    core_api: CoreApiOrigin | None
    stage_name: str
    cors: Cors | None
    requests_per_second: float
    burst: int
    clients: Mapping[str, Client]
    require_client_keys: bool
    firewall: Firewall | None
    binary_media_types: tuple[str, ...]
    log_retention_days: int
    execution_logs: ExecutionLogs
    account_log_role: bool
    tracing: bool
    domain: Domain | None
    alarms: Alarms | None
    region: str | None
    tags: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)

    @property
    def routes(self) -> tuple[Route, ...]:
        """All routes, in the order of the features' keys."""
        return tuple(route for feature in self.features.values() for route in feature.routes)


def resolve(name: str, args: ApiArgs) -> ApiSettings:
    """Return the settings of the API `name`; raise an `ArgsError` with every problem of `args` and its documents."""
    problems = Problems()
    plain, inline = _split(args)
    given = read_args(ApiArgs, plain, LIMITS, problems)
    _check_name(name, problems)
    rules.check(given, problems)
    features = _features(given, inline, problems)
    routes = [route for feature in features.values() for route in feature.routes]
    check_routes(routes, problems)
    rules.check_functions(features, problems)
    models = merge_models(features, problems)
    stage_name = given.get("stage_name", "live")
    granted = {} if problems else grants(routes, stage_name, problems)
    problems.raise_for(f'Api "{name}"')
    throttle = given.get("throttle", {})
    return ApiSettings(
        features=features,
        models=models,
        grants=granted,
        core_api=_core_api(given.get("core_api")),
        stage_name=stage_name,
        cors=_cors(given.get("cors")),
        requests_per_second=throttle.get("requests_per_second", _RATE),
        burst=throttle.get("burst", _BURST),
        clients={key: _client(client) for key, client in sorted(given.get("clients", {}).items())},
        require_client_keys=given.get("require_client_keys", False),
        firewall=_firewall(given.get("firewall")),
        binary_media_types=tuple(sorted(given.get("binary_media_types", ()))),
        log_retention_days=given.get("log_retention_days", _RETENTION_DAYS),
        execution_logs=given.get("execution_logs", ExecutionLogs.OFF),
        account_log_role=given.get("account_log_role", True),
        tracing=given.get("tracing", True),
        domain=_domain(given.get("domain")),
        alarms=_alarms(given.get("alarms")),
        region=given.get("region"),
        tags=given.get("tags", {}),
    )


def _split(args: object) -> tuple[Any, dict[str, Any]]:
    """Return the options without the documents, and the documents: those hold what they like."""
    if not isinstance(args, Mapping) or not isinstance(args.get("contributions"), Mapping):
        return args, {}
    inline: dict[str, Any] = {}
    plain: dict[str, Any] = {}
    for key, contribution in args["contributions"].items():
        plain[key] = contribution
        if isinstance(contribution, Mapping) and contribution.get("document") is not None:
            inline[str(key)] = contribution["document"]
            plain[key] = {option: value for option, value in contribution.items() if option != "document"}
    return {**args, "contributions": plain}, inline


def _check_name(name: str, problems: Problems) -> None:
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        allowed = f"1 to {LONGEST_NAME} letters, digits, hyphens and underscores"
        problems.add("name", name, allowed, "rename the component: its resources are named after it")


def _features(given: Mapping[str, Any], inline: Mapping[str, Any], problems: Problems) -> dict[str, Feature]:
    """Return what the contributions come to, those with problems as far as they could be read."""
    contributions: Mapping[str, Any] = given.get("contributions", {})
    if not contributions and not problems.touches("contributions"):
        problems.add("contributions", {}, "one contribution or more", "give one: an API without routes answers nothing")
    groups = tuple(given["groups"]) if "groups" in given else None
    around = Surroundings("core_api" in given or problems.touches("core_api"), groups)
    features = {}
    for key, contribution in sorted(contributions.items()):
        if not problems.touches(f"contributions.{key}.statements"):
            check_statements(contribution.get("statements", ()), f"contributions.{key}.statements", problems)
        features[key] = read_contribution(key, contribution, inline.get(key), around, problems)
    return features


def _core_api(given: Mapping[str, Any] | None) -> CoreApiOrigin | None:
    if given is None:
        return None
    link = PrivateLink(**{name: given[name] for name in rules.LINK}) if rules.LINK[0] in given else None
    return CoreApiOrigin(given["url"], link, given.get("timeout_seconds", LONGEST_SECONDS))


def _cors(given: Mapping[str, Any] | None) -> Cors | None:
    if given is None:
        return None
    return Cors(tuple(given["origins"]), tuple(given.get("headers", ())), given.get("max_age_seconds", 7200))


def _client(given: Mapping[str, Any]) -> Client:
    rate = given.get("requests_per_second")
    burst = given.get("burst", None if rate is None else max(1, round(2 * rate)))
    return Client(rate, burst, given.get("quota_requests"), given.get("quota_period", QuotaPeriod.MONTH))


def _firewall(given: Mapping[str, Any] | None) -> Firewall | None:
    if given is None:
        return None
    return Firewall(
        requests_per_five_minutes=given.get("requests_per_five_minutes", 5000),
        managed_rules=given.get("managed_rules", True),
        count_only=given.get("count_only", False),
        log_retention_days=given.get("log_retention_days", _RETENTION_DAYS),
    )


def _domain(given: Mapping[str, Any] | None) -> Domain | None:
    if given is None:
        return None
    return Domain(
        name=given["name"],
        hosted_zone_id=given["hosted_zone_id"],
        certificate_arn=given.get("certificate_arn"),
        only=given.get("only", False),
        records=given.get("records", True),
    )


def _alarms(given: Mapping[str, Any] | None) -> Alarms | None:
    if given is None:
        return None
    return Alarms(given["topic_arn"], given.get("server_errors_percent", 1.0), given.get("latency_milliseconds", 3000))
