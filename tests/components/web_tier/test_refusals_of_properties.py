"""Properties that Elastic Beanstalk would not take, or everybody could read, are refused."""

from typing import Any

import pulumi
import pytest
from components.web_tier.building import SECRET, Account, build, problems

from pulumi_aws_mobile.testing import record
from pulumi_aws_mobile.web_tier import WebTier
from pulumi_aws_mobile.web_tier.settings import resolve

Args = dict[str, Any]
NO_SECRETS = (
    "allowed: no secrets: whoever may look at the environment reads them; "
    "keep it in Secrets Manager, and give the secret's ARN in secrets"
)


def test_names_that_are_taken_or_not_names_are_refused(source: str) -> None:
    environment = {"PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "1A": "x", "X-Y": "z"}
    assert problems({"source": source, "environment": environment}) == [
        'environment.PATH: got "PATH"; allowed: names that the platform does not set itself; choose another name',
        (
            'environment.AWS_SECRET_ACCESS_KEY: got "AWS_SECRET_ACCESS_KEY"; '
            "allowed: names that the platform does not set "
            "itself; choose another name"
        ),
        (
            'environment.1A: got "1A"; allowed: 1 to 128 letters, digits and underscores, no digit first; '
            "choose another name"
        ),
        (
            'environment.X-Y: got "X-Y"; allowed: 1 to 128 letters, digits and underscores, no digit first; '
            "choose another name"
        ),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("api_key", "hunter2"),
        ("SESSION_TOKEN", "hunter2"),
        ("APP_SECRET", "hunter2"),
        ("ANYTHING", "AKIAABCDEFGHIJKLMNOP"),
        ("ANYTHING", "-----BEGIN RSA PRIVATE KEY-----"),
        ("ANYTHING", "sk_live_0123456789abcdef"),
        ("ANYTHING", "ghp_0123456789abcdefghijABCDEFGHIJ"),
        ("ANYTHING", "mysql://root:hunter2@db.internal/app"),
    ],
)
def test_plain_secrets_are_refused_and_not_repeated(source: str, name: str, value: str) -> None:
    (line,) = problems({"source": source, "environment": {name: value}})
    assert line == f"environment.{name}: got a value that is not shown; {NO_SECRETS}"


def test_what_only_tells_about_secrets_is_taken(source: str) -> None:
    environment = {
        "TOKEN_JWKS": '{"keys": []}',
        "TOKEN_PUBLIC_KEY_1": "kid.x.y",
        "TOKEN_ISSUER": "https://example.com",
        "TOKEN_AUDIENCE": "core",
        "SECRET_ARN": "x",
        "PASSWORD_LENGTH": "12",
        "PARTNER_TOKEN": SECRET,
        "API_TOKEN": "",
    }
    assert (
        resolve("web", {"source": source, "environment": environment}).environments["main"].environment == environment
    )


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (
            {"environment": {"NOTE": "hunter\n2"}},
            (
                "environment.NOTE: got a value that is not shown; allowed: one line of text; "
                "take out line breaks and control characters"
            ),
        ),
        (
            {"environment": {"PIN": 4711}},
            "environment.PIN: got a value that is not shown; allowed: a text; write a text",
        ),
        (
            {"secrets": {"RDS_PASSWORD": "hunter2"}},
            (
                "secrets.RDS_PASSWORD: got a value that is not shown; allowed: the ARN of a secret in Secrets Manager, "
                "with or without a colon and a key of its JSON; choose an allowed value"
            ),
        ),
    ],
)
def test_values_that_are_refused_are_not_repeated(source: str, args: Args, line: str) -> None:
    assert problems({"source": source, **args}) == [line]


def test_a_name_that_is_property_and_secret_is_refused(source: str) -> None:
    args = {"environment": {"RDS_PASSWORD": pulumi.Output.from_input("x")}, "secrets": {"RDS_PASSWORD": SECRET}}
    assert problems({"source": source, **args}) == [
        (
            'environment.RDS_PASSWORD: got "RDS_PASSWORD"; allowed: a name that is not also in secrets.RDS_PASSWORD; '
            "remove one of the two"
        )
    ]


def test_more_than_4096_bytes_of_properties_are_refused(source: str) -> None:
    fits = {"A": "x" * 3000, "B": "ü" * 546}
    assert resolve("web", {"source": source, "environment": fits})
    assert problems({"source": source, "environment": {**fits, "C": "1"}}) == [
        (
            'environment: got "4099 bytes"; allowed: at most 4096 bytes in all; '
            "keep large values in a file of the application or in Parameter Store"
        )
    ]


@pytest.mark.parametrize("preview", [True, False])
def test_a_secret_output_among_the_properties_is_refused(source: str, preview: bool) -> None:
    def program() -> None:
        WebTier("web", {"source": source, "environment": {"GREETING": pulumi.Output.secret("hidden")}})

    # The SDK wraps the error that an output fails with.
    with pytest.raises(ValueError, match="environment") as raised:
        record(program, preview=preview, mocks=Account())
    assert str(raised.value).endswith(f'WebTier "web": 1 problem\n  environment.GREETING: got a secret; {NO_SECRETS}')


def test_outputs_that_turn_out_too_large_are_refused(source: str) -> None:
    large = {"A": pulumi.Output.from_input("x" * 4000), "B": "y" * 100}
    with pytest.raises(ValueError, match="environment") as raised:
        build({"source": source, "environment": large, "environments": {"one": {}, "two": {}}, "live": "one"})
    assert 'environments.one.environment: got "4104 bytes"; allowed: at most 4096 bytes in all; ' in str(raised.value)
