"""The provider's settings and the address of the sandbox's AWS."""

import json

import pytest

from pulumi_aws_sandbox.plugin.configuration import PACKAGES, aws_problems, aws_sandbox
from pulumi_aws_sandbox.plugin.errors import ConfigurationError

URL = "PULUMI_AWS_SANDBOX_URL"


def test_settings_that_only_reach_the_real_aws_are_taken() -> None:
    settings = {"region": "eu-west-1", "profile": "work", "skipMetadataApiCheck": "true", "version": "7.51.1"}
    assert aws_problems(settings) == []


def test_a_setting_that_would_change_what_is_deployed_is_refused() -> None:
    assert aws_problems({"defaultTags": json.dumps({"tags": {"team": "a"}})}) == [
        (
            "defaultTags",
            "the sandbox does not support the provider setting defaultTags; leave it out of the stacks that run on it",
        )
    ]


@pytest.mark.parametrize("nothing", ["", "{}", "[]", "false", "null"])
def test_an_empty_setting_says_nothing(nothing: str) -> None:
    assert aws_problems({"ignoreTags": nothing}) == []


def test_the_region_may_come_from_the_environment() -> None:
    sandbox = aws_sandbox({}, {URL: "http://127.0.0.1:5000", "AWS_DEFAULT_REGION": "eu-north-1"})
    assert sandbox.clients.region == "eu-north-1"


def test_a_configured_region_wins_over_the_environment() -> None:
    sandbox = aws_sandbox({"region": "eu-west-1"}, {URL: "http://localhost:5000", "AWS_REGION": "eu-north-1"})
    assert sandbox.clients.region == "eu-west-1"


def test_a_missing_region_is_asked_for() -> None:
    with pytest.raises(ConfigurationError) as raised:
        aws_sandbox({}, {URL: "http://127.0.0.1:5000"})
    assert str(raised.value) == "aws: the Region is missing; set it with `pulumi config set aws:region <region>`"


def test_a_missing_address_says_how_to_start_the_sandbox() -> None:
    with pytest.raises(ConfigurationError) as raised:
        aws_sandbox({"region": "eu-west-1"}, {})
    assert str(raised.value) == (
        "aws: PULUMI_AWS_SANDBOX_URL is not set; start the sandbox with `python -m pulumi_aws_sandbox.serve` "
        "and set it to the URL that it prints"
    )


@pytest.mark.parametrize("url", ["https://rds.eu-west-1.amazonaws.com", "http://10.0.0.1:5000", "127.0.0.1:5000"])
def test_an_address_beyond_this_machine_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        aws_sandbox({"region": "eu-west-1"}, {URL: url})
    assert str(raised.value) == (
        f'aws: PULUMI_AWS_SANDBOX_URL: the sandbox only runs on this machine: got the address "{url}"; '
        "use http://127.0.0.1:PORT"
    )


def test_random_needs_no_address_and_reaches_no_aws() -> None:
    sandbox = PACKAGES["random"].connect({})
    with pytest.raises(NotImplementedError) as raised:
        sandbox.clients("s3", "eu-west-1")
    assert str(raised.value) == "this provider has no AWS, but was asked for s3 in eu-west-1"
