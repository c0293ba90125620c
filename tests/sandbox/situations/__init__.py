"""One situation per resource type: inputs to begin with, the same inputs changed, and what must exist before."""

from . import cloudwatch, ec2, iam, kms, rds, s3, secretsmanager, sns
from .world import DATABASE, TRUST, Situation, World

_SERVICES = (cloudwatch, ec2, iam, kms, rds, s3, secretsmanager, sns)

SITUATIONS: dict[str, Situation] = {
    token: situation for service in _SERVICES for token, situation in service.SITUATIONS.items()
}

__all__ = ["DATABASE", "SITUATIONS", "TRUST", "World"]
