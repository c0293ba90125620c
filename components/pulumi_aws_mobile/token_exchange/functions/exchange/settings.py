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

    @property
    def region(self) -> str:
        """The Region of the user pool."""
        return self.user_pool_id.partition("_")[0]

    @property
    def user_pool_provider(self) -> str:
        """What the user pool is called among providers."""
        return f"cognito-idp.{self.region}.amazonaws.com/{self.user_pool_id}"


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
    )
