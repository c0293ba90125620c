"""Who may deliver access logs, read from the target bucket's policy; moto stumbles over a principal that is `*`."""

import json
from fnmatch import fnmatchcase
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_SERVICE = "logging.s3.amazonaws.com"


def fill() -> None:
    """Read the policy with principals, actions and resources in all their forms."""
    from moto.s3.models import FakeBucket  # noqa: PLC0415 - moto loads only when something is deployed

    replace(FakeBucket, "_log_permissions_enabled_policy", lambda _: _allows_delivery)


def _allows_delivery(self: Any, target_bucket: Any, target_prefix: str | None) -> bool:  # noqa: ANN401, ARG001 - moto's own types
    """Tell whether the target bucket's policy lets S3 write under the prefix."""
    policy = json.loads(target_bucket.policy.decode()) if target_bucket.policy else {"Statement": []}
    wanted = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/{target_prefix or ''}"
    return any(
        statement.get("Effect") == "Allow"
        and _names_service(statement.get("Principal"))
        and any(fnmatchcase("s3:PutObject", action) for action in _listed(statement.get("Action")))
        and any(fnmatchcase(wanted, resource.rstrip("*") + "*") for resource in _listed(statement.get("Resource")))
        for statement in _listed(policy["Statement"])
    )


def _names_service(principal: Any) -> bool:  # noqa: ANN401 - a star or a map
    return isinstance(principal, dict) and _SERVICE in _listed(principal.get("Service"))


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - one or more of anything
    return value if isinstance(value, list) else [] if value is None else [value]
