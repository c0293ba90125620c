"""The permissions of a web tier's roles. Pure: names in, statements out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.archive_bucket.documents import bucket_policy
from pulumi_aws_mobile.statements import StatementArgs

SERVICE_TRUST = {"StringEquals": {"sts:ExternalId": "elasticbeanstalk"}}
"""What Elastic Beanstalk says when it takes its role.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-servicerole.html"""
MANAGED_POLICIES = {
    "enhanced-health": "service-role/AWSElasticBeanstalkEnhancedHealth",
    "managed-updates": "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
}
"""AWS's own policies for the service role, by role of the child.

They are not narrowed down here: Elastic Beanstalk builds load balancers, groups and templates with this role, in ways
that change with it, and nothing of the application ever runs with it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the documents name."""

    partition: str
    region: str
    account: str
    prefix: str
    """What the names of the environments start with."""
    bundle_bucket_arn: str
    bundle_key_arn: str

    def service(self, name: str) -> str:
        """Return what KMS calls a service in this Region."""
        return f"{name}.{self.region}.amazonaws.com{'.cn' if self.partition == 'aws-cn' else ''}"

    def arn(self, service: str, rest: str) -> str:
        """Return the ARN of something of this account and Region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{rest}"


def secret_arn(reference: str) -> str:
    """Return the ARN in a reference to a secret, which may end in the key of a JSON value."""
    return ":".join(reference.split(":")[:7])


def instance_statements(
    facts: Facts, application: str, secrets: Sequence[str], secret_keys: Sequence[str]
) -> list[StatementArgs]:
    """Return what the instances may do: what the platform needs, for this application only, and read its secrets.

    AWS's policy for web tiers says the same of all applications of the account. The folders of environments in Elastic
    Beanstalk's bucket are everybody's here too: their ids come with the environments.
    https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.iam.cross-env-s3-access.html
    """
    bucket = f"arn:{facts.partition}:s3:::elasticbeanstalk-{facts.region}-{facts.account}"
    below = "resources/environments/*"
    statements: list[StatementArgs] = [
        {
            "actions": ["elasticbeanstalk:PutInstanceStatistics"],
            "resources": [
                facts.arn("elasticbeanstalk", f"application/{application}"),
                facts.arn("elasticbeanstalk", f"environment/{application}/*"),
            ],
        },
        {
            "actions": [
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ],
            "resources": [facts.arn("logs", f"log-group:/aws/elasticbeanstalk/{facts.prefix}-*")],
        },
        {"actions": ["s3:GetObject", "s3:PutObject"], "resources": [f"{bucket}/{below}"]},
        {
            "actions": ["s3:ListBucket"],
            "resources": [bucket],
            "conditions": {"StringLike": {"s3:prefix": [below]}},
        },
        {"actions": ["s3:GetObject"], "resources": [f"{facts.bundle_bucket_arn}/*"]},
        _decrypt([facts.bundle_key_arn], facts.service("s3")),
    ]
    if secrets:
        arns = sorted({secret_arn(reference) for reference in secrets})
        statements.append({"actions": ["secretsmanager:GetSecretValue"], "resources": [*arns]})
    if secret_keys:
        statements.append(_decrypt(sorted(set(secret_keys)), facts.service("secretsmanager")))
    return statements


def service_statements(facts: Facts) -> list[StatementArgs]:
    """Return what Elastic Beanstalk may do with the bundles, besides AWS's own policies: read and delete them."""
    return [
        {
            "actions": ["s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion"],
            "resources": [f"{facts.bundle_bucket_arn}/*"],
        },
        _decrypt([facts.bundle_key_arn], facts.service("s3")),
    ]


def log_bucket_policy(facts: Facts, bucket_arn: str) -> dict[str, Any]:
    """Return the policy of the log bucket: TLS only, and writing for the load balancers and for S3's own logs.

    Load balancers of other accounts write below the numbers of these accounts, so the path keeps them out.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    """
    policy = bucket_policy(bucket_arn, None, (facts.bundle_bucket_arn, facts.account))
    delivery = {
        "Sid": "AllowLoadBalancers",
        "Effect": "Allow",
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"{bucket_arn}/*/AWSLogs/{facts.account}/*",
    }
    return {**policy, "Statement": [*policy["Statement"], delivery]}


def _decrypt(keys: Sequence[str], service: str) -> StatementArgs:
    return {
        "actions": ["kms:Decrypt"],
        "resources": [*keys],
        "conditions": {"StringEquals": {"kms:ViaService": [service]}},
    }
