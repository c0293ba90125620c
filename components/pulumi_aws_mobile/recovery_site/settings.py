"""Decides what each part of a recovery site is told: every problem found, nothing registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.api import settings as api_settings
from pulumi_aws_mobile.args_reader import read_args, with_stand_ins
from pulumi_aws_mobile.data_sync import settings as data_settings
from pulumi_aws_mobile.errors import Problem, Problems
from pulumi_aws_mobile.limits import REGION, Limits
from pulumi_aws_mobile.mobile_backend.core_api import DATA, EXCHANGE, PUSH, STAND_INS, CoreSettings, resolve_core
from pulumi_aws_mobile.mobile_backend.parts import mapping
from pulumi_aws_mobile.mobile_backend.settings import WIRED as BACKEND_WIRED
from pulumi_aws_mobile.push import settings as push_settings
from pulumi_aws_mobile.token_exchange import settings as exchange_settings
from pulumi_aws_mobile.web_tier import settings as web_settings

from .args import RecoverySiteArgs

_OBJECTS = ("api", EXCHANGE, "web_tier", DATA, PUSH)

LIMITS: Limits = {
    **api_settings.LIMITS,
    **exchange_settings.LIMITS,
    **web_settings.LIMITS,
    **data_settings.LIMITS,
    **push_settings.LIMITS,
    RecoverySiteArgs: {"region": REGION},
}
WIRED: Mapping[str, frozenset[str]] = {
    **{name: BACKEND_WIRED[name] for name in _OBJECTS},
    # Here it works on the replica of the primary Region's table.
    DATA: BACKEND_WIRED[DATA] - {"replica_of"},
}
"""The options of each object that the site fills in, so that its caller may not."""


@dataclass(frozen=True, slots=True)
class RecoverySiteSettings:
    """Everything about a recovery site that is decided before anything is registered."""

    core: CoreSettings


def resolve(name: str, args: RecoverySiteArgs) -> RecoverySiteSettings:
    """Return the settings of the site `name`; raise an `ArgsError` with every problem of `args` and its parts."""
    problems, wired = Problems(), Problems()
    objects = _objects(args)
    _refuse_wired(objects, wired)
    rest = {**args, **objects} if isinstance(args, Mapping) else args
    given = read_args(RecoverySiteArgs, with_stand_ins(rest, STAND_INS), LIMITS, problems)
    problems.extend(wired)
    _check_region(given, problems)
    common = {"region": given.get("region"), "tags": given.get("tags", {})}
    core = resolve_core(name, objects, common, tuple(sorted(given.get("groups", []))), problems)
    problems.raise_for(f'RecoverySite "{name}"')
    return RecoverySiteSettings(core)


def _objects(args: object) -> dict[str, dict[str, Any]]:
    whole = mapping(args)
    return {name: dict(whole[name]) for name in _OBJECTS if isinstance(whole.get(name), Mapping)}


def _refuse_wired(objects: dict[str, dict[str, Any]], problems: Problems) -> None:
    """Refuse the options that the site fills in, and take them away."""
    for name, options in objects.items():
        for option in sorted(WIRED[name] & options.keys()):
            del options[option]
            fix = "move it to region, for every part" if option == "region" else "remove it"
            problems.extend([Problem(f"{name}.{option}", "an option", "nothing: the site joins its own parts", fix)])


def _check_region(given: Mapping[str, Any], problems: Problems) -> None:
    """Refuse the Region that the user pool is in: a site there is lost together with it."""
    pool, region = given.get("user_pool_id"), given.get("region")
    if isinstance(pool, pulumi.Output) or not isinstance(pool, str):
        return
    if pool.partition("_")[0] == region:
        problems.add("region", region, "another Region than the user pool's", "choose a second Region")
