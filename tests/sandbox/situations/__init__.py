"""One situation per resource type: inputs to begin with, the same inputs changed, and what must exist before."""

from . import cloudwatch, cognito, cognito_identity, ec2, iam, kms, lambda_, rds, s3, secretsmanager, ses, sns, wafv2
from .world import DATABASE, TRUST, Situation, World

_SERVICES = (cloudwatch, cognito, cognito_identity, ec2, iam, kms, lambda_, rds, s3, secretsmanager, ses, sns, wafv2)

SITUATIONS: dict[str, Situation] = {
    token: situation for service in _SERVICES for token, situation in service.SITUATIONS.items()
}

__all__ = ["DATABASE", "SITUATIONS", "TRUST", "World"]
