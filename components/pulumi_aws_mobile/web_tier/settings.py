"""Decides what a web tier is made of: defaults filled in, every problem found, nothing registered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi

from pulumi_aws_mobile.args_reader import read_args
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.statements import StatementArgs, check_statements

from .args import WebTierArgs
from .bundle import Bundle, SourceError, lone_folder, read_source
from .choices import AutoScalingHealthCheck
from .environment_parts import EnvironmentSettings
from .environment_settings import resolve_environment
from .extension import EXTENSION_NAME, extension
from .layers import Layers, environment_layers
from .limits import LIMITS
from .places import ExistingPlace, NewPlace, Place, resolve_place

LONGEST_NAME = 32
"""What is left of the 40 characters of an environment's name besides what makes it unique."""
_DEFAULT_KEY = "main"
_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
_MYSQL_PORT = 3306
_KEEP_COUNT = 50


@dataclass(frozen=True, slots=True)
class Https:
    """HTTPS at the load balancers."""

    certificate_arn: pulumi.Input[str]
    host_name: str
    tls_policy: str
    redirect_http: bool


@dataclass(frozen=True, slots=True)
class Database:
    """The database that instances may connect to."""

    security_group_id: pulumi.Input[str] | None
    cidr: pulumi.Input[str] | None
    """The network of a database whose security group cannot be named."""
    port: pulumi.Input[int]


@dataclass(frozen=True, slots=True)
class Versions:
    """How long versions are kept; one of the two is set."""

    keep_count: int | None
    keep_days: int | None


