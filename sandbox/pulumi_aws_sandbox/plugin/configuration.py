"""The packages that the sandbox stands in for: the settings they take, the AWS they reach."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pulumi_aws_sandbox import wire
from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.handler import Properties
from pulumi_aws_sandbox.plugin.errors import ConfigurationError

URL_VARIABLE = "PULUMI_AWS_SANDBOX_URL"
"""The environment variable that holds the address of the sandbox's AWS."""

# They only say how the real AWS is reached; the sandbox reaches its own and nothing else.
_WITHOUT_EFFECT = frozenset(
    {
        "accessKey",
        "customCaBundle",
        "endpoints",
        "httpProxy",
        "httpsProxy",
        "maxRetries",
        "noProxy",
        "profile",
        "region",
        "retryMode",
        "s3UsePathStyle",
        "secretKey",
        "sharedConfigFiles",
        "sharedCredentialsFiles",
        "skipCredentialsValidation",
        "skipMetadataApiCheck",
        "skipRegionValidation",
        "skipRequestingAccountId",
        "token",
        "useDualstackEndpoint",
        "useFipsEndpoint",
        "version",
    }
)


@dataclass(frozen=True, slots=True)
class Package:
    """One provider that the sandbox stands in for."""

    name: str
    """The package in type tokens."""
    distribution: str
    """The Python distribution of its SDK, whose version the plugin reports."""
    problems: Callable[[Properties], list[tuple[str, str]]]
    """Returns what is wrong with the provider's settings, as (setting, reason)."""
    connect: Callable[[Properties], Sandbox]
    """Returns the sandbox for settings without secret wrappers; raises `ConfigurationError` if it cannot."""


def aws_problems(settings: Properties) -> list[tuple[str, str]]:
    """Return the settings that would change what is deployed and that the sandbox does not know."""
    return [
        (key, f"the sandbox does not support the provider setting {key}; leave it out of the stacks that run on it")
        for key in sorted(settings)
        if key not in _WITHOUT_EFFECT and not _is_empty(settings[key])
    ]


def aws_sandbox(settings: Properties, environment: Mapping[str, str] = os.environ) -> Sandbox:
    """Reach the sandbox's AWS, in the Region of the settings or else of the environment."""
    region = settings.get("region") or environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION")
    if not region:
        message = "aws: the Region is missing; set it with `pulumi config set aws:region <region>`"
        raise ConfigurationError(message)
    url = environment.get(URL_VARIABLE)
    if not url:
        message = (
            f"aws: {URL_VARIABLE} is not set; start the sandbox with `python -m pulumi_aws_sandbox.serve` "
            "and set it to the URL that it prints"
        )
        raise ConfigurationError(message)
    try:
        return Sandbox(server(url, region))
    except ValueError as error:
        message = f"aws: {URL_VARIABLE}: {error}"
        raise ConfigurationError(message) from error


class NoAws:
    """Stands where a provider without an AWS would reach for one."""

    region = "none"
    account = ACCOUNT
    partition = PARTITION

    def __call__(self, service: str, region: str | None = None) -> object:
        """Refuse: nothing of this provider may call AWS."""
        message = f"this provider has no AWS, but was asked for {service} in {region}"
        raise NotImplementedError(message)


def _is_empty(value: object) -> bool:
    """Tell whether a setting says nothing; the engine sends those that are not text as JSON."""
    plain = wire.plain(value)
    if isinstance(plain, str):
        try:
            plain = json.loads(plain)
        except json.JSONDecodeError:
            return not plain
    return plain in (None, "", [], {}, False)


PACKAGES: dict[str, Package] = {
    "aws": Package("aws", "pulumi-aws", aws_problems, aws_sandbox),
    "random": Package("random", "pulumi-random", lambda _: [], lambda _: Sandbox(NoAws())),
}
"""The packages by name."""
