"""Decides which parts a backend has and what each is told: every problem found, nothing registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.analytics import settings as analytics_settings
from pulumi_aws_mobile.analytics.args import AnalyticsArgs, AnalyticsIngest
from pulumi_aws_mobile.api import settings as api_settings
from pulumi_aws_mobile.args_reader import read_args, with_stand_ins
from pulumi_aws_mobile.data_sync import settings as data_settings
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.identity import settings as identity_settings
from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.limits import REGION, TOPIC_ARN, Limits, OneOf
from pulumi_aws_mobile.observability import settings as observability_settings
from pulumi_aws_mobile.observability.args import ObservabilityArgs
from pulumi_aws_mobile.push import settings as push_settings
from pulumi_aws_mobile.token_exchange import settings as exchange_settings
from pulumi_aws_mobile.user_files import settings as files_settings
from pulumi_aws_mobile.user_files.args import UserFilesArgs
from pulumi_aws_mobile.web_tier import settings as web_settings

from .args import MobileBackendArgs
from .core_api import DATA, EXCHANGE, CoreSettings, resolve_core
from .core_api import STAND_INS as CORE_STAND_INS
from .features import ANALYTICS, CORE_API, FEATURES, OBJECTS, PUSH, USER_DATA, USER_FILES, check_features, features_of
from .parts import as_args, check, mapping, part_of

LIMITS: Limits = {
    **identity_settings.LIMITS,
    **files_settings.LIMITS,
    **api_settings.LIMITS,
    **exchange_settings.LIMITS,
    **web_settings.LIMITS,
    **data_settings.LIMITS,
    **push_settings.LIMITS,
    **analytics_settings.LIMITS,
    **observability_settings.LIMITS,
    MobileBackendArgs: {"region": REGION, "features": OneOf(FEATURES), "alarm_topic_arn": TOPIC_ARN},
}
WATCH = "observability"
STAND_INS: Mapping[str, Mapping[str, object]] = {
    **CORE_STAND_INS,
    WATCH: {
        "regions": {
            "eu-west-1": {
                "topic_arn": "arn:aws:sns:eu-west-1:123456789012:to-be-made",
                "api": {"name": "to-be-made", "stage": "live"},
            }
        }
    },
}
"""What stands for required options of parts while the rest is checked."""

_OWN_PARTS = "nothing: the backend joins its own parts"
_ROLES = frozenset({"signed_in_role_name", "group_role_names", "guest_role_name"})
WIRED: Mapping[str, frozenset[str]] = {
    "identity": frozenset({"region"}),
    "user_files": frozenset({"region"}) | _ROLES,
    "api": frozenset({"region", "groups"}),
    EXCHANGE: frozenset({"region", "user_pool_id", "user_pool_arn", "identity_pool_id"}),
    "web_tier": frozenset({"region"}),
    DATA: frozenset({"region", "replica_of"}),
    PUSH: frozenset({"region", "sync_topic_arn"}),
    ANALYTICS: frozenset({"region"}) | _ROLES,
    WATCH: frozenset({"region", "regions"}),
}
"""The options of each object that the backend fills in, so that its caller may not."""


@dataclass(frozen=True, slots=True)
class MobileBackendSettings:
    """Everything about a backend that is decided before anything is registered."""

    identity: IdentityArgs
    user_files: UserFilesArgs | None
    """`None` without the feature; the names of roles come when the roles are there."""
    guests_read_public: bool
    groups: tuple[str, ...]
    """The groups whose members have a role of their own, by their keys."""
    core: CoreSettings | None = None
    """`None` without the feature core_api."""
    analytics: AnalyticsArgs | None = None
    """`None` without the feature; the names of roles come when the roles are there."""
    guests_send_events: bool = False
    observability: ObservabilityArgs | None = None
    """`None` unless asked for; what is watched comes when it is there."""


def resolve(name: str, args: MobileBackendArgs) -> MobileBackendSettings:
    """Return the settings of the backend `name`; raise an `ArgsError` with every problem of `args` and its parts."""
    problems = Problems()
    objects = _objects(args)
    wired = Problems()
    _refuse_wired(objects, wired)
    rest = {**args, **objects} if isinstance(args, Mapping) else args
    given = read_args(MobileBackendArgs, with_stand_ins(rest, STAND_INS), LIMITS, problems)
    features = given.get("features", features_of(objects))
    check_features(given.get("features"), objects, problems)
    problems.extend(wired)
    common = {name: given.get(name, {} if name == "tags" else None) for name in ("region", "tags", "alarm_topic_arn")}
    identity = part_of(objects, "identity", common)
    check(identity_settings.resolve, f"{name}-identity", identity, "identity", problems)
    files = part_of(objects, "user_files", common) if USER_FILES in features else None
    groups = tuple(sorted(mapping(identity.get("groups"))))
    if files is not None:
        _check_federation(identity, USER_FILES, problems)
        _check_guests(identity, "user_files.guests_read_public", files, problems)
        placed = {**files, **_placeholders(groups, guests=files.get("guests_read_public") is True)}
        check(files_settings.resolve, f"{name}-files", placed, "user_files", problems)
    core = None
    if CORE_API in features:
        spoken = {part: {} for feature, part in ((USER_DATA, DATA), (PUSH, PUSH)) if feature in features}
        core = resolve_core(name, {**spoken, **objects}, common, groups, problems)
        _check_federation(identity, CORE_API, problems)
        for part in (DATA, PUSH):
            _check_guests(identity, f"{part}.guests", mapping(objects.get(part)), problems)
    analytics = part_of(objects, ANALYTICS, common) if ANALYTICS in features else None
    guests_send = analytics is not None and _let_guests_send(identity, analytics)
    if analytics is not None:
        _check_federation(identity, ANALYTICS, problems)
        placed = {**analytics, **_placeholders(groups, guests=guests_send)}
        check(analytics_settings.resolve, f"{name}-analytics", placed, ANALYTICS, problems)
    watch = _watch(f"{name}-watch", objects, given, common, problems)
    problems.raise_for(f'MobileBackend "{name}"')
    return MobileBackendSettings(
        identity=as_args(identity),
        user_files=None if files is None else as_args(files),
        guests_read_public=bool(files and files.get("guests_read_public")),
        groups=groups,
        core=core,
        analytics=None if analytics is None else as_args(analytics),
        guests_send_events=guests_send,
        observability=watch,
    )


def _objects(args: object) -> dict[str, dict[str, Any]]:
    """Return the objects as they were given, also those with problems: their other problems are told too."""
    whole = mapping(args)
    return {name: dict(whole[name]) for name in OBJECTS if isinstance(whole.get(name), Mapping)}


def _refuse_wired(objects: dict[str, dict[str, Any]], problems: Problems) -> None:
    """Refuse the options that the backend fills in, and take them away."""
    for name, options in objects.items():
        for option in sorted(WIRED[name] & options.keys()):
            del options[option]
            if option == "region":
                problems.extend([Problem(f"{name}.region", "a Region", "nothing", "move it to region, for every part")])
            elif option in _ROLES:
                allowed = "nothing: the backend names its own roles"
                problems.extend([Problem(f"{name}.{option}", "a role", allowed, "remove it")])
            else:
                problems.extend([Problem(f"{name}.{option}", "an option", _OWN_PARTS, "remove it")])


def _check_federation(identity: Mapping[str, Any], feature: str, problems: Problems) -> None:
    """Refuse a feature for users who get no AWS credentials."""
    where = "identity.federation.enabled"
    if mapping(identity.get("federation")).get("enabled") is False and not problems.touches(where):
        allowed = f"true beside {feature}, which users reach by AWS credentials"
        fix = f"remove it, or take {feature} out of features"
        problems.add(where, False, allowed, fix)  # noqa: FBT003 - the value that is shown


def _check_guests(identity: Mapping[str, Any], path: str, given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse an option that is for guests where they are not let in."""
    option = path.rpartition(".")[2]
    federation = mapping(identity.get("federation"))
    if federation.get("enabled") is not False and given.get(option) is True and federation.get("guests") is not True:
        fix = "remove it, or set identity.federation.guests: true"
        problems.add(path, True, "false without guests", fix)  # noqa: FBT003 - the value that is shown


