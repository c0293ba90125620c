"""Decides which parts a backend has and what each is told: every problem found, nothing registered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import ArgsError, Problem, Problems
from pulumi_aws_mobile.identity import settings as identity_settings
from pulumi_aws_mobile.identity.args import IdentityArgs
from pulumi_aws_mobile.limits import REGION, Limits, OneOf
from pulumi_aws_mobile.user_files import settings as files_settings
from pulumi_aws_mobile.user_files.args import UserFilesArgs

from .args import MobileBackendArgs

SIGN_IN, USER_FILES = "sign_in", "user_files"
FEATURES = (SIGN_IN, USER_FILES)
_OBJECTS = {"identity": SIGN_IN, "user_files": USER_FILES}
"""The feature that each object is about."""

LIMITS: Limits = {
    **identity_settings.LIMITS,
    **files_settings.LIMITS,
    MobileBackendArgs: {"region": REGION, "features": OneOf(FEATURES)},
}

_ROLES = frozenset({"signed_in_role_name", "group_role_names", "guest_role_name"})
WIRED: Mapping[str, frozenset[str]] = {
    "identity": frozenset({"region"}),
    "user_files": frozenset({"region"}) | _ROLES,
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


def resolve(name: str, args: MobileBackendArgs) -> MobileBackendSettings:
    """Return the settings of the backend `name`; raise an `ArgsError` with every problem of `args` and its parts."""
    problems = Problems()
    given = read_args(MobileBackendArgs, args, LIMITS, problems)
    objects = _objects(args)
    features = given.get("features", list(FEATURES))
    _check_features(given.get("features"), objects, problems)
    _refuse_wired(objects, problems)
    common = {"region": given.get("region"), "tags": given.get("tags", {})}
    identity = _part(objects, "identity", common)
    _check(identity_settings.resolve, f"{name}-identity", identity, "identity", problems)
    files = _part(objects, "user_files", common) if USER_FILES in features else None
    groups = tuple(sorted(_mapping(identity.get("groups"))))
    if files is not None:
        _check_files_beside_identity(identity, files, problems)
        placed = {**files, **_placeholders(groups, asked=files.get("guests_read_public") is True)}
        _check(files_settings.resolve, f"{name}-files", placed, "user_files", problems)
    problems.raise_for(f'MobileBackend "{name}"')
    guests_read_public = bool(files and files.get("guests_read_public"))
    return MobileBackendSettings(_args(identity), None if files is None else _args(files), guests_read_public, groups)


def _objects(args: object) -> dict[str, dict[str, Any]]:
    """Return the objects as they were given, also those with problems: their other problems are told too."""
    whole = _mapping(args)
    return {name: dict(whole[name]) for name in _OBJECTS if isinstance(whole.get(name), Mapping)}


def _check_features(features: list[str] | None, objects: Mapping[str, object], problems: Problems) -> None:
    if features is None:
        return
    if not features:
        problems.add("features", features, "one feature or more", "name some, or remove it for all of them")
        return
    for place, feature in enumerate(features):
        if feature in features[:place]:
            problems.add(f"features[{place}]", feature, "each feature once", "remove it")
    if SIGN_IN not in features:
        allowed = f"a list with {SIGN_IN}: the other features are for users who signed in"
        problems.add("features", features, allowed, f"add {SIGN_IN}")
    for name in objects:
        if _OBJECTS[name] not in features:
            fix = f"remove it, or add {_OBJECTS[name]} to features"
            problems.extend([Problem(name, "options", f"nothing without the feature {_OBJECTS[name]}", fix)])


def _refuse_wired(objects: dict[str, dict[str, Any]], problems: Problems) -> None:
    """Refuse the options that the backend fills in, and take them away."""
    for name, options in objects.items():
        for option in sorted(WIRED[name] & options.keys()):
            del options[option]
            if option == "region":
                problems.extend([Problem(f"{name}.region", "a Region", "nothing", "move it to region, for every part")])
            else:
                allowed = "nothing: the backend names its own roles"
                problems.extend([Problem(f"{name}.{option}", "a role", allowed, "remove it")])


def _check_files_beside_identity(identity: Mapping[str, Any], files: Mapping[str, Any], problems: Problems) -> None:
    """Refuse files for users who get no AWS credentials, and for guests who are not let in."""
    federation = _mapping(identity.get("federation"))
    if federation.get("enabled") is False:
        allowed = f"true beside {USER_FILES}, which users reach by AWS credentials"
        fix = f"remove it, or take {USER_FILES} out of features"
        problems.add("identity.federation.enabled", False, allowed, fix)  # noqa: FBT003 - the value that is shown
    elif files.get("guests_read_public") is True and federation.get("guests") is not True:
        fix = "remove it, or set identity.federation.guests: true"
        problems.add("user_files.guests_read_public", True, "false without guests", fix)  # noqa: FBT003 - as above


def _part(objects: Mapping[str, Mapping[str, Any]], name: str, common: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of one part: its own, with the backend's Region and tags."""
    own = objects.get(name, {})
    tags = {**common["tags"], **_mapping(own.get("tags"))}
    return {**own, **({"region": common["region"]} if common["region"] else {}), **({"tags": tags} if tags else {})}


def _placeholders(groups: tuple[str, ...], *, asked: bool) -> dict[str, Any]:
    """Return what stands for the roles while the options are checked."""
    roles: dict[str, Any] = {"signed_in_role_name": "role", "group_role_names": dict.fromkeys(groups, "role")}
    return roles | ({"guest_role_name": "role"} if asked else {})


def _check(
    resolve_part: Callable[[str, Any], object], name: str, args: Mapping[str, Any], path: str, problems: Problems
) -> None:
    """Note what a part would refuse, at its place in the backend's arguments."""
    try:
        resolve_part(name, args)
    except ArgsError as error:
        for problem in error.problems:
            where = "name" if problem.path == "name" else f"{path}.{problem.path}"
            if not problems.touches(where):
                problems.extend([Problem(where, problem.got, problem.allowed, problem.fix)])


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _args(part: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a part's arguments, which were checked
    return part
