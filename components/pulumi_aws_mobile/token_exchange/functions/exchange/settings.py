"""How this function was deployed."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says."""

    key_arn: str
    key_id: str
    """By what the published keys name this one."""
    issuer: str
    audience: str
    lifetime_seconds: int
    user_pool_id: str
    identity_pool_id: str | None

    replica_region: str | None = None
    """Where users are looked up; `None` where the user pool itself is."""

    @property
    def region(self) -> str:
        """The Region in which users are looked up."""
        return self.replica_region or self.user_pool_id.partition("_")[0]

    @property
    def user_pool_provider(self) -> str:
        """What the user pool is called among providers, wherever a replica of it is."""
        return f"cognito-idp.{self.user_pool_id.partition('_')[0]}.amazonaws.com/{self.user_pool_id}"


def settings() -> Settings:
    """Read the environment."""
    return Settings(
        key_arn=os.environ["KEY_ARN"],
        key_id=os.environ["KEY_ID"],
        issuer=os.environ["ISSUER"],
        audience=os.environ["AUDIENCE"],
        lifetime_seconds=int(os.environ["LIFETIME_SECONDS"]),
        user_pool_id=os.environ["USER_POOL_ID"],
        identity_pool_id=os.environ.get("IDENTITY_POOL_ID"),
        replica_region=os.environ.get("USER_POOL_REGION"),
    )
