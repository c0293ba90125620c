"""The account's role for logs: one that exists and that API Gateway may take."""

from typing import Any

from pulumi_aws_sandbox.gaps import apigateway_patches as patches
from pulumi_aws_sandbox.gaps.apigateway_refusals import refuse
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access import sessions
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.policies import Principal

_SERVICE = "apigateway.amazonaws.com"
_NO_TRUST = (
    "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add "
    "the required role policy."
)


def fill() -> None:
    """Teach moto's account settings."""
    from moto.apigateway.models import APIGatewayBackend  # noqa: PLC0415 - moto loads only when deploying

    replace(APIGatewayBackend, "update_account", lambda _: _update)


def _update(self: Any, operations: Any) -> Any:  # noqa: ANN401 - moto's own types
    def role(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        if kind == "remove" or not value:
            self.account.cloudwatch_role_arn = None
            return
        try:
            sessions.check_trust(value, "sts:AssumeRole", Principal(service=_SERVICE))
        except RefusedError:
            refuse(_NO_TRUST)
        self.account.cloudwatch_role_arn = value

    def features(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        if kind == "remove":
            refuse("Usage Plans cannot be disabled once enabled")
        self.account.features = sorted({*(self.account.features or []), value})

    patches.apply(operations, {"/cloudwatchRoleArn": role, "/features": features})
    return self.account
