"""Reads the stack file: `Pulumi.<stack>.yaml` in, the components' arguments out.

Each component has one object in the project's namespace, passed on as it stands: what a component's documentation says
is what the file says. Added here is only what joins components: the Region, the tags, the networks, and what a recovery
strategy asks of the database and the archive.
"""

import json
from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from pulumi_aws_mobile.args_reader import fields, read_args, with_stand_ins
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.limits import REGION
from stack_args import LIMITS, STAND_INS, WIRED, StackArgs
from stack_checks import check_components, check_copies
from stack_parts import StackSettings
from stack_recovery import PRIMARY, RECOVERY, Recovery, database_options, site_options, with_copies
from stack_strategy import read_recovery
from stack_wiring import DATABASE_PROPERTIES

_PRIMARY_CIDR = "10.0.0.0/16"
_RECOVERY_CIDR = "10.1.0.0/16"


def load() -> StackSettings:
    """Read the running stack's configuration; raise an `ArgsError` that lists every problem in it."""
    return resolve(f"Pulumi.{pulumi.get_stack()}.yaml", pulumi.get_project(), {**get_config_env(), **CONFIG.get()})


def resolve(file: str, namespace: str, config: Mapping[str, str]) -> StackSettings:
    """Return the settings that `config`, of `namespace:key` to text or JSON, stands for; name `file` in errors."""
    found = Problems()
    prefix = f"{namespace}:"
    objects = {key.removeprefix(prefix): _parsed(text) for key, text in config.items() if key.startswith(prefix)}
    # The project file gives every object a default, which is empty.
    given = {name: value for name, value in objects.items() if value != {} or name not in fields(StackArgs)}
    _refuse_wired(given, found)
    read = read_args(StackArgs, with_stand_ins(given, STAND_INS), LIMITS, found)
    _drop_stand_ins(read)
    region = config.get("aws:region")
    named = region if region is not None and REGION.accepts(region) else None
    recovery = read_recovery(read, named, found)
    settings = _settings(read, named or "", recovery)
    check_components(settings, found)
    check_copies(read, found)

    problems = Problems()
    if named is None:
        problems.add("aws:region", region, REGION.allowed, "name the primary Region")
    problems.extend(Problem(f"{prefix}{p.path}", p.got, p.allowed, p.fix) for p in found)
    problems.raise_for(file)
    return settings


def _parsed(text: str) -> object:
    """Return the value of a configuration entry: objects arrive as JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _refuse_wired(given: Mapping[str, Any], found: Problems) -> None:
    """Refuse the options that the program fills in, and take them away."""
    for path, names in WIRED.items():
        options = _object_at(given, path)
        for name in sorted(names & options.keys()):
            found.add(f"{path}.{name}", options.pop(name), "nothing", "remove it: the program fills it in")
    properties = _object_at(given, "backend.web_tier.environment")
    for name in sorted(DATABASE_PROPERTIES & properties.keys()):
        where = f"backend.web_tier.environment.{name}"
        found.add(where, properties.pop(name), "nothing", "remove it: the program says where the database is")


def _drop_stand_ins(read: Mapping[str, Any]) -> None:
    """Take away what stood for options while they were read."""
    for path, options in STAND_INS.items():
        place = _object_at(read, path)
        for name in options:
            place.pop(name, None)


def _object_at(options: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 - whatever stands in the file
    """Return the object at a path; an empty one if there is none."""
    for step in path.split("."):
        options = options.get(step) if isinstance(options, dict) else None
    return options if isinstance(options, dict) else {}


def _settings(read: Mapping[str, Any], region: str, recovery: Recovery | None) -> StackSettings:
    """Join the objects of the file into the components' arguments."""
    tags = read.get("tags", {})

    def complete(own: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401 - a component's args, put together from a checked file
        return {**own, "region": where or None, "tags": {**tags, **own.get("tags", {})}}

    backend = complete(read.get("backend", {}), region)
    for feature, part in (("user_data", "data_sync"), ("push", "push"), ("analytics", "analytics")):
        if feature in backend.get("features", ()):
            backend.setdefault(part, {})
    networks = {PRIMARY: complete({"cidr": _PRIMARY_CIDR, **read.get("network", {})}, region)}
    database = complete(read.get("database", {}), region)
    archive = complete(read.get("archive", {}), region)
    site = None
    if recovery is not None:
        archive["replication"] = {"region": recovery.region, **archive.get("replication", {})}
        nat = {"nat": read.get("network", {}).get("nat", "per_zone")} if recovery.stance.full_size else {}
        there = {"cidr": _RECOVERY_CIDR, **nat, **recovery.stance.network, **recovery.asked.get("network", {})}
        networks[RECOVERY] = complete(there, recovery.region)
        database = database_options(recovery, database, region)
        if "web_tier" in backend and "api" in backend:
            site = complete(site_options(recovery, backend), recovery.region)
            backend["token_exchange"] = {**backend.get("token_exchange", {}), "multi_region": True}
            if "domain" in backend["api"]:
                backend["api"] = {**backend["api"], "domain": {**backend["api"]["domain"], "records": False}}
        backend = with_copies(recovery, backend)
    silent = database.get("alarms", {}).get("enabled") is False
    watched = "web_tier" in backend and "api" in backend and not silent
    healing, observability = (
        complete(read.get(name, {}), region) if watched else None for name in ("healing", "observability")
    )
    return StackSettings(region, recovery, backend, networks, archive, database, site, healing, observability)
