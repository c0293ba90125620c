"""The `Function` component."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.statements import policy_document, trust_document
from pulumi_aws_mobile.tags import named

from .args import FunctionArgs
from .documents import permissions
from .environment import without_secrets
from .settings import FunctionSettings, resolve

_RUNTIME = "python3.13"
_ARCHITECTURE = "arm64"
"""Graviton: the same work for less money; what the archive holds is Python source, which runs on either."""
_LEVEL = "INFO"
_PERIOD_SECONDS = 300


class Function(pulumi.ComponentResource):
    """A Lambda function in Python, with a role of its own that may do what was asked for and nothing else.

    Creates: the role and its permissions; the log group, with a retention, before the function, so that Lambda does not
    make one that keeps everything for ever; the function itself; where asked, an alarm on its failures; and a
    permission for each caller that `allow` names. It deliberately has no network of its own, installs no packages
    (boto3 is there), traces nothing, and makes no queue for events that failed: it fills the one it is given.
    """

    arn: pulumi.Output[str]
    """The ARN of the function."""
    function_name: pulumi.Output[str]
    """The name of the function."""
    role_name: pulumi.Output[str]
    """The name of the function's role."""
    role_arn: pulumi.Output[str]
    """The ARN of the function's role."""
    log_group_name: pulumi.Output[str]
    """The name of the log group that the function writes to."""

    def __init__(self, name: str, args: FunctionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create the function; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:Function", name, {}, opts)
        self._name = name
        self._region = settings.region
        role = _create_role(self, name, settings)
        log_group = _create_log_group(self, name, settings)
        granted = _create_permissions(self, name, settings, role, log_group)
        function = _create_function(self, name, settings, role, log_group, granted)
        _create_alarm(self, name, settings, function)

        self.arn = function.arn
        self.function_name = function.name
        self.role_name = role.name
        self.role_arn = role.arn
        self.log_group_name = log_group.name
        self.register_outputs({output: getattr(self, output) for output in _OUTPUTS})

    def allow(self, who: str, principal: str, source_arn: pulumi.Input[str]) -> None:
        """Let an AWS service invoke the function for one of its resources; `who` names the permission."""
        aws.lambda_.Permission(
            f"{self._name}-from-{who}",
            action="lambda:InvokeFunction",
            function=self.function_name,
            principal=principal,
            source_arn=source_arn,
            region=self._region,
            opts=pulumi.ResourceOptions(parent=self),
        )


_OUTPUTS = ("arn", "function_name", "role_name", "role_arn", "log_group_name")


def _create_role(parent: pulumi.Resource, name: str, settings: FunctionSettings) -> "aws.iam.Role":
    role_name = f"{name}-role"
    return aws.iam.Role(
        role_name,
        description=f"What the function {name} may do",
        assume_role_policy=trust_document("lambda.amazonaws.com"),
        tags=named(role_name, settings.tags),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _create_log_group(parent: pulumi.Resource, name: str, settings: FunctionSettings) -> "aws.cloudwatch.LogGroup":
    log_group_name = f"{name}-logs"
    return aws.cloudwatch.LogGroup(
        log_group_name,
        retention_in_days=settings.log_retention_days,
        region=settings.region,
        tags=named(log_group_name, settings.tags),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _create_permissions(
    parent: pulumi.Resource,
    name: str,
    settings: FunctionSettings,
    role: "aws.iam.Role",
    log_group: "aws.cloudwatch.LogGroup",
) -> "aws.iam.RolePolicy":
    return aws.iam.RolePolicy(
        f"{name}-permissions",
        role=role.name,
        policy=policy_document(permissions(log_group.arn, settings.dead_letter_arn, settings.statements)),
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _create_function(  # noqa: PLR0913, PLR0917 - the parts that a function is made of
    parent: pulumi.Resource,
    name: str,
    settings: FunctionSettings,
    role: "aws.iam.Role",
    log_group: "aws.cloudwatch.LogGroup",
    granted: "aws.iam.RolePolicy",
) -> "aws.lambda_.Function":
    function_name = f"{name}-function"
    # File by file: the hash of such an archive tells of names and contents alone, not of where or when they were
    # written, so that no machine sees a difference that is none.
    code = pulumi.AssetArchive({path: pulumi.FileAsset(file) for path, file in settings.files.items()})
    variables = without_secrets(name, settings.environment)
    letters = settings.dead_letter_arn
    return aws.lambda_.Function(
        function_name,
        description=settings.description,
        runtime=_RUNTIME,
        architectures=[_ARCHITECTURE],
        code=code,
        handler=settings.handler,
        role=role.arn,
        environment=aws.lambda_.FunctionEnvironmentArgs(variables=variables) if variables else None,
        dead_letter_config=None if letters is None else aws.lambda_.FunctionDeadLetterConfigArgs(target_arn=letters),
        timeout=settings.timeout_seconds,
        memory_size=settings.memory_mib,
        reserved_concurrent_executions=settings.reserved_concurrency,
        logging_config={
            "log_format": "JSON",
            "log_group": log_group.name,
            "application_log_level": _LEVEL,
            "system_log_level": _LEVEL,
        },
        region=settings.region,
        tags=named(function_name, settings.tags),
        # The first event may come as soon as the function exists.
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[granted]),
    )


def _create_alarm(
    parent: pulumi.Resource, name: str, settings: FunctionSettings, function: "aws.lambda_.Function"
) -> None:
    if settings.alarm_topic_arn is None:
        return
    alarm_name = f"{name}-errors"
    aws.cloudwatch.MetricAlarm(
        alarm_name,
        alarm_description=f"The function {name} failed",
        namespace="AWS/Lambda",
        metric_name="Errors",
        dimensions={"FunctionName": function.name},
        statistic="Sum",
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        period=_PERIOD_SECONDS,
        evaluation_periods=1,
        treat_missing_data="notBreaching",  # Lambda publishes nothing while nobody calls
        alarm_actions=[settings.alarm_topic_arn],
        ok_actions=[settings.alarm_topic_arn],
        region=settings.region,
        tags=named(alarm_name, settings.tags),
        opts=pulumi.ResourceOptions(parent=parent),
    )
