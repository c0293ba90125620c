"""Serves the components to programs in any of Pulumi's languages; `pulumi package add` starts it."""

from importlib.metadata import PackageNotFoundError, version

from pulumi import ComponentResource
from pulumi.provider.experimental import component_provider_host

from pulumi_aws_mobile import (
    Analytics,
    Api,
    ArchiveBucket,
    DataSync,
    DRPair,
    HAdatabase,
    Identity,
    MobileBackend,
    Network,
    Observability,
    PushNotifications,
    SelfHealing,
    TokenExchange,
    UserFiles,
    WebTier,
)

_COMPONENTS: list[type[ComponentResource]] = [
    Analytics,
    Api,
    ArchiveBucket,
    DataSync,
    DRPair,
    HAdatabase,
    Identity,
    MobileBackend,
    Network,
    Observability,
    PushNotifications,
    SelfHealing,
    TokenExchange,
    UserFiles,
    WebTier,
]


def _version() -> str | None:
    """Return the version of the installed library; none when these sources run without being installed."""
    try:
        return version("pulumi-aws-mobile")
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    component_provider_host(_COMPONENTS, name="aws-mobile", version=_version())
