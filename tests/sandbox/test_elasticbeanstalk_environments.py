"""Environments of Elastic Beanstalk: how they begin, change, fail and end, seen through boto3."""

import json
import re
import urllib.request

import pytest
from sandbox.beanstalk_world import ASG, Beanstalk, basics, failing, option, refusal
from sandbox.situations.elasticbeanstalk import EARLIER_STACK, STACK, bundle

from pulumi_aws_sandbox.aws import server
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import beanstalk
from pulumi_aws_sandbox.serve import serving

DEFAULT_LISTENER = "aws:elbv2:listener:default"
ENHANCED = [
    option("aws:elasticbeanstalk:healthreporting:system", "SystemType", "enhanced"),
    option("aws:elasticbeanstalk:environment", "ServiceRole", "instances"),
]


@pytest.fixture
def shop(sandbox: Sandbox) -> Beanstalk:
    return Beanstalk(sandbox.clients)


def _events(shop: Beanstalk, severity: str) -> list[str]:
    found = shop.eb.describe_events(EnvironmentName="live", Severity=severity)["Events"]
    return [each["Message"] for each in found]


def test_an_environment_is_ready_under_a_name_of_its_own(shop: Beanstalk) -> None:
    made = shop.environment()
    assert (made["Status"], made["VersionLabel"], made["SolutionStackName"]) == ("Ready", "one", STACK)
    assert re.fullmatch(r"live\.eba-[a-z0-9]{8}\.eu-west-1\.elasticbeanstalk\.com", made["CNAME"])
    assert re.fullmatch(r"e-[a-z0-9]{10}", made["EnvironmentId"])


def test_an_update_changes_version_settings_and_platform_in_place(shop: Beanstalk) -> None:
    made = shop.environment(SolutionStackName=EARLIER_STACK)
    shop.eb.update_environment(
        EnvironmentName="live",
        VersionLabel="two",
        SolutionStackName=STACK,
        OptionSettings=[option(ASG, "MinSize", "3")],
    )
    now = shop.described()
    assert (now["EnvironmentId"], now["VersionLabel"], now["SolutionStackName"]) == (
        made["EnvironmentId"],
        "two",
        STACK,
    )
    assert shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"][0]["MinSize"] == 3
    shop.eb.update_environment(EnvironmentName="live", OptionsToRemove=[{"Namespace": ASG, "OptionName": "MinSize"}])
    assert shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"][0]["MinSize"] == 1


def test_a_failed_rollout_leaves_what_ran_before_and_says_so(shop: Beanstalk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.environment("live", *ENHANCED)
    failing(monkeypatch, "No instance passed the health check.")
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="two", OptionSettings=[option(ASG, "MinSize", "2")])
    now = shop.described()
    assert (now["Status"], now["Health"], now["VersionLabel"]) == ("Ready", "Yellow", "one")
    assert _events(shop, "ERROR") == ["Failed to deploy application. No instance passed the health check."]
    assert shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"][0]["MinSize"] == 1
    health = shop.eb.describe_environment_health(EnvironmentName="live", AttributeNames=["All"])
    assert (health["HealthStatus"], health["Causes"][0]) == (
        "Warning",
        "The last deployment failed: No instance passed the health check.",
    )
    monkeypatch.undo()
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="two")
    assert (shop.described()["VersionLabel"], _events(shop, "ERROR")) != ("one", [])
    assert shop.described()["Health"] != "Yellow"


def test_a_bundle_that_cannot_be_read_leaves_a_red_environment_that_a_good_one_heals(shop: Beanstalk) -> None:
    shop.version("broken", b"not a zip")
    shop.environment(VersionLabel="broken")
    assert (shop.described()["Status"], shop.described()["Health"]) == ("Ready", "Red")
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="one")
    assert (shop.described()["VersionLabel"], shop.described()["Health"] == "Red") == ("one", False)


def test_a_port_that_somebody_elses_listener_has_fails_the_update(shop: Beanstalk) -> None:
    shop.environment("live", option(DEFAULT_LISTENER, "ListenerEnabled", "false"))
    response = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}
    foreign = {"LoadBalancerArn": shop.balancer(), "Port": 80, "Protocol": "HTTP", "DefaultActions": [response]}
    shop.clients("elbv2").create_listener(**foreign)
    assert refusal(lambda: shop.clients("elbv2").create_listener(**foreign))[0] == "DuplicateListener"
    shop.eb.update_environment(
        EnvironmentName="live", OptionsToRemove=[{"Namespace": DEFAULT_LISTENER, "OptionName": "ListenerEnabled"}]
    )
    assert _events(shop, "ERROR") == [
        "Failed to deploy application. A listener already exists on port 80 of the load balancer."
    ]


def test_two_environments_swap_their_names(shop: Beanstalk) -> None:
    blue, green = shop.environment("blue"), shop.environment("green")
    shop.eb.swap_environment_cnames(SourceEnvironmentName="blue", DestinationEnvironmentName="green")
    assert (shop.described("blue")["CNAME"], shop.described("green")["CNAME"]) == (green["CNAME"], blue["CNAME"])


def test_names_and_prefixes_are_used_once(shop: Beanstalk) -> None:
    shop.environment("live", CNAMEPrefix="shop-live")
    assert refusal(shop.environment) == ("InvalidParameterValue", "Environment live already exists.")
    assert refusal(lambda: shop.environment("other", CNAMEPrefix="shop-live")) == (
        "InvalidParameterValue",
        "DNS name (shop-live.eu-west-1.elasticbeanstalk.com) is not available.",
    )
    assert shop.eb.check_dns_availability(CNAMEPrefix="shop-live")["Available"] is False
    shop.eb.terminate_environment(EnvironmentName="live")
    assert shop.eb.check_dns_availability(CNAMEPrefix="shop-live")["Available"] is True
    assert shop.environment("live", CNAMEPrefix="shop-live")["Status"] == "Ready"