def _watch(
    name: str,
    objects: Mapping[str, Mapping[str, Any]],
    given: Mapping[str, Any],
    common: Mapping[str, Any],
    problems: Problems,
) -> ObservabilityArgs | None:
    """Return the arguments of what watches, checked with a stand-in for what is watched."""
    if WATCH not in objects:
        return None
    for option in ("region", "alarm_topic_arn"):
        if option not in given and not problems.touches(option):
            problems.add(option, None, f"something beside {WATCH}, which needs it", "give it")
    watch = part_of(objects, WATCH, common)
    check(observability_settings.resolve, name, {**watch, **STAND_INS[WATCH]}, WATCH, problems)
    return as_args(watch)


def _let_guests_send(identity: Mapping[str, Any], analytics: Mapping[str, Any]) -> bool:
    """Tell whether guests' events are taken: where there are guests, and Cognito lets them through."""
    guests = mapping(identity.get("federation")).get("guests") is True
    return guests and analytics.get("ingest") == AnalyticsIngest.FIREHOSE


def _placeholders(groups: tuple[str, ...], *, guests: bool) -> dict[str, Any]:
    """Return what stands for the roles while the options are checked."""
    roles: dict[str, Any] = {"signed_in_role_name": "role", "group_role_names": dict.fromkeys(groups, "role")}
    return roles | ({"guest_role_name": "role"} if guests else {})
