"""An environment's settings as Elastic Beanstalk's option settings. Pure.

They come sorted, each once, as texts: otherwise every run would show differences that are none.
https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from . import options_around as around
from . import options_inside as inside
from .environment_parts import EnvironmentSettings
from .options_around import Ground


@dataclass(frozen=True, slots=True)
class Setting:
    """One option setting."""

    namespace: str
    name: str
    value: pulumi.Input[str]


def option_settings(
    environment: EnvironmentSettings, ground: Ground, properties: Mapping[str, pulumi.Input[str]]
) -> list[Setting]:
    """Return the option settings of an environment in the order of their namespaces and names.

    `properties` are the environment properties, checked; the secrets are those of the settings.
    """
    parts = (
        around.network(ground),
        around.roles(ground),
        inside.instances(environment),
        inside.scaling(environment),
        inside.deployment(environment),
        inside.configuration_updates(environment),
        around.load_balancer(environment, ground),
        around.listeners(ground.https),
        inside.health(environment),
        inside.platform(environment),
        inside.managed_updates(environment, ground),
        inside.logs(environment),
        iter([("aws:elasticbeanstalk:application:environment", properties)]),
        iter([("aws:elasticbeanstalk:application:environmentsecrets", environment.secrets)]),
    )
    found = {
        (namespace, name): value
        for part in parts
        for namespace, options in part
        for name, value in options.items()
        if value is not None
    }
    return [Setting(namespace, name, _text(found[namespace, name])) for namespace, name in sorted(found)]


def _text(value: Any) -> pulumi.Input[str]:  # noqa: ANN401 - a plain value, or an output of a text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else value
