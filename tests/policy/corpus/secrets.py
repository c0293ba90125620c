"""Secrets: one that disappears at once when it is deleted, one without a key, and one that a function rotates."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"hasty": "guard-protect secret-recovery", "keyless": "secret-recovery"}


def program() -> None:
    keep = pulumi.ResourceOptions(protect=True)
    key = aws.kms.Key("secrets-key", enable_key_rotation=True, deletion_window_in_days=30, opts=keep)
    hasty = aws.secretsmanager.Secret("hasty", recovery_window_in_days=0, kms_key_id=key.arn)
    aws.secretsmanager.SecretVersion(
        "hasty-value", secret_id=hasty.id, secret_string=pulumi.Config().require_secret("password")
    )
    aws.secretsmanager.Secret("keyless", opts=keep)
    kept = aws.secretsmanager.Secret("kept", kms_key_id=key.arn, recovery_window_in_days=30, opts=keep)
    aws.secretsmanager.SecretVersion(
        "kept-value",
        secret_id=kept.id,
        secret_string=pulumi.Output.json_dumps({"password": pulumi.Config().require_secret("password")}),
        opts=pulumi.ResourceOptions(ignore_changes=["secretString"]),
    )
    aws.secretsmanager.SecretRotation(
        "kept-rotation",
        secret_id=kept.id,
        rotation_lambda_arn="arn:aws:lambda:eu-west-1:123456789012:function:rotate",
        rotation_rules={"automatically_after_days": 30},
    )
