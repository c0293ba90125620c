"""Secrets that RDS manages: moto gives every one the same user name and password."""

import json
import secrets
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_PASSWORD_BYTES = 21


def fill() -> None:
    """Put the master user and a password of its own into each secret."""
    from moto.rds.models import MasterUserSecret  # noqa: PLC0415 - moto loads only when something is deployed

    replace(MasterUserSecret, "_generate_secret_string", _generating)


def _generating(_: Callable[..., Any]) -> Callable[..., Any]:
    def generate(self: Any) -> str:  # noqa: ANN401 - moto's own types
        password = secrets.token_urlsafe(_PASSWORD_BYTES)
        return json.dumps({"username": self.resource.master_username, "password": password})

    return generate
