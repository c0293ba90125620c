"""What an execution environment is made of: code and settings, the role's credentials, the variables."""

import os
from typing import Any

from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.sessions import Session, assume_as_service
from pulumi_aws_sandbox.runtime.function_logs import logging_config
from pulumi_aws_sandbox.runtime.plan import Plan

_SERVICE = "lambda.amazonaws.com"
_SESSION_SECONDS = 12 * 3600


def plan_of(function: Any) -> Plan:  # noqa: ANN401 - moto's own type
    """Return what an execution environment of a function is made of."""
    logging = logging_config(function)
    return Plan(
        name=function.function_name,
        version=str(function.version),
        arn=function.function_arn,
        region=function.region,
        runtime=function.run_time,
        handler=function.handler,
        timeout_seconds=int(function.timeout),
        memory_mib=int(function.memory_size),
        role_arn=function.role,
        log_group=logging["LogGroup"],
        log_format=logging["LogFormat"],
        log_level=logging.get("ApplicationLogLevel", "INFO"),
        system_log_level=logging.get("SystemLogLevel", "INFO"),
        environment=tuple(sorted(function.environment_vars.items())),
        code=function.code_bytes,
    )


def session_of(plan: Plan) -> Session:
    """Take the function's role, as Lambda does; refuse to run it where the role does not trust Lambda any more."""
    from pulumi_aws_sandbox.gaps.lambda_refusals import refuse  # noqa: PLC0415 - loads only when deploying

    try:
        return assume_as_service(plan.role_arn, _SERVICE, plan.name, seconds=_SESSION_SECONDS)
    except RefusedError:
        refuse("AccessDeniedException", "The role defined for the function cannot be assumed by Lambda.", 403)


def variables_of(plan: Plan, url: str, credentials: tuple[str, str, str], stream: str) -> dict[str, str]:
    """Return the environment variables of a function: its own, and those that Lambda sets.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    """
    key, secret, token = credentials
    levels = {"AWS_LAMBDA_LOG_FORMAT": plan.log_format, "AWS_LAMBDA_LOG_LEVEL": plan.log_level}
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        **dict(plan.environment),
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_SESSION_TOKEN": token,
        "AWS_REGION": plan.region,
        "AWS_DEFAULT_REGION": plan.region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{plan.runtime}",
        "AWS_LAMBDA_FUNCTION_NAME": plan.name,
        "AWS_LAMBDA_FUNCTION_VERSION": plan.version,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(plan.memory_mib),
        "AWS_LAMBDA_LOG_GROUP_NAME": plan.log_group,
        "AWS_LAMBDA_LOG_STREAM_NAME": stream,
        "_HANDLER": plan.handler,
        **(levels if plan.log_format == "JSON" else {}),
        # All of AWS is the sandbox's, and nothing of the user's own account can be found.
        "AWS_ENDPOINT_URL": url,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
