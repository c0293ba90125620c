"""Usage plans and API keys that change as API Gateway changes them, and go only when nothing needs them."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps import apigateway_patches as patches
from pulumi_aws_sandbox.gaps.apigateway_refusals import CONFLICT, NOT_FOUND, refuse, require
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime import clock

_PERIODS = {"DAY": range(1), "MONTH": range(28), "WEEK": range(7)}
_NUMBERS: dict[str, Callable[[Any], float]] = {"burstLimit": int, "limit": int, "offset": int, "rateLimit": float}


def fill() -> None:
    """Teach moto's usage plans and keys."""
    from moto.apigateway.models import (  # noqa: PLC0415 - moto loads only when deploying
        APIGatewayBackend,
        ApiKey,
        UsagePlan,
    )

    replace(APIGatewayBackend, "create_usage_plan", _creating)
    replace(APIGatewayBackend, "update_usage_plan", lambda _: _update)
    replace(APIGatewayBackend, "delete_usage_plan", lambda _: _delete)
    replace(APIGatewayBackend, "create_usage_plan_key", _adding_key)
    replace(APIGatewayBackend, "get_usage_plan_key", lambda _: _get_key)
    replace(APIGatewayBackend, "delete_usage_plan_key", lambda _: _remove_key)
    replace(APIGatewayBackend, "delete_api_key", _deleting_key)
    replace(ApiKey, "update_operations", lambda _: _update_key)
    replace(ApiKey, "to_json", _describing)
    replace(UsagePlan, "to_json", _describing)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, payload: Any) -> Any:  # noqa: ANN401 - moto's own types
        require(payload.get("name"), "Usage Plan name must not be empty")
        _check_limits(payload.get("throttle") or {}, payload.get("quota") or {})
        for each in payload.get("apiStages") or []:
            _check_stage(self, each.get("apiId"), each.get("stage"))
        return original(self, payload)

    return create


def _check_limits(throttle: dict[str, Any], quota: dict[str, Any]) -> None:
    low = any(throttle.get(name, 0) < 0 for name in ("burstLimit", "rateLimit"))
    require(not low, "Usage Plan throttle burst limit and rate limit must not be negative")
    if not quota:
        return
    period = str(quota.get("period"))
    require(period in _PERIODS, "Usage Plan quota period must be one of DAY, WEEK, MONTH")
    require(quota.get("limit", 0) > 0, "Usage Plan quota limit must be greater than zero")
    offset = quota.get("offset") or 0
    require(offset in _PERIODS[period], f"Usage Plan quota offset must be valid in the {period} period")


def _check_stage(self: Any, api_id: str, stage: str) -> None:  # noqa: ANN401 - moto's own types
    api = self.apis.get(api_id)
    known = api is not None and stage in api.stages
    require(known, f"API Stage not found: {api_id}:{stage}", NOT_FOUND)


def _update(self: Any, usage_plan_id: str, operations: Any) -> Any:  # noqa: ANN401 - moto's own types
    plan = self.get_usage_plan(usage_plan_id)
    known = {
        "/apiStages": _stages(self, plan),
        "/description": patches.text(plan, "description"),
        "/name": patches.text(plan, "name"),
        "/productCode": patches.text(plan, "product_code"),
        "/quota": _clear(plan, "quota"),
        "/throttle": _clear(plan, "throttle"),
    }
    for owner, names in {"quota": ("limit", "offset", "period"), "throttle": ("burstLimit", "rateLimit")}.items():
        known |= {f"/{owner}/{name}": _limit(plan, owner, name) for name in names}
    patches.apply(operations, known)
    _check_limits(plan.throttle, plan.quota)
    return plan


def _stages(self: Any, plan: Any) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        api_id, _, stage = str(value).partition(":")
        others = [each for each in plan.api_stages if (each["apiId"], each["stage"]) != (api_id, stage)]
        if kind != "remove":
            _check_stage(self, api_id, stage)
            others.append({"apiId": api_id, "stage": stage})
        plan.api_stages = others

    return do


def _clear(plan: Any, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    return lambda _kind, _value: setattr(plan, name, {})


def _limit(plan: Any, owner: str, name: str) -> patches.Apply:  # noqa: ANN401 - moto's own types
    def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        kept = {key: each for key, each in getattr(plan, owner).items() if key != name}
        if kind != "remove":
            try:
                kept[name] = _NUMBERS[name](value) if name in _NUMBERS else value
            except ValueError:
                refuse(f"Invalid patch value '{value}' specified for op '{kind}'")
        setattr(plan, owner, kept)

    return do


def _delete(self: Any, usage_plan_id: str) -> None:  # noqa: ANN401 - moto's own types
    plan = self.get_usage_plan(usage_plan_id)
    require(not plan.api_stages, f"Cannot delete Usage Plan {usage_plan_id} because it is associated with an API stage")
    self.usage_plans.pop(usage_plan_id)
    self.usage_plan_keys.pop(usage_plan_id, None)


def _adding_key(original: Callable[..., Any]) -> Callable[..., Any]:
    def add(self: Any, usage_plan_id: str, payload: Any) -> Any:  # noqa: ANN401 - moto's own types
        plan = self.get_usage_plan(usage_plan_id)
        key_id = payload["keyId"]
        require(payload.get("keyType") == "API_KEY", f"Invalid usage plan key type: {payload.get('keyType')}")
        own = {(each["apiId"], each["stage"]) for each in plan.api_stages}
        for other_id, keys in self.usage_plan_keys.items():
            if key_id not in keys:
                continue
            require(other_id != usage_plan_id, f"API Key {key_id} is already in the usage plan", CONFLICT)
            other = self.usage_plans[other_id]
            shared = own & {(each["apiId"], each["stage"]) for each in other.api_stages}
            require(
                not shared, f"Usage Plan {usage_plan_id} and {other_id} share an API stage: a key is in one", CONFLICT
            )
        return original(self, usage_plan_id, payload)

    return add


def _get_key(self: Any, usage_plan_id: str, key_id: str) -> Any:  # noqa: ANN401 - moto's own types
    found = self.usage_plan_keys.get(usage_plan_id, {}).get(key_id)
    if found is None:
        refuse(f"Invalid Usage Plan Key identifier specified {usage_plan_id}:{key_id}", NOT_FOUND)
    return found


def _remove_key(self: Any, usage_plan_id: str, key_id: str) -> None:  # noqa: ANN401 - moto's own types
    self.get_usage_plan_key(usage_plan_id, key_id)
    self.usage_plan_keys[usage_plan_id].pop(key_id)


def _deleting_key(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, api_key_id: str) -> None:  # noqa: ANN401 - moto's own types
        original(self, api_key_id)
        for keys in self.usage_plan_keys.values():
            keys.pop(api_key_id, None)

    return delete


def _update_key(self: Any, operations: Any) -> Any:  # noqa: ANN401 - moto's own types
    known = {
        "/customerId": patches.text(self, "customer_id"),
        "/description": patches.text(self, "description"),
        "/enabled": patches.switch(self, "enabled"),
        "/name": patches.text(self, "name"),
    }
    patches.apply(operations, known)
    self.last_updated_date = int(clock.now())
    return self


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_json(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        return {name: value for name, value in original(self).items() if value is not None}

    return to_json
