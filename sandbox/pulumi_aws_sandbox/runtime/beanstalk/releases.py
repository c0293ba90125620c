"""A deployment as it can be rolled out: with what its bundle says, and its options read."""

from collections.abc import Callable
from dataclasses import dataclass

from pulumi_aws_sandbox.runtime.beanstalk import bundle, options
from pulumi_aws_sandbox.runtime.beanstalk.bundle import Bundle
from pulumi_aws_sandbox.runtime.beanstalk.deployment import Deployment, Settings
from pulumi_aws_sandbox.runtime.beanstalk.options import Options


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A deployment with its bundle and options."""

    deployment: Deployment
    bundle: Bundle
    options: Options

    def differs_for_application(self, other: "Release") -> bool:
        """Tell whether instances that have `other` need a deployment to have this one."""
        mine, its = self.deployment, other.deployment
        return (mine.version_label, mine.bundle) != (its.version_label, its.bundle) or _part(self, _application) != (
            _part(other, _application)
        )

    def differs_for_instances(self, other: "Release") -> bool:
        """Tell whether instances that have `other` must be replaced to have this one."""
        return _part(self, _instances) != _part(other, _instances)


def of(deployment: Deployment) -> Release:
    """Read a deployment; raise `ValueError` for a bundle or an option that cannot be read.

    The environment's own settings win over those that the bundle brings.
    """
    found = bundle.read(deployment.bundle)
    settings: Settings = {**found.settings, **deployment.settings}
    return Release(deployment, found, options.read(settings))


def _application(key: tuple[str, str]) -> bool:
    return key[0] in options.APPLICATION


def _instances(key: tuple[str, str]) -> bool:
    return key[0] in options.INSTANCES or key in options.NEW_PLACES


def _part(release: Release, wanted: Callable[[tuple[str, str]], bool]) -> dict[tuple[str, str], str]:
    return {key: value for key, value in release.options.settings.items() if wanted(key)}