@pytest.mark.parametrize("name", ["a" * 41, "-live", "live-", "li_ve"])
def test_a_name_of_the_wrong_form_is_refused(shop: Beanstalk, name: str) -> None:
    reason = (
        f"Value {name} at 'EnvironmentName' failed to satisfy constraint: EnvironmentName must have 4 to 40 letters, "
        "digits and hyphens, and no hyphen at its ends."
    )
    assert refusal(lambda: shop.environment(name)) == ("InvalidParameterValue", reason)


def test_an_environment_without_a_version_runs_the_sample(shop: Beanstalk) -> None:
    made = shop.eb.create_environment(
        ApplicationName="shop", EnvironmentName="live", SolutionStackName=STACK, OptionSettings=basics()
    )
    assert (made["VersionLabel"], made["Status"]) == ("Sample Application", "Ready")


def test_a_version_that_does_not_exist_is_refused(shop: Beanstalk) -> None:
    assert refusal(lambda: shop.environment(VersionLabel="none")) == (
        "InvalidParameterValue",
        "No Application Version named 'none' found.",
    )


def test_there_is_no_update_to_abort(shop: Beanstalk) -> None:
    shop.environment()
    assert refusal(lambda: shop.eb.abort_environment_update(EnvironmentName="live")) == (
        "InvalidParameterValue",
        "Environment named live is in an invalid state for this operation. Must be pending deployment.",
    )


def test_instances_are_told_with_enhanced_health_only(shop: Beanstalk) -> None:
    shop.environment("plain")
    assert refusal(lambda: shop.eb.describe_instances_health(EnvironmentName="plain", AttributeNames=["All"])) == (
        "InvalidRequestException",
        "Environment plain does not have enhanced health reporting.",
    )
    shop.environment("live", *ENHANCED)
    assert shop.eb.describe_instances_health(EnvironmentName="live", AttributeNames=["All"])["InstanceHealthList"] == []


def test_a_server_has_environments_too() -> None:
    with serving() as url:
        shop = Beanstalk(server(url, "eu-west-1"))
        shop.environment()
        shop.eb.update_environment(EnvironmentName="live", VersionLabel="two")
        assert (shop.described()["Status"], shop.described()["VersionLabel"]) == ("Ready", "two")
        assert refusal(lambda: shop.environment("-xyz"))[0] == "InvalidParameterValue"
        messages = [each["Message"] for each in shop.eb.describe_events(EnvironmentName="live")["Events"]]
        assert "Environment update completed successfully." in messages


def test_configuration_files_of_the_bundle_count_below_the_settings(shop: Beanstalk) -> None:
    group = {"AWSEBAutoScalingGroup": {"Properties": {"HealthCheckType": "ELB"}}}
    document = {"option_settings": {ASG: {"MinSize": 2, "MaxSize": 9}}, "Resources": group}
    shop.version("three", bundle(**{".ebextensions/a.config": json.dumps(document)}))
    shop.environment("live", option(ASG, "MaxSize", "5"), VersionLabel="three")
    (made,) = shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    assert (made["MinSize"], made["MaxSize"], made["HealthCheckType"]) == (2, 5, "ELB")
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="one")
    (made,) = shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    assert (made["MinSize"], made["MaxSize"], made["HealthCheckType"]) == (1, 5, "EC2")


def test_a_wrong_setting_in_a_configuration_file_fails_the_update(shop: Beanstalk) -> None:
    shop.version("three", bundle(**{".ebextensions/a.config": json.dumps({"option_settings": {ASG: {"MinSize": -1}}})}))
    shop.environment()
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="three")
    assert shop.described()["VersionLabel"] == "one"
    why = f"Invalid option value: '-1' (Namespace: '{ASG}', OptionName: 'MinSize'): "
    where = '"option_settings" in one of the configuration files failed validation: '
    text = f"Failed to deploy application. {where}{why}Value is less than minimum allowed value: 0"
    assert _events(shop, "ERROR") == [text]


def _get(shop: Beanstalk) -> str:
    with urllib.request.urlopen(beanstalk.balancer_url(shop.balancer())) as answer:  # noqa: S310 - an address of this machine
        return answer.read().decode()


def test_what_an_environment_answers_is_its_version_until_a_better_one(shop: Beanstalk) -> None:
    shop.version("new", bundle("<?php echo 'new';\n"))
    shop.version("bad", bundle("<?php http_response_code(500);\n"))
    immutable = option("aws:elasticbeanstalk:command", "DeploymentPolicy", "Immutable")
    soon = option("aws:elasticbeanstalk:command", "Timeout", "60")
    shop.environment("live", *ENHANCED, immutable, soon, option(ASG, "MaxSize", "1"))
    assert _get(shop) == "here"
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="new")
    assert (_get(shop), shop.described()["Health"]) == ("new", "Green")
    shop.eb.update_environment(EnvironmentName="live", VersionLabel="bad")
    assert (_get(shop), shop.described()["VersionLabel"], shop.described()["Health"]) == ("new", "new", "Yellow")
    (told,) = shop.eb.describe_instances_health(EnvironmentName="live", AttributeNames=["All"])["InstanceHealthList"]
    assert (told["HealthStatus"], told["Deployment"]["VersionLabel"]) == ("Ok", "new")
    shop.eb.restart_app_server(EnvironmentName="live")
    assert _get(shop) == "new"
