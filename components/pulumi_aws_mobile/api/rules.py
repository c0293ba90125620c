"""The rules between the options of an API."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_aws_mobile.errors import Problem, Problems

from .contributions import Feature

MOST_FUNCTION_ROUTES = 40
"""The routes of one function: each is a statement of the function's policy, which takes 20 KB.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
_KEY = re.compile(r"[A-Za-z0-9-]{1,40}")
_FEWEST_SUBNETS = 2
_REGIONAL = {
    "core_api.load_balancer_arn": "a private link reaches load balancers of its own Region",
    "domain.certificate_arn": "a regional domain takes a certificate of its own Region",
    "alarms.topic_arn": "an alarm tells topics of its own Region",
}
"""The ARNs that have to be in the API's Region, and why."""


def check(given: Mapping[str, Any], problems: Problems) -> None:
    """Note options that cannot stand beside each other."""
    _check_regions(given, problems)
    _check_clients(given, problems)
    _check_cors(given.get("cors", {}), problems)
    _check_link(given.get("core_api", {}), problems)
    _check_target_is_used(given, problems)


def check_functions(features: Mapping[str, Feature], problems: Problems) -> None:
    """Note a function with more routes than its policy has room for."""
    for key, feature in features.items():
        count = len(feature.function_routes)
        if count > MOST_FUNCTION_ROUTES:
            allowed = f"at most {MOST_FUNCTION_ROUTES} for one function"
            fix = "join routes below a greedy parameter, or give some to another function"
            problems.add(f"contributions.{key}", f"{count} routes", allowed, fix)


def _check_regions(given: Mapping[str, Any], problems: Problems) -> None:
    """Note ARNs of another Region than the API's, as far as both are known."""
    region = given.get("region")
    if region is None:
        return
    for path, reason in _REGIONAL.items():
        group, option = path.split(".")
        _check_region(given.get(group, {}).get(option), path, region, reason, problems)


def _check_region(arn: object, path: str, region: str, reason: str, problems: Problems) -> None:
    if isinstance(arn, str) and arn.split(":")[3] != region:
        problems.add(path, arn, f"one in {region}: {reason}", f"give one in {region}, or move the API")


def _check_clients(given: Mapping[str, Any], problems: Problems) -> None:
    for key, client in given.get("clients", {}).items():
        where = f"clients.{key}"
        if not _KEY.fullmatch(key):
            problems.add(where, key, "a key of 1 to 40 letters, digits and hyphens", "rename it")
        for option, needed in (("burst", "requests_per_second"), ("quota_period", "quota_requests")):
            if option in client and needed not in client and not problems.touches(f"{where}.{needed}"):
                fix = f"give {needed}, or remove it"
                shown = getattr(client[option], "value", client[option])
                problems.add(f"{where}.{option}", shown, f"nothing without {needed}", fix)
    if given.get("require_client_keys") and not given.get("clients") and not problems.touches("clients"):
        allowed = "false without clients, or nobody could call"
        problems.add("require_client_keys", True, allowed, "give clients, or remove it")  # noqa: FBT003 - the value that is shown


def _check_cors(cors: Mapping[str, Any], problems: Problems) -> None:
    origins: Sequence[str] | None = cors.get("origins")
    if origins is None:
        return
    if not origins:
        problems.add("cors.origins", origins, "one origin or more", "name some, or remove cors")
    if "*" in origins and len(origins) > 1:
        problems.add("cors.origins", origins, "* alone, or origins without it", "remove * or the others")


LINK = ("load_balancer_arn", "subnet_ids", "security_group_ids")
"""The options of a private link, which belong together."""


def _check_link(core: Mapping[str, Any], problems: Problems) -> None:
    given = [name for name in LINK if name in core]
    if given and not any(problems.touches(f"core_api.{name}") for name in LINK):
        for name in [name for name in LINK if name not in core]:
            fix = f"give it, or remove {' and '.join(given)} for an origin on the internet"
            problems.add(f"core_api.{name}", None, f"something beside {given[0]}: a private link has all three", fix)
    url = core.get("url")
    if not given and isinstance(url, str) and not url.startswith("https://"):
        allowed = "https:// without a private link: the request crosses the internet"
        problems.add("core_api.url", url, allowed, "use https, or give the web tier's load_balancer_arn")
    subnets = core.get("subnet_ids")
    if isinstance(subnets, Sequence) and len(subnets) < _FEWEST_SUBNETS:
        allowed = "two subnets or more, in zones of their own"
        problems.add("core_api.subnet_ids", subnets, allowed, "add one in another zone")
    groups = core.get("security_group_ids")
    if isinstance(groups, Sequence) and not groups:
        allowed = "one security group or more"
        problems.add("core_api.security_group_ids", groups, allowed, "name the one that the load balancer lets in")


def _check_target_is_used(given: Mapping[str, Any], problems: Problems) -> None:
    """Note an origin that no contribution names: its link would cost money and carry nothing."""
    contributions = given.get("contributions", {})
    if "core_api" not in given or problems.touches("contributions"):
        return
    if all(getattr(each.get("target"), "value", None) != "core_api" for each in contributions.values()):
        fix = "set target: core_api in a contribution, or remove it"
        problems.extend([Problem("core_api", "an origin", "one that a contribution has as its target", fix)])
