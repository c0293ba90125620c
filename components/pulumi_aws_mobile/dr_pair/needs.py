"""Which strategy a pair has: the one it was given, or the cheapest that meets its need."""

from collections.abc import Mapping
from typing import Any

from pulumi_aws_mobile.errors import Problems

from .choices import FailoverMode, RecoveryStrategy
from .model import Need, Situation, UnmetNeedError, choose

Given = Mapping[str, Any]


def situation_of(given: Given, problems: Problems) -> Situation | None:
    """Return what the times and costs depend on; note what is no situation, and return none then."""
    told: dict[str, Any] = dict(given.get("situation", {}))
    if "engine" in told:
        told["engine"] = told["engine"].value
    guards: Given = given.get("guards", {})
    named = {name: name for name in ("approval_minutes", "datapoints", "confirmations")}
    named["lag_seconds"] = "lag_limit_seconds"
    told |= {field: guards[option] for option, field in named.items() if option in guards}
    told["mode"] = given.get("mode", FailoverMode.APPROVAL)
    told["record_seconds"] = given.get("traffic", {}).get("ttl_seconds", 60)
    told |= _sizes(given.get("recovery", {}).get("web_tier", {}))
    try:
        return Situation(**told)
    except ValueError as error:
        problems.add("situation", given.get("situation", {}), "what the model knows", str(error))
        return None


def strategy_for(given: Given, situation: Situation | None, problems: Problems) -> RecoveryStrategy | None:
    """Return the strategy; note a choice that nobody made, that was made twice, or that there is none for."""
    if "strategy" in given and "need" in given:
        fix = "remove strategy to have the cheapest one chosen, or need to choose it yourself"
        problems.add("strategy", given["strategy"].value, "nothing, beside need", fix)
        return None
    if "strategy" in given:
        return given["strategy"]
    if "need" not in given:
        if not problems.touches("strategy") and not problems.touches("need"):
            names = " | ".join(strategy.value for strategy in RecoveryStrategy)
            problems.add("strategy", None, names, "give it, or say with need how soon you have to be back")
        return None
    if situation is None or problems.touches("need"):
        return None
    need: Given = given["need"]
    try:
        return choose(Need(need["rto_minutes"], need["rpo_minutes"], need.get("monthly_budget")), situation)
    except UnmetNeedError as error:
        first, *rest = (line.strip() for line in str(error).splitlines())
        fix = f"{first}: {'; '.join(rest)}"
        problems.add("need", need, "what one of the strategies does", fix)
        return None


def _sizes(web_tier: Given) -> dict[str, int]:
    """Return how many servers serve everybody, and how many of them wait with a warm standby."""
    full = web_tier.get("min", Situation().full_instances)
    waiting = web_tier.get("standby_min", 1) or 1
    return {"full_instances": full, "standby_instances": min(waiting, full)}
