"""The systems that a mobile backend is made of, as a run tells of them."""

from enum import Enum


class System(Enum):
    """One system: its number and its name."""

    CLIENTS = "Client side"
    USER_POOLS = "Cognito user pools"
    IDENTITY_POOLS = "Cognito identity pools"
    DATA_SYNC = "Data sync"
    API_GATEWAY = "API Gateway"
    WEB_SERVERS = "Elastic Beanstalk"
    DATABASES = "RDS"
    RECOVERY = "Disaster recovery"
    ARCHIVES = "S3 and Glacier"
    PUSH = "SNS and push"
    ANALYTICS = "Analytics"
    HEALING = "Alarms and healing"
    ENVIRONMENTS = "Environments"

    @property
    def number(self) -> str:
        """Its place: M1 to M13."""
        return f"M{list(System).index(self) + 1}"
