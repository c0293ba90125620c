"""What an instance finds in its environment: the environment's properties, secrets and local databases.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT, PARTITION, Connection
from pulumi_aws_sandbox.runtime import databases
from pulumi_aws_sandbox.runtime.access.errors import RefusedError
from pulumi_aws_sandbox.runtime.access.sessions import assume_as_service
from pulumi_aws_sandbox.runtime.beanstalk.options import ENVIRONMENT, SECRETS, Options

_EC2 = "ec2.amazonaws.com"
_SECRET = re.compile(r"(arn:[^:]+:secretsmanager:(?P<region>[^:]+):[^:]+:secret:[^:]+)(?::(?P<key>[^:]+))?")
_ENDPOINT = re.compile(r"[A-Za-z0-9.-]+\.rds\.amazonaws\.com(?:\.cn)?", re.IGNORECASE)
_PORT = re.compile(r"(?<=port=)\d+", re.IGNORECASE)
_NOBODY = 9
"""A port that nobody listens at: it is kept for what is thrown away."""
_HOST_NAMES = ("HOSTNAME", "HOST", "ENDPOINT", "ADDRESS")


class UnavailableValueError(Exception):
    """An instance cannot have what its environment should hold."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What an instance may do in AWS: the credentials of its profile's role."""

    connection: Connection


@dataclass(frozen=True, slots=True)
class Variables:
    """The environment of an instance, and what is to be said of it."""

    values: Mapping[str, str]
    remarks: tuple[str, ...]


def take_profile(profile: str, region: str, instance: str, url: str | None) -> Profile | None:
    """Take the role of an instance profile, as EC2 does; `None` without a profile."""
    from moto.iam.exceptions import NotFoundException  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.iam.models import iam_backends  # noqa: PLC0415 - as above

    if not profile:
        return None
    backend: Any = iam_backends[ACCOUNT][PARTITION]
    try:
        by_arn = profile.startswith("arn:")
        found = backend.get_instance_profile_by_arn(profile) if by_arn else backend.get_instance_profile(profile)
    except NotFoundException as error:
        message = f'there is no instance profile "{profile}"'
        raise UnavailableValueError(message) from error
    if not found.roles:
        message = f'the instance profile "{profile}" has no role'
        raise UnavailableValueError(message)
    try:
        session = assume_as_service(found.roles[0].arn, _EC2, instance)
    except RefusedError as refusal:
        message = f'the role of the instance profile "{profile}" cannot be taken: {refusal.message}'
        raise UnavailableValueError(message) from refusal
    credentials = session.access_key_id, session.secret_access_key, session.session_token
    return Profile(Connection(region, url, credentials))


def variables(options: Options, profile: Profile | None, region: str = "") -> Variables:
    """Return the environment of an instance; raise `UnavailableValueError` for a secret that it may not have.

    A database that it does not reach from its VPC in `region` is at a port where nobody answers.
    """
    values = options.of(ENVIRONMENT)
    values |= {name: _secret(name, reference, profile) for name, reference in options.of(SECRETS).items()}
    return _with_databases(values, region, options.settings.get(("aws:ec2:vpc", "VPCId"), ""))


def _secret(name: str, reference: str, profile: Profile | None) -> str:
    """Return the value of a secret, asked for with the rights of the instance."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - loads only when something is deployed

    found = _SECRET.fullmatch(reference)
    if found is None:
        message = f"{name}: {reference} is no secret of Secrets Manager, the only kind that is served here"
        raise UnavailableValueError(message)
    if profile is None:
        message = f"{name}: {reference} cannot be read: the environment has no instance profile"
        raise UnavailableValueError(message)
    try:
        answer = profile.connection("secretsmanager", found["region"]).get_secret_value(SecretId=found[1])
    except ClientError as error:
        message = f"{name}: {reference} cannot be read: {error.response['Error'].get('Message', error)}"
        raise UnavailableValueError(message) from error
    except BotoCoreError as error:
        # Its Region may be cut.
        message = f"{name}: {reference} cannot be read: {error}"
        raise UnavailableValueError(message) from error
    value = answer.get("SecretString")
    if value is None:
        message = f"{name}: {reference} holds no text"
        raise UnavailableValueError(message)
    return value if found["key"] is None else _value_of(name, reference, value, found["key"])


def _value_of(name: str, reference: str, text: str, key: str) -> str:
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        document = None
    if not isinstance(document, dict) or key not in document:
        message = f'{name}: {reference} cannot be read: the secret is no JSON object with the key "{key}"'
        raise UnavailableValueError(message)
    value = document[key]
    return value if isinstance(value, str) else json.dumps(value)


def _with_databases(values: dict[str, str], region: str, vpc: str) -> Variables:
    """Put the local databases where the endpoints of RDS stand, with their ports and their authority."""
    replaced, remarks = dict(values), []
    for name, value in values.items():
        for endpoint in _ENDPOINT.findall(value):
            try:
                local = databases.local(endpoint)
                if not databases.reachable(endpoint, region, vpc):
                    remarks.append(f"{name}: {endpoint} is not reached from {vpc} in {region}")
                    local = replace(local, port=_NOBODY)
            except LookupError as error:
                remarks.append(f"{name} stays as it is: {error}")
                continue
            except RuntimeError as error:
                message = f"{name}: the database of {endpoint} does not run: {error}"
                raise UnavailableValueError(message) from error
            text = re.sub(rf"{re.escape(endpoint)}:\d+", f"{local.host}:{local.port}", replaced[name])
            replaced[name] = _PORT.sub(str(local.port), text.replace(endpoint, local.host))
            if (port := _port_of(name)) in values and values[port].isdigit():
                replaced[port] = str(local.port)
            replaced["RDS_CA_FILE"] = str(local.ca_file)
    return Variables(replaced, tuple(remarks))


def _port_of(name: str) -> str:
    """Return the property that holds the port where `name` holds the host: RDS_PORT for RDS_HOSTNAME."""
    for ending in _HOST_NAMES:
        if name.upper().endswith(ending):
            return name[: -len(ending)] + ("PORT" if name.isupper() else "port")
    return ""
