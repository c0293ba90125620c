"""What the functions that Cognito calls may do, as statements. Pure: ARNs in, statements out."""

from collections.abc import Iterable
from email.utils import parseaddr

import pulumi

from pulumi_aws_mobile.statements import StatementArgs

from .settings import EmailSender


def read_secret(secret_arn: pulumi.Input[str], kms_key_arn: pulumi.Input[str] | None) -> list[StatementArgs]:
    """Return the permission to read one secret, and to use its key for that alone."""
    read: StatementArgs = {"actions": ["secretsmanager:GetSecretValue"], "resources": [secret_arn]}
    if kms_key_arn is None:
        return [read]
    service = pulumi.Output.from_input(secret_arn).apply(_secrets_manager_of)
    decrypt: StatementArgs = {
        "actions": ["kms:Decrypt"],
        "resources": [kms_key_arn],
        "conditions": {"StringEquals": {"kms:ViaService": [service]}},
    }
    return [read, decrypt]


def send_email(sender: EmailSender) -> list[StatementArgs]:
    """Return the permission to send from one address by one SES identity."""
    resources: list[pulumi.Input[str]] = [sender.identity_arn]
    if sender.configuration_set is not None:
        arn = pulumi.Output.all(sender.identity_arn, sender.configuration_set)
        resources.append(arn.apply(lambda found: _configuration_set_arn(*found)))
    return [
        {
            "actions": ["ses:SendEmail"],
            "resources": resources,
            "conditions": {"StringEquals": {"ses:FromAddress": [parseaddr(sender.from_address)[1]]}},
        }
    ]


def invoke(function_arns: Iterable[pulumi.Input[str]]) -> list[StatementArgs]:
    """Return the permission to call these functions; none where there are none."""
    arns = list(function_arns)
    return [{"actions": ["lambda:InvokeFunction"], "resources": arns}] if arns else []


def move_users(user_pool_arn: pulumi.Input[str]) -> list[StatementArgs]:
    """Return the permission to check passwords in a user pool, and to read its users."""
    return [{"actions": ["cognito-idp:AdminGetUser", "cognito-idp:AdminInitiateAuth"], "resources": [user_pool_arn]}]


def _secrets_manager_of(secret_arn: str) -> str:
    _, partition, _, region, *_ = secret_arn.split(":")
    suffix = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    return f"secretsmanager.{region}.{suffix}"


def _configuration_set_arn(identity_arn: str, configuration_set: str) -> str:
    return f"{identity_arn.rpartition(':identity/')[0]}:configuration-set/{configuration_set}"
