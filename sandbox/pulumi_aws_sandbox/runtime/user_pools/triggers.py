"""A pool's Lambda triggers: the documented event goes to the deployed function, its response comes back.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

import copy
from dataclasses import dataclass

from pulumi_aws_sandbox.runtime.user_pools.errors import refuse
from pulumi_aws_sandbox.runtime.user_pools.records import Client, Json, Pool, User

_NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"
_SERVICE = "cognito-idp.amazonaws.com"
# What the runtime itself reports, as against an exception of the function's own code.
_RUNTIME_ERRORS = ("Runtime.", "Sandbox.", "Lambda.")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a trigger runs: the source as events name it, and the user it is about."""

    pool: Pool
    client: Client | None
    source: str
    username: str

    @property
    def trigger(self) -> str:
        """Return the name of the trigger in the pool's Lambda configuration."""
        name = self.source.partition("_")[0]
        return "PreTokenGeneration" if name == "TokenGeneration" else name


def is_set(pool: Pool, trigger: str) -> bool:
    """Tell whether a pool has a trigger."""
    return _function(pool, trigger) is not None


def token_version(pool: Pool) -> str:
    """Return the version of the pre-token trigger's event: "1", "2" or "3"."""
    given = (pool.extended_config.get("LambdaConfig") or {}).get("PreTokenGenerationConfig") or {}
    return str(given.get("LambdaVersion") or "V1_0")[1]


def _function(pool: Pool, trigger: str) -> str | None:
    config = pool.extended_config.get("LambdaConfig") or {}
    if trigger == "PreTokenGeneration":
        return (config.get("PreTokenGenerationConfig") or {}).get("LambdaArn") or config.get(trigger)
    return config.get(trigger)


def user_attributes(user: User | None) -> dict[str, str]:
    """Return the attributes of a user as a trigger sees them."""
    if user is None:
        return {}
    return {**user.attribute_lookup, "cognito:user_status": str(getattr(user.status, "value", user.status))}


def run(occasion: Occasion, request: Json, response: Json, version: str = "1") -> Json:
    """Invoke a trigger and return its response; the default response if the pool has no such trigger."""
    pool, client, trigger = occasion.pool, occasion.client, occasion.trigger
    arn = _function(pool, trigger)
    if arn is None:
        return response
    event = {
        "version": version,
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": occasion.username,
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": _NO_CLIENT if client is None else client.id,
        },
        "triggerSource": occasion.source,
        "request": request,
        "response": response,
    }
    result = _invoke(pool, trigger, arn, copy.deepcopy(event))
    answered = result.get("response") if isinstance(result, dict) else None
    if not isinstance(answered, dict):
        refuse("InvalidLambdaResponseException", "Unrecognizable lambda output")
    return response | answered


def _invoke(pool: Pool, trigger: str, arn: str, event: Json) -> Json:
    from pulumi_aws_sandbox.runtime import functions  # noqa: PLC0415 - only a pool with triggers needs it

    try:
        return functions.invoke(pool.region, arn, event, as_service=_SERVICE, source_arn=pool.arn)
    except functions.FunctionFailedError as error:
        if error.error_type.startswith("AccessDenied"):
            reason = f"{trigger} invocation failed due to error AccessDeniedException."
            refuse("UnexpectedLambdaException", reason)
        code = "UserLambdaValidationException"
        if error.error_type.startswith((*_RUNTIME_ERRORS, "ResourceNotFound")):
            code = "UnexpectedLambdaException"
        refuse(code, f"{trigger} failed with error {error.message}.")
