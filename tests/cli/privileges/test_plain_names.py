"""Names of roles and resources are the same in every deployment."""

import pytest

from aws_mobile_cli.privileges.plain_names import plain_resource, plain_role


def test_a_role_has_the_name_that_the_program_gave_it() -> None:
    assert plain_role("arn:aws:iam::123456789012:role/backend-data-api-role-9ca9357") == "backend-data-api-role"


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        ("*", "*"),
        ("arn:aws:s3:::backend-files-bucket-da95b35/public/*", "backend-files-bucket/public/*"),
        ("arn:aws:s3:::f-da95b35/own/eu-west-1:00000000-0000-0000-0000-000000000000/f", "f/own/IDENTITY/f"),
        ("arn:aws:s3:::elasticbeanstalk-eu-west-1-123456789012/*", "elasticbeanstalk-*/*"),
        ("arn:aws:kms:eu-west-1:123456789012:key/1c5102fa-d7e6-4a41-b8f0-17e963953921", "key/*"),
        ("arn:aws:kms:eu-west-1:123456789012:key/mrk-1c5102fad7e64a41b8f017e963953921", "key/*"),
        ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-secret-alLWBG", "secret:database-secret"),
        ("arn:aws:dynamodb:eu-west-1:123456789012:table/t-b5d1a3b/stream/2026-11-23T08:08:04.576", "table/t/stream/*"),
        ("arn:aws:dynamodb:eu-west-1:123456789012:table/t-b5d1a3b/index/by-count", "table/t/index/by-count"),
        ("arn:aws:execute-api:eu-west-1:123456789012:cwpnn6a3hv/live/GET/notes/*", "*/live/GET/notes/*"),
        ("arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-124653aeb2a12c786", "subnet/subnet-*"),
        ("arn:aws:rds:eu-west-1:123456789012:db:database-replica-6860370e", "db:database-replica"),
        ("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a7888ae90", "userpool/*"),
        (
            "arn:aws:logs:eu-west-1:123456789012:log-group:sns/eu-west-1/123456789012/app/*",
            "log-group:sns/REGION/ACCOUNT/app/*",
        ),
        ("arn:aws:glue:eu-west-1:123456789012:database/app_prod_events", "database/app_STACK_events"),
        ("arn:aws:sqs:eu-west-1:123456789012:products", "products"),
    ],
)
def test_a_resource_has_nothing_of_its_deployment(pattern: str, plain: str) -> None:
    assert plain_resource(pattern, ["prod"]) == plain
