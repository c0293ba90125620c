"""Serves the components to programs in any of Pulumi's languages; `pulumi package add` starts it."""

from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pulumi import ComponentResource
from pulumi.errors import InputPropertiesError
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
from pulumi_aws_mobile.errors import ArgsError

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


def _refusing(component: type[ComponentResource]) -> type[ComponentResource]:
    """Have a component say what is wrong with its arguments without a traceback, which Pulumi would show otherwise."""
    create: Any = component.__init__

    @wraps(create)
    def refusing(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - whatever the component takes
        try:
            create(*args, **kwargs)
        except ArgsError as error:
            raise InputPropertiesError(str(error)) from error

    component.__init__ = refusing
    return component


if __name__ == "__main__":
    component_provider_host([_refusing(each) for each in _COMPONENTS], name="aws-mobile", version=_version())
