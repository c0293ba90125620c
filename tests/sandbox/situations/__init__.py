"""One situation per resource type: inputs to begin with, the same inputs changed, and what must exist before."""

from . import (
    apigateway,
    cloudwatch,
    cognito,
    cognito_identity,
    ec2,
    elasticbeanstalk,
    iam,
    kms,
    lambda_,
    lb,
    rds,
    s3,
    secretsmanager,
    ses,
    sns,
    wafv2,
)
from .world import DATABASE, TRUST, Situation, World

_SERVICES = (
    apigateway,
    cloudwatch,
    cognito,
    cognito_identity,
    ec2,
    elasticbeanstalk,
    iam,
    kms,
    lambda_,
    lb,
    rds,
    s3,
    secretsmanager,
    ses,
    sns,
    wafv2,
)

SITUATIONS: dict[str, Situation] = {
    token: situation for service in _SERVICES for token, situation in service.SITUATIONS.items()
}

__all__ = ["DATABASE", "SITUATIONS", "TRUST", "World"]
