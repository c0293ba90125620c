"""The platforms that messages go through, and the log of what became of them."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import trust_document

from .documents import delivery_log, delivery_permissions, text_permissions
from .settings import PushSettings, Sms


def create_feedback(scope: Scope, settings: PushSettings, table_arn: pulumi.Output[str]) -> "aws.iam.Role | None":
    """Create the role with which SNS writes down what became of messages; none where it has nothing to write."""
    kinds = [*(["app/*"] if settings.platforms else []), *(["DirectPublishToPhoneNumber*"] if settings.sms else [])]
    if not kinds:
        return None
    role = aws.iam.Role(
        scope.child("feedback"),
        description=f"What SNS writes down of messages of {scope.name}",
        assume_role_policy=trust_document("sns.amazonaws.com"),
        tags=scope.tags("feedback"),
        opts=scope.options(),
    )
    aws.iam.RolePolicy(
        scope.child("feedback-permissions"),
        role=role.name,
        policy=table_arn.apply(lambda arn: _permissions(arn, kinds)),
        opts=scope.options(),
    )
    return role


def create_applications(
    scope: Scope, settings: PushSettings, feedback: "aws.iam.Role | None"
) -> dict[str, "aws.sns.PlatformApplication"]:
    """Create what SNS sends with, one for each platform; AWS tries the credentials when it takes them."""
    applications = {}
    for key, platform in settings.platforms.items():
        role = key.replace("_", "-")
        applications[key] = application = aws.sns.PlatformApplication(
            scope.child(role),
            platform=platform.kind,
            platform_credential=pulumi.Output.secret(platform.credential),
            platform_principal=platform.principal,
            apple_platform_team_id=platform.team_id,
            apple_platform_bundle_id=platform.bundle_id,
            failure_feedback_role_arn=None if feedback is None else feedback.arn,
            success_feedback_role_arn=None if feedback is None else feedback.arn,
            success_feedback_sample_rate=str(settings.success_percent),
            region=scope.region,
            opts=scope.options(),
        )
        # SNS would make them when it first writes, and keep them for ever.
        for log_role, end in (("deliveries", ""), ("failures", "/Failure")):
            aws.cloudwatch.LogGroup(
                scope.child(f"{role}-{log_role}"),
                name=application.arn.apply(lambda arn, end=end: f"{delivery_log(arn)}{end}"),
                retention_in_days=settings.log_retention_days,
                region=scope.region,
                tags=scope.tags(f"{role}-{log_role}"),
                opts=scope.options(),
            )
    return applications


def create_texts(  # noqa: PLR0913, PLR0917 - the parts that text messages are made of
    scope: Scope,
    settings: PushSettings,
    sms: Sms,
    feedback: "aws.iam.Role | None",
    sender_role_name: pulumi.Output[str],
    table_arn: pulumi.Output[str],
) -> None:
    """Set how text messages are sent in this account and Region, and let the sender send them."""
    aws.sns.SmsPreferences(
        scope.child("sms-preferences"),
        monthly_spend_limit=sms.monthly_spend_limit,
        default_sms_type=sms.default_type.value,
        default_sender_id=sms.sender_id,
        delivery_status_iam_role_arn=None if feedback is None else feedback.arn,
        delivery_status_success_sampling_rate=str(settings.success_percent),
        region=scope.region,
        opts=scope.options(),
    )
    aws.iam.RolePolicy(
        scope.child("sms-permissions"),
        role=sender_role_name,
        policy=table_arn.apply(lambda arn: text_permissions(arn.split(":")[1])),
        opts=scope.options(),
    )


def arns(applications: Mapping[str, "aws.sns.PlatformApplication"]) -> dict[str, pulumi.Output[str]]:
    """Return the ARNs of applications by platform."""
    return {key: application.arn for key, application in applications.items()}


def _permissions(table_arn: str, kinds: Sequence[str]) -> str:
    """Return what SNS may write in the account and Region of the table."""
    _, partition, _, region, account, _ = table_arn.split(":", 5)
    return delivery_permissions(partition, region, account, kinds)
