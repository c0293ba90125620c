"""Backups of everything that is tagged, into an encrypted vault, copied into another Region."""

import json

import pulumi
import pulumi_aws as aws

EXPECTED: dict[str, str] = {}


def program() -> None:
    keep = pulumi.ResourceOptions(protect=True)
    key = aws.kms.Key("backup-key", enable_key_rotation=True, deletion_window_in_days=30, opts=keep)
    there = pulumi.ResourceOptions(provider=aws.Provider("there", region="eu-central-1"))
    vault = aws.backup.Vault("vault", kms_key_arn=key.arn, opts=keep)
    copies = aws.backup.Vault("copies", opts=pulumi.ResourceOptions.merge(there, keep))
    aws.backup.VaultLockConfiguration(
        "vault-lock", backup_vault_name=vault.name, min_retention_days=7, max_retention_days=400
    )
    plan = aws.backup.Plan(
        "nightly",
        rules=[
            {
                "rule_name": "nightly",
                "target_vault_name": vault.name,
                "schedule": "cron(0 3 * * ? *)",
                "lifecycle": {"cold_storage_after": 30, "delete_after": 365},
                "copy_actions": [{"destination_vault_arn": copies.arn, "lifecycle": {"delete_after": 90}}],
            }
        ],
    )
    role = aws.iam.Role(
        "backup-role",
        assume_role_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
                ],
            }
        ),
    )
    for name in ("ForBackup", "ForRestores"):
        aws.iam.RolePolicyAttachment(
            f"backup-{name}",
            role=role.name,
            policy_arn=f"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicy{name}",
        )
    aws.backup.Selection(
        "tagged",
        plan_id=plan.id,
        iam_role_arn=role.arn,
        selection_tags=[{"type": "STRINGEQUALS", "key": "backup", "value": "nightly"}],
    )
