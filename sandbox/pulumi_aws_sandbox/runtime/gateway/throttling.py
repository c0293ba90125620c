"""How many requests are let through: of a stage's methods, and of each API key of a usage plan.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pulumi_aws_sandbox.runtime import clock
from pulumi_aws_sandbox.runtime.gateway.definition import Operation
from pulumi_aws_sandbox.runtime.gateway.incoming import Incoming
from pulumi_aws_sandbox.runtime.gateway.refusals import INVALID_API_KEY, QUOTA_EXCEEDED, THROTTLED, refuse
from pulumi_aws_sandbox.runtime.gateway.stages import Target, backend

ACCOUNT_RATE = 10_000.0
ACCOUNT_BURST = 5_000
"""What an account has per Region unless it asks for more."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class Limits:
    """The token buckets and quotas of one gateway."""

    def __init__(self) -> None:
        """Begin with every bucket full and every quota unused."""
        self._buckets: dict[tuple[str, ...], _Bucket] = {}
        self._used: dict[tuple[str, str, str], int] = {}
        self._lock = threading.Lock()

    def check_method(self, target: Target, operation: Operation) -> None:
        """Refuse a request beyond the limit of its method in its stage."""
        settings: Mapping[str, Any] = target.stage.method_settings
        own = f"{operation.resource_path.replace('/', '~1')}/{operation.method}"
        found = settings.get(own) or settings.get("*/*") or {}
        key = ("method", target.arn, own if own in settings else "*")
        rate = float(found.get("throttlingRateLimit", ACCOUNT_RATE))
        burst = float(found.get("throttlingBurstLimit", ACCOUNT_BURST))
        if rate < 0 or burst < 0:  # the provider's way to say that only the account's limits count
            rate, burst = ACCOUNT_RATE, float(ACCOUNT_BURST)
        if not self._take(key, rate, burst):
            refuse(THROTTLED)

    def check_key(self, incoming: Incoming, target: Target) -> dict[str, str]:
        """Return what `$context.identity` has of an API key; refuse one that is unknown or used too often."""
        value = incoming.header("x-api-key")
        plan, key = _plan(target, value) if value else (None, None)
        if plan is None or key is None:
            refuse(INVALID_API_KEY)
        throttle, quota = plan.throttle or {}, plan.quota or {}
        if throttle and not self._take(
            ("plan", plan.id, key.id),
            float(throttle.get("rateLimit", ACCOUNT_RATE)),
            float(throttle.get("burstLimit", 0)),
        ):
            refuse(THROTTLED)
        if quota and not self._count(plan.id, key.id, quota):
            refuse(QUOTA_EXCEEDED)
        return {"apiKey": key.value, "apiKeyId": key.id}

    def _take(self, key: tuple[str, ...], rate: float, burst: float) -> bool:
        now = clock.now()
        with self._lock:
            bucket = self._buckets.setdefault(key, _Bucket(burst, now))
            bucket.tokens = min(burst, bucket.tokens + max(0.0, now - bucket.filled_at) * rate)
            bucket.filled_at = now
            if bucket.tokens < 1:
                return False
            bucket.tokens -= 1
            return True

    def _count(self, plan_id: str, key_id: str, quota: Mapping[str, Any]) -> bool:
        period = _period(str(quota.get("period", "DAY")), int(quota.get("offset", 0) or 0))
        with self._lock:
            used = self._used.get((plan_id, key_id, period), 0)
            if used >= int(quota["limit"]):
                return False
            self._used[plan_id, key_id, period] = used + 1
            return True


def _period(kind: str, offset: int) -> str:
    """Return the day, week or month that now belongs to; the offset moves where a week or month begins."""
    today = (clock.today() - timedelta(days=offset)).date()
    if kind == "MONTH":
        return f"{today:%Y-%m}"
    return f"{today - timedelta(days=(today.weekday() + 1) % 7):%Y-%m-%d}" if kind == "WEEK" else f"{today:%Y-%m-%d}"


def _plan(target: Target, value: str) -> tuple[Any, Any]:
    """Return the plan of a stage that an enabled key belongs to, and the key."""
    found = backend(target.region)
    for plan_id, keys in list(found.usage_plan_keys.items()):
        plan = found.usage_plans.get(plan_id)
        if plan is None or not any(
            each.get("apiId") == target.api_id and each.get("stage") == target.stage_name for each in plan.api_stages
        ):
            continue
        for key_id in list(keys):
            key = found.keys.get(key_id)
            if key is not None and key.enabled and key.value == value:
                return plan, key
    return None, None
