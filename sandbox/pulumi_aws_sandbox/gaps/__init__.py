"""What moto lacks, filled in one place; `sandbox/README.md` lists it."""

from importlib import import_module

_GAPS = (
    "access",
    "acm_certificates",
    "apigateway_account",
    "apigateway_apis",
    "apigateway_deployments",
    "apigateway_documents",
    "apigateway_domains",
    "apigateway_door",
    "apigateway_exports",
    "apigateway_plans",
    "apigateway_stages",
    "apigateway_tags",
    "apigatewayv2_links",
    "cognito_identity_credentials",
    "cognito_identity_roles",
    "cognito_idp_keys",
    "cognito_idp_sign_in",
    "cognito_idp_sign_up",
    "cognito_idp_users",
    "cognito_pool_clients",
    "cognito_pool_domains",
    "cognito_pool_mfa",
    "cognito_pool_options",
    "cognito_pool_providers",
    "cognito_pool_settings",
    "ec2_endpoints",
    "ec2_images",
    "ec2_rules",
    "elasticbeanstalk_applications",
    "elasticbeanstalk_environments",
    "elasticbeanstalk_platforms",
    "elasticbeanstalk_reports",
    "elasticbeanstalk_tags",
    "elasticbeanstalk_templates",
    "elasticbeanstalk_versions",
    "elbv2_listeners",
    "iam_managed_policies",
    "iam_providers",
    "kms_signing",
    "lambda_functions",
    "lambda_invoke",
    "logs_keys",
    "outbox",
    "rds_backups",
    "rds_clusters",
    "rds_events",
    "rds_failover",
    "rds_groups",
    "rds_instances",
    "rds_managed_secrets",
    "s3_documents",
    "s3_logging",
    "s3_policies",
    "secret_replicas",
    "ses_identities",
    "sts_sessions",
    "wafv2_acls",
)


def fill() -> None:
    """Add to moto what it lacks, in this process; doing it again changes nothing.

    The gaps are loaded only now, and moto with them: a preview must not pay for either.
    """
    for gap in _GAPS:
        import_module(f"{__name__}.{gap}").fill()