@dataclass(frozen=True, slots=True)
class WebTierSettings:
    """Everything about a web tier that is decided before anything is registered."""

    bundle: Bundle
    region: str | None
    place: Place
    public: bool
    https: Https | None
    secret_kms_key_arns: tuple[pulumi.Input[str], ...]
    statements: tuple[StatementArgs, ...]
    """What the servers may do besides."""
    database: Database | None
    versions: Versions
    environments: Mapping[str, EnvironmentSettings]
    """The environments by key, in the order of the keys."""
    live: str
    standby: bool
    alarm_topic_arn: pulumi.Input[str] | None
    protect: bool
    tags: Mapping[str, pulumi.Input[str]]

    @property
    def empty_on_destroy(self) -> bool:
        """Whether destroying the bucket deletes the bundles in it: they are made again from the source."""
        return not self.protect

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports on which the load balancers listen."""
        if self.https is None:
            return (80,)
        return (80, 443) if self.https.redirect_http else (443,)


def resolve(name: str, args: WebTierArgs) -> WebTierSettings:
    """Return the settings of the web tier `name`; raise an `ArgsError` with every problem of `args`."""
    problems = Problems()
    given = read_args(WebTierArgs, args, LIMITS, problems)
    layers = environment_layers(given, _DEFAULT_KEY, problems)
    bundle = _bundle(given, problems)
    _check_https(given, problems)
    _check_versions(given, problems)
    _check_database(given.get("database"), problems)
    check_statements(given.get("statements", ()), "statements", problems)
    environments = _environments(name, layers, given, problems)
    if bundle is not None:
        _check_entry_points(bundle, environments, given["source"], problems)
    place = resolve_place(given, layers, problems)
    live = _live(given, layers, problems)
    problems.raise_for(f'WebTier "{name}"')
    assert bundle is not None  # noqa: S101 - otherwise its problem was raised
    assert isinstance(place, ExistingPlace | NewPlace)  # noqa: S101 - otherwise its problem was raised
    return WebTierSettings(
        bundle=bundle,
        region=given.get("region"),
        place=place,
        public=given.get("public", False),
        https=_https(given.get("https")),
        secret_kms_key_arns=tuple(given.get("secret_kms_key_arns", ())),
        statements=tuple(given.get("statements", ())),
        database=_database(given.get("database")),
        versions=_versions(given.get("versions", {})),
        environments=environments,
        live=live,
        standby=given.get("standby", False),
        alarm_topic_arn=given.get("alarm_topic_arn"),
        protect=given.get("protect", True),
        tags=given.get("tags", {}),
    )


def _bundle(given: Mapping[str, Any], problems: Problems) -> Bundle | None:
    health = given.get("auto_scaling_health", {})
    check = health.get("check", AutoScalingHealthCheck.ELB)
    added = [(EXTENSION_NAME, extension(check, health.get("grace_seconds", 300)))]
    if "source" not in given:
        return None
    try:
        return read_source(Path(given["source"]), added)
    except SourceError as error:
        problems.extend([Problem("source", error.got, error.allowed, error.fix)])
    return None


def _check_entry_points(
    bundle: Bundle,
    environments: Mapping[str, EnvironmentSettings],
    source: str,
    problems: Problems,
) -> None:
    """Note document roots without an index.php: Beanstalk would deploy them and answer every request with 404."""
    for environment in environments.values():
        root = environment.platform.document_root.strip("/")
        wanted = f"{root}/index.php" if root else "index.php"
        if wanted in bundle.names or environment.version_label is not None:
            continue
        if problems.touches("source") or problems.touches("platform") or problems.touches("environments"):
            continue
        allowed = f"a source with {wanted}, the entry point of the document root {environment.platform.document_root}"
        folder = lone_folder(name for name in bundle.names if name != EXTENSION_NAME)
        if folder is not None and f"{folder}/{wanted}" in bundle.names:
            fix = f"take what is inside the folder {folder} instead of the folder itself"
        else:
            fix = f"add {wanted}, or {_other_root(bundle)}"
        problems.add("source", source, allowed, fix)


def _other_root(bundle: Bundle) -> str:
    """Return what to do with an entry point that stands elsewhere, the nearest to the top if there are more."""
    found = [name for name in bundle.names if name.rpartition("/")[2] == "index.php"]
    if not found:
        return "name another platform.document_root"
    nearest = min(found, key=lambda name: (name.count("/"), name))
    return f"set platform.document_root to /{nearest.rpartition('/')[0]}"


def _check_https(given: Mapping[str, Any], problems: Problems) -> None:
    arn = given.get("https", {}).get("certificate_arn")
    zones = given.get("network", {}).get("zones") or [""]
    region = given.get("region") or zones[0][:-1] or None
    if isinstance(arn, str) and region is not None and (found := arn.split(":")[3]) != region:
        fix = f"name a certificate of {region}: load balancers take none of {found}"
        problems.add("https.certificate_arn", arn, f"a certificate in {region}", fix)


def _check_versions(given: Mapping[str, Any], problems: Problems) -> None:
    versions = given.get("versions", {})
    if "keep_count" in versions and "keep_days" in versions:
        problems.add(
            "versions.keep_days", versions["keep_days"], "nothing together with keep_count", "remove one of the two"
        )


def _environments(
    name: str, layers: Mapping[str, Layers], given: Mapping[str, Any], problems: Problems
) -> dict[str, EnvironmentSettings]:
    found: dict[str, EnvironmentSettings] = {}
    for key in sorted(layers):
        noted = Problems()
        found[key] = resolve_environment(layers[key], given, noted)
        _check_name(name, key, found[key], noted)
        # What stands in the options of all is noted once.
        problems.extend([problem for problem in noted if problem not in list(problems)])
    return found


def _check_name(name: str, key: str, environment: EnvironmentSettings, problems: Problems) -> None:
    child = environment_child(name, key, environment)
    if len(child) > LONGEST_NAME or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", child):
        problems.add(
            "name" if key == _DEFAULT_KEY else f"environments.{key}",
            child,
            f"letters, digits and hyphens, at most {LONGEST_NAME} together",
            "choose a shorter name or key: the environment is named after both",
        )


def environment_child(name: str, key: str, environment: EnvironmentSettings) -> str:
    """Return the name of an environment in the program.

    It has the branch of PHP in it: another branch is another environment, which is there before the earlier one goes.
    """
    return f"{name}-{key}-php{environment.platform.branch.replace('.', '')}"


def _live(given: Mapping[str, Any], layers: Mapping[str, Layers], problems: Problems) -> str:
    keys = sorted(layers)
    live = given.get("live")
    if problems.touches("environments"):
        return live or _DEFAULT_KEY
    if live is None and len(keys) > 1 and not problems.touches("live"):
        problems.add("live", None, " | ".join(keys), "name the environment that callers are sent to")
    if live is not None and live not in layers:
        problems.add("live", live, " | ".join(keys), "name one of the environments")
    return live if live is not None else next(iter(keys), _DEFAULT_KEY)


def _https(https: Mapping[str, Any] | None) -> Https | None:
    if https is None:
        return None
    return Https(
        certificate_arn=https["certificate_arn"],
        host_name=https["host_name"],
        tls_policy=https.get("tls_policy", _TLS_POLICY),
        redirect_http=https.get("redirect_http", True),
    )


def _check_database(database: Mapping[str, Any] | None, problems: Problems) -> None:
    """Refuse a database of which nothing says where it is."""
    placed = database is None or {"security_group_id", "cidr"} & database.keys()
    if not placed:
        fix = "give one of them, or remove database"
        problems.extend([Problem("database", "a port alone", "security_group_id, or cidr, beside it", fix)])


def _database(database: Mapping[str, Any] | None) -> Database | None:
    if database is None:
        return None
    return Database(database.get("security_group_id"), database.get("cidr"), database.get("port", _MYSQL_PORT))


def _versions(versions: Mapping[str, int]) -> Versions:
    if "keep_days" in versions:
        return Versions(None, versions["keep_days"])
    return Versions(versions.get("keep_count", _KEEP_COUNT), None)
