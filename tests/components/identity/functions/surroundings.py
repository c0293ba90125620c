"""What the functions find around them in the tests."""

import functools
import json
import re
import time
from typing import Any

import boto3
import pytest
from components.identity.functions.provider import SECRET, Provider
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

IDENTITY_ARN = "arn:aws:ses:eu-west-1:123456789012:identity/example.com"


@functools.cache
def client_of(service: str, region_name: str, **_: object) -> Any:  # noqa: ANN401 - boto3 makes its clients' classes when they are asked for
    """Return one client per service and Region for all tests: moto answers it, and making one takes long."""
    make: Any = boto3.client
    return make(service, region_name=region_name)


class Clock:
    """The time that the functions see; sleeping passes it."""

    def __init__(self) -> None:
        self.now = time.time()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Mailbox:
    """What SES sent."""

    @property
    def messages(self) -> list[Any]:
        return ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sent_messages

    @property
    def codes(self) -> list[str]:
        """The codes in the e-mails, oldest first."""
        return [re.search(r"\b\d{6,10}\b", message.body).group() for message in self.messages]


class Deployed:
    """The functions with the environment that they are deployed with."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, provider: Provider) -> None:
        self._monkeypatch = monkeypatch
        secrets = client_of("secretsmanager", "eu-west-1")
        self.secret_arn = secrets.create_secret(Name="captcha", SecretString=SECRET)["ARN"]
        monkeypatch.setenv("CAPTCHA_SECRET_ARN", self.secret_arn)
        self._captcha = {
            "provider": "turnstile",
            "site_key": "1x00000000000000000000AA",
            "verify_url": provider.url,
            "hostnames": [],
            "action": None,
            "minimum_score": None,
        }
        self._mail = {
            "length": 6,
            "minutes": 5,
            "subject": "Your sign-in code",
            "text": "It is {code}, good for {minutes} minutes.",
            "from_address": "Ada's app <hello@example.com>",
            "identity_arn": IDENTITY_ARN,
            "configuration_set": None,
        }
        self.challenge("captcha", "email_code")
        self.captcha()
        self.mail()

    def challenge(self, *steps: str, after_password: bool = True, attempts: int = 3) -> None:
        told = {"steps": steps, "after_password": after_password, "attempts": attempts}
        self._monkeypatch.setenv("CHALLENGE", json.dumps(told))

    def captcha(self, **changes: Any) -> None:  # noqa: ANN401 - options of any type
        self._monkeypatch.setenv("CAPTCHA", json.dumps(self._captcha | changes))

    def mail(self, **changes: Any) -> None:  # noqa: ANN401 - options of any type
        self._monkeypatch.setenv("CODE_MAIL", json.dumps(self._mail | changes))
