"""The environments: platform, live, clones, and what flows into them."""

from typing import Any

import pulumi
from components.web_tier.building import (
    ACCOUNT,
    ENVIRONMENT,
    HOME,
    STACK,
    WEB,
    Account,
    build,
    settings_of,
)
from components.web_tier.strategies import web_tier_args
from hypothesis import given, settings

from pulumi_aws_mobile.testing import UNKNOWN, record
from pulumi_aws_mobile.web_tier import WebTier

Args = dict[str, Any]


def test_the_environment_gets_version_platform_and_tags(source: str) -> None:
    recording = build({"source": source, "region": HOME, "tags": {"team": "core", "Name": "mine"}})
    environment = recording.only(ENVIRONMENT)
    inputs = {name: value for name, value in environment.inputs.items() if name != "settings"}
    assert inputs == {
        "application": "web-application",
        "description": "The environment main of web",
        "region": HOME,
        "solutionStackName": STACK,
        # Elastic Beanstalk gives the tag Name itself.
        "tags": {"team": "core"},
        "version": recording.named("web-version").inputs["name"],
        "waitForReadyTimeout": "60m",
    }


def test_settings_stand_as_namespace_name_and_value_alone(source: str) -> None:
    listed = build({"source": source}).only(ENVIRONMENT).inputs["settings"]
    assert all(set(each) == {"namespace", "name", "value"} for each in listed)
    keys = [(each["namespace"], each["name"]) for each in listed]
    assert keys == sorted(set(keys))


def test_the_platform_is_looked_up_once_per_branch_and_then_left_alone(source: str) -> None:
    account = Account()
    environments = {"a": {}, "b": {"platform": {"solution_stack": STACK}}}
    args = {"source": source, "region": HOME, "environments": environments, "live": "a"}
    recording = build(args, mocks=account)
    asked = [what for token, what in account.asked if "getSolutionStack" in token]
    pattern = r"^64bit Amazon Linux 2023 v[0-9]+\.[0-9]+\.[0-9]+ running PHP 8\.4$"
    assert asked == [{"mostRecent": True, "nameRegex": pattern, "region": HOME}]
    assert recording.named("web-a-php84").ignore_changes == ["solutionStackName"]
    assert recording.named("web-b-php84").ignore_changes == []
    assert recording.named("web-b-php84").inputs["solutionStackName"] == STACK


def test_a_newer_platform_version_changes_no_name(source: str) -> None:
    newer = Account("64bit Amazon Linux 2023 v4.9.0 running PHP 8.4")
    assert build({"source": source}, mocks=newer).urns == build({"source": source}).urns


def test_another_branch_of_php_is_another_environment(source: str) -> None:
    args = {"source": source, "platform": {"solution_stack": STACK.replace("8.4", "8.5")}}
    assert build(args).only(ENVIRONMENT).name == "web-main-php85"


def test_live_says_which_environment_is_called(source: str) -> None:
    blue_and_green = {"blue": {}, "green": {"platform": {"php": "8.5"}}}
    args = {"source": source, "environments": blue_and_green}
    before = build({**args, "live": "blue"})
    after = build({**args, "live": "green"})
    assert before.urns == after.urns
    found = [recording.component_outputs[WEB] for recording in (before, after)]
    balancer = f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer/app"
    assert [outputs["live_environment_name"] for outputs in found] == ["web-blue-php84", "web-green-php85"]
    assert [outputs["load_balancer_arn"] for outputs in found] == [
        f"{balancer}/web-blue-php84/1",
        f"{balancer}/web-green-php85/1",
    ]
    assert [outputs["url"] for outputs in found] == [
        "http://web-blue-php84.eu-west-1.elasticbeanstalk.com",
        "http://web-green-php85.eu-west-1.elasticbeanstalk.com",
    ]
    assert found[0]["load_balancer_arns"] == found[1]["load_balancer_arns"]


@settings(deadline=None, max_examples=10)
@given(web_tier_args())
def test_a_clone_has_the_same_settings_byte_for_byte(source: str, args: Args) -> None:
    own = {option: args.pop(option) for option in ("instances", "scaling", "deployment", "configuration_updates")}
    environments = {"dev": own, "clone": {"clone_of": "dev"}}
    recording = build({"source": source, **args, "environments": environments, "live": "dev"})
    dev, clone = (recording.named(f"web-{key}-php84") for key in ("dev", "clone"))
    assert clone.inputs["settings"] == dev.inputs["settings"]
    assert {**clone.inputs, "description": ""} == {**dev.inputs, "description": ""}


def test_a_clone_of_a_clone_differs_in_what_it_says_alone(source: str) -> None:
    environments = {
        "dev": {"instances": {"min": 1, "max": 2}, "environment": {"STAGE": "dev", "LANG": "en"}},
        "test": {"clone_of": "dev", "environment": {"STAGE": "test"}},
        "load": {"clone_of": "test", "instances": {"max": 6}},
    }
    recording = build({"source": source, "environments": environments, "live": "dev"})
    dev, load = (settings_of(recording.named(f"web-{key}-php84")) for key in ("dev", "load"))
    assert {key: value for key, value in load.items() if dev[key] != value} == {
        ("aws:autoscaling:asg", "MaxSize"): "6",
        ("aws:elasticbeanstalk:application:environment", "STAGE"): "test",
    }


def test_properties_flow_in_from_other_resources(source: str) -> None:
    def program() -> None:
        properties = {"RDS_HOSTNAME": pulumi.Output.from_input("db.example"), "RDS_PORT": "3306", "BASE_PATH": ""}
        WebTier("web", {"source": source, "environment": properties})

    found = settings_of(record(program, mocks=Account()).only(ENVIRONMENT))
    properties = {name: value for (where, name), value in found.items() if where.endswith("application:environment")}
    # Elastic Beanstalk drops a property without a value, so one that is empty would differ for ever.
    assert properties == {"RDS_HOSTNAME": "db.example", "RDS_PORT": "3306"}


def test_in_a_preview_what_is_not_known_stays_unknown(source: str) -> None:
    def program() -> None:
        bucket = pulumi.CustomResource("aws:s3/bucket:Bucket", "other", {"arn": None})
        WebTier("web", {"source": source, "environment": {"OTHER": bucket.id, "STAGE": "dev"}})

    recording = record(program, mocks=Account(), preview=True)
    found = settings_of(recording.only(ENVIRONMENT))
    where = "aws:elasticbeanstalk:application:environment"
    assert (found[where, "OTHER"], found[where, "STAGE"]) == (UNKNOWN, "dev")
    assert found["aws:ec2:vpc", "Subnets"] == UNKNOWN
    assert found["aws:autoscaling:asg", "MinSize"] == "2"
    assert set(recording.component_outputs[WEB].values()) == {UNKNOWN}
