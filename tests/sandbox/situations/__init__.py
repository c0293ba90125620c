"""One situation per resource type: inputs to begin with, the same inputs changed, and what must exist before."""

from . import (
    apigateway,
    athena,
    budgets,
    cloudformation,
    cloudwatch,
    cognito,
    cognito_identity,
    dynamodb,
    ec2,
    elasticbeanstalk,
    events,
    firehose,
    glue,
    iam,
    kinesis,
    kms,
    lambda_,
    lb,
    rds,
    route53,
    s3,
    secretsmanager,
    ses,
    sns,
    sqs,
    wafv2,
)
from .world import DATABASE, TRUST, Situation, World

_SERVICES = (
    apigateway,
    athena,
    budgets,
    cloudformation,
    cloudwatch,
    cognito,
    cognito_identity,
    dynamodb,
    ec2,
    elasticbeanstalk,
    events,
    firehose,
    glue,
    iam,
    kinesis,
    kms,
    lambda_,
    lb,
    rds,
    route53,
    s3,
    secretsmanager,
    ses,
    sns,
    sqs,
    wafv2,
)

SITUATIONS: dict[str, Situation] = {
    token: situation for service in _SERVICES for token, situation in service.SITUATIONS.items()
}

__all__ = ["DATABASE", "SITUATIONS", "TRUST", "World"]
