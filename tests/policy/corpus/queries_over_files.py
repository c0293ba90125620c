"""Athena over files: a workgroup whose clients may override it, one that may not, and a catalog table."""

import pulumi
import pulumi_aws as aws

EXPECTED = {"loose": "athena-workgroup", "unencrypted": "athena-workgroup"}

RESULTS = "s3://results-of-the-shop"


def program() -> None:
    key = aws.kms.Key(
        "results-key", enable_key_rotation=True, deletion_window_in_days=30, opts=pulumi.ResourceOptions(protect=True)
    )
    encrypted = {"encryption_option": "SSE_KMS", "kms_key_arn": key.arn}
    for name, enforced, encryption in (
        ("strict", True, {"encryption_configuration": encrypted}),
        ("loose", False, {"encryption_configuration": encrypted}),
        ("unencrypted", True, {}),
    ):
        aws.athena.Workgroup(
            name,
            configuration={
                "enforce_workgroup_configuration": enforced,
                "publish_cloudwatch_metrics_enabled": True,
                "result_configuration": {"output_location": f"{RESULTS}/{name}/", **encryption},
            },
        )
    database = aws.glue.CatalogDatabase("clicks", name="clicks")
    aws.glue.CatalogTable(
        "clicks-table",
        database_name=database.name,
        name="clicks",
        table_type="EXTERNAL_TABLE",
        storage_descriptor={
            "location": "s3://clicks-of-the-shop/clicks/",
            "columns": [{"name": "at", "type": "timestamp"}, {"name": "page", "type": "string"}],
        },
    )
