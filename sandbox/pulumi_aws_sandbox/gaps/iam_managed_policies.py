"""AWS's own managed policies, each loaded when it is first asked for: all of them take moto most of a second."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Let AWS's policies be attached and read."""
    from moto.iam.models import IAMBackend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(IAMBackend, "get_policy", _loading)
    replace(IAMBackend, "attach_role_policy", _loading)


def _loading(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, policy_arn: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        if ":iam::aws:policy/" in policy_arn and policy_arn not in self.managed_policies:
            _load(self, policy_arn.rsplit("/", 1)[-1])
        return original(self, policy_arn, *args, **kwargs)

    return call


def _load(backend: Any, name: str) -> None:  # noqa: ANN401 - moto's own types
    from moto.iam.models import AWSManagedPolicy  # noqa: PLC0415 - moto loads only when something is deployed

    if name in _documents():
        policy = AWSManagedPolicy.from_data(name, backend.account_id, backend.region_name, _documents()[name])
        backend.managed_policies[policy.arn] = policy


@cache
def _documents() -> dict[str, Any]:
    from moto.iam.aws_managed_policies import aws_managed_policies_data  # noqa: PLC0415 - a large text

    return json.loads(aws_managed_policies_data)
