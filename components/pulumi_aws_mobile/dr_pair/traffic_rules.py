"""What the records of a domain need, by strategy and by what they lead to; each rule notes every problem it finds."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problem, Problems

from .choices import RecoveryStrategy, TrafficPolicy
from .strategy_rules import BOTH_ANSWER, is_unread

Given = Mapping[str, Any]


def check_traffic(given: Given, strategy: RecoveryStrategy, problems: Problems) -> None:
    """Note records that cannot be made, and ways of answering that the strategy does not have."""
    traffic: Given = given.get("traffic", {})
    _check_policy(traffic, strategy, problems)
    if "domain" in given:
        for site in ("primary", "recovery"):
            _check_target(given.get(site, {}), site, problems)
        _check_kinds(given, problems)
    elif traffic:
        fix = "give the domain, or leave traffic out"
        problems.extend([Problem("traffic", "a way of answering", "nothing, without a domain", fix)])
    hosts = ["target_host" in given.get(site, {}) for site in ("primary", "recovery")]
    if "ttl_seconds" in traffic and "domain" in given and not any(hosts):
        allowed = "nothing, where both sites have an api_domain_name: such records have Route 53's own 60 seconds"
        problems.add("traffic.ttl_seconds", traffic["ttl_seconds"], allowed, "leave it out")


def _check_policy(traffic: Given, strategy: RecoveryStrategy, problems: Problems) -> None:
    """Note ways of sharing clients out where they are not shared out, and weights that nothing weighs."""
    if strategy not in BOTH_ANSWER:
        allowed = f"nothing, with {strategy.value}: one Region answers, and the other when it takes over"
        fix = "leave it out, or choose multi_site"
        there = [option for option in ("policy", "weights") if option in traffic]
        problems.extend(Problem(f"traffic.{option}", "a value", allowed, fix) for option in there)
    elif "weights" in traffic and traffic.get("policy") is not TrafficPolicy.WEIGHTED:
        fix = "set traffic.policy to weighted, or leave the weights out"
        problems.extend([Problem("traffic.weights", "weights", "nothing, unless the policy is weighted", fix)])


def _check_target(site: Given, path: str, problems: Problems) -> None:
    """Note a site whose record leads nowhere, or to two places."""
    aliased, hosted = "api_domain_name" in site, "target_host" in site
    if aliased and hosted:
        fix = "remove one of the two"
        problems.extend([Problem(f"{path}.target_host", "a host", "nothing, beside api_domain_name", fix)])
    elif not aliased and not hosted and not is_unread(path, problems) and not _touched(path, problems):
        fix = "give it, or target_host; or leave the domain out and make the records yourself"
        problems.add(f"{path}.api_domain_name", None, "where the domain's record leads to", fix)
    if aliased and "api_domain_zone_id" not in site and not problems.touches(f"{path}.api_domain_zone_id"):
        allowed = "the hosted zone of api_domain_name"
        problems.add(f"{path}.api_domain_zone_id", None, allowed, "give it beside the name")
    if hosted and site.get("evaluate_target_health"):
        fix = "leave it out; the health checks here decide"
        allowed = "false, with target_host: only an alias asks its target"
        problems.add(f"{path}.evaluate_target_health", True, allowed, fix)  # noqa: FBT003 - the value that was got


def _touched(path: str, problems: Problems) -> bool:
    """Tell whether one of a site's targets was given and could not be read."""
    return any(problems.touches(f"{path}.{option}") for option in ("api_domain_name", "target_host"))


def _check_kinds(given: Given, problems: Problems) -> None:
    """Note a host beside an alias: a CNAME record stands alone at its name."""
    kinds = [
        "target_host" if "target_host" in given.get(site, {}) else "api_domain_name" for site in ("primary", "recovery")
    ]
    there = all(kind in given.get(site, {}) for site, kind in zip(("primary", "recovery"), kinds, strict=True))
    if there and kinds[0] != kinds[1]:
        allowed = f"{kinds[0]}, as in primary: a CNAME record takes no other kind beside it"
        fix = "give both sites the same kind of target"
        problems.extend([Problem(f"recovery.{kinds[1]}", "a value", allowed, fix)])
