"""What Elastic Beanstalk refuses of an environment's option settings."""

import pulumi_aws as aws
import pytest
from sandbox.beanstalk_world import ASG, ENVIRONMENT, LAUNCH, Beanstalk, option, refusal
from sandbox.situations.elasticbeanstalk import EARLIER_STACK, STACK

from pulumi_aws_mobile.testing import record
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.functions import FunctionError
from pulumi_aws_sandbox.in_process import PreviewMocks

COMMAND = "aws:elasticbeanstalk:command"
LISTENER = "aws:elbv2:listener:443"
MANAGED = "aws:elasticbeanstalk:managedactions"
POLICIES = "[AllAtOnce, Rolling, RollingWithAdditionalBatch, Immutable, TrafficSplitting]"
PROCESS = "aws:elasticbeanstalk:environment:process:default"
PROPERTIES = "aws:elasticbeanstalk:application:environment"
SECRETS = "aws:elasticbeanstalk:application:environmentsecrets"
STACKS = "aws:elasticbeanstalk/getSolutionStack:getSolutionStack"
TRIGGER = "aws:autoscaling:trigger"
VPC = "aws:ec2:vpc"
ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:none"


@pytest.fixture
def shop(sandbox: Sandbox) -> Beanstalk:
    return Beanstalk(sandbox.clients)


def _value(namespace: str, name: str, value: str, reason: str) -> str:
    return f"Invalid option value: '{value}' (Namespace: '{namespace}', OptionName: '{name}'): {reason}"


def _reason(shop: Beanstalk, *settings: dict[str, str]) -> str:
    code, message = refusal(lambda: shop.environment("live", *settings))
    assert code == "ConfigurationValidationException"
    return message.removeprefix("Configuration validation exception: ")


@pytest.mark.parametrize(
    ("namespace", "name", "why"),
    [
        ("aws:autoscaling:asg", "Minsize", "Unknown configuration setting."),
        ("aws:nothing", "Name", "Unknown configuration setting."),
        ("aws:elb:loadbalancer", "CrossZone", "the sandbox has no classic load balancers, which this option is for."),
    ],
)
def test_an_option_that_does_not_exist_is_refused(shop: Beanstalk, namespace: str, name: str, why: str) -> None:
    expected = f"Invalid option specification (Namespace: '{namespace}', OptionName: '{name}'): {why}"
    assert _reason(shop, option(namespace, name, "1")) == expected


@pytest.mark.parametrize(
    ("namespace", "name", "value", "why"),
    [
        (ASG, "MaxSize", "-1", "Value is less than minimum allowed value: 0"),
        (ASG, "MinSize", "5", "MinSize is greater than MaxSize: 4"),
        (ASG, "Cooldown", "10001", "Value is greater than maximum allowed value: 10000"),
        (ASG, "MinSize", "two", "Value is not a number."),
        (ASG, "Custom Availability Zones", "eu-west-1z", "It is not a zone of eu-west-1."),
        (COMMAND, "BatchSize", "101", "Value is greater than maximum allowed value: 100"),
        (
            COMMAND,
            "DeploymentPolicy",
            "Slowly",
            f"Value is not one of the allowed values: {POLICIES}",
        ),
        (PROCESS, "HealthCheckTimeout", "15", "The timeout must be smaller than HealthCheckInterval: 15"),
        (TRIGGER, "LowerThreshold", "7000000", "Must be less than UpperThreshold: 6000000"),
        (ENVIRONMENT, "ServiceRole", "none", "The service role none does not exist."),
        (
            LAUNCH,
            "IamInstanceProfile",
            "none",
            "The instance profile none associated with the environment does not exist.",
        ),
        (LAUNCH, "IamInstanceProfile", "", "Environment must have instance profile associated with it."),
        (ENVIRONMENT, "LoadBalancerType", "network", "The sandbox has application load balancers only."),
        (ENVIRONMENT, "LoadBalancerIsShared", "true", "The sandbox has no shared load balancers."),
        (VPC, "VPCId", "vpc-0", "The VPC vpc-0 does not exist."),
        (VPC, "Subnets", "subnet-0", "Specify the VPC that the subnets lie in."),
        (SECRETS, "DB", "text", "Value does not match: arn:[\\w-]+:(secretsmanager|ssm):.+"),
    ],
)
def test_a_value_that_cannot_be_is_refused(shop: Beanstalk, namespace: str, name: str, value: str, why: str) -> None:
    expected = _value(namespace, name, value, why)
    assert _reason(shop, option(namespace, name, value)) == expected.replace("''", "'null'", 1)


def test_every_wrong_value_is_told_at_once(shop: Beanstalk) -> None:
    reason = _reason(shop, option(ASG, "MaxSize", "-1"), option(ASG, "Cooldown", "-1"))
    assert reason == "; ".join(
        [
            _value(ASG, "MaxSize", "-1", "Value is less than minimum allowed value: 0"),
            _value(ASG, "Cooldown", "-1", "Value is less than minimum allowed value: 0"),
        ]
    )


def test_a_batch_of_more_instances_than_there_are_is_refused(shop: Beanstalk) -> None:
    reason = _reason(shop, option(COMMAND, "BatchSizeType", "Fixed"), option(COMMAND, "BatchSize", "5"))
    assert reason == _value(COMMAND, "BatchSize", "5", "Value is greater than maximum allowed value: 4")


def test_https_needs_a_certificate_that_exists(shop: Beanstalk) -> None:
    https = option(LISTENER, "Protocol", "HTTPS")
    why = "A listener of protocol HTTPS needs a certificate."
    assert _reason(shop, https) == _value(LISTENER, "SSLCertificateArns", "null", why)
    arn = "arn:aws:acm:eu-west-1:123456789012:certificate/none"
    assert _reason(shop, https, option(LISTENER, "SSLCertificateArns", arn)) == _value(
        LISTENER, "SSLCertificateArns", arn, f"Certificate ARN '{arn}' is not valid."
    )
    made = shop.clients("acm").request_certificate(DomainName="shop.example.org")["CertificateArn"]
    shop.environment("live", https, option(LISTENER, "SSLCertificateArns", made))
    listeners = shop.clients("elbv2").describe_listeners(LoadBalancerArn=shop.balancer())["Listeners"]
    (secure,) = [each for each in listeners if each["Port"] == 443]
    assert secure["Certificates"] == [{"CertificateArn": made}]


def test_managed_updates_need_enhanced_health_a_window_and_a_level(shop: Beanstalk) -> None:
    reason = _reason(shop, option(MANAGED, "ManagedActionsEnabled", "true"))
    told = "You must specify it to enable managed actions."
    assert reason.split("; ") == [
        _value(MANAGED, "ManagedActionsEnabled", "true", "Managed actions need enhanced health reporting."),
        _value(MANAGED, "PreferredStartTime", "null", told),
        _value(f"{MANAGED}:platformupdate", "UpdateLevel", "null", told),
    ]


def test_properties_have_a_largest_size_together(shop: Beanstalk) -> None:
    reason = _reason(shop, option(PROPERTIES, "A", "a" * 3000), option(PROPERTIES, "B", "b" * 2000))
    why = "All of them together have 5005 bytes; at most 4096 are allowed."
    assert reason == _value(PROPERTIES, "*", "...", why)


def test_a_secret_that_does_not_exist_is_not_looked_for(shop: Beanstalk) -> None:
    assert shop.environment("live", option(SECRETS, "DB", ARN))["Status"] == "Ready"


def test_a_property_is_plain_or_secret(shop: Beanstalk) -> None:
    reason = _reason(shop, option(SECRETS, "DB", ARN), option(PROPERTIES, "DB", "x"))
    assert reason == _value(SECRETS, "DB", ARN, f"The same name is set in {PROPERTIES}.")


def _network(shop: Beanstalk) -> tuple[str, list[str]]:
    ec2 = shop.clients("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{number}.0/24", AvailabilityZone=f"eu-west-1{zone}")["Subnet"]
        for number, zone in enumerate("ab")
    ]
    return vpc, [each["SubnetId"] for each in subnets]


def test_subnets_must_exist_and_lie_in_the_vpc(shop: Beanstalk) -> None:
    vpc, subnets = _network(shop)
    _, others = _network(shop)
    at = option(VPC, "VPCId", vpc)
    both = f"{subnets[0]},{others[1]}"
    why = f"The subnet {others[1]} does not lie in {vpc}."
    assert _reason(shop, at, option(VPC, "Subnets", both)) == _value(VPC, "Subnets", both, why)
    none = _value(VPC, "Subnets", "subnet-0", "The subnet subnet-0 does not exist.")
    assert _reason(shop, at, option(VPC, "Subnets", "subnet-0")) == none
    why = "Specify the subnets for the VPC for load balancer type application."
    assert _reason(shop, at) == _value(VPC, "Subnets", "null", why)


def test_zones_must_be_those_of_the_subnets_and_the_balancer_needs_two(shop: Beanstalk) -> None:
    vpc, subnets = _network(shop)
    at = [option(VPC, "VPCId", vpc), option(VPC, "Subnets", subnets[0])]
    why = "At least two subnets in two different Availability Zones must be specified."
    assert _reason(shop, *at) == _value(VPC, "ELBSubnets", "null", why)
    at.append(option(VPC, "ELBSubnets", ",".join(subnets)))
    zones = option(ASG, "Custom Availability Zones", "eu-west-1b")
    why = "The availability zones of the specified subnets and the AutoScalingGroup do not match."
    assert _reason(shop, *at, zones) == _value(ASG, "Custom Availability Zones", "eu-west-1b", why)
    assert shop.environment("live", *at)["Status"] == "Ready"


def test_the_load_balancers_type_cannot_change(shop: Beanstalk) -> None:
    shop.environment("live", option(ENVIRONMENT, "EnvironmentType", "SingleInstance"))
    settings = [option(ENVIRONMENT, "LoadBalancerType", "network")]
    code, message = refusal(lambda: shop.eb.update_environment(EnvironmentName="live", OptionSettings=settings))
    why = "The type of the load balancer can only be set when the environment is created."
    expected = _value(ENVIRONMENT, "LoadBalancerType", "network", why)
    assert (code, message) == (
        "ConfigurationValidationException",
        f"Configuration validation exception: {expected}",
    )


def test_settings_are_validated_without_being_applied(shop: Beanstalk) -> None:
    wrong = [option(ASG, "MinSize", "9"), option(ASG, "MaxSize", "3")]
    (message,) = shop.eb.validate_configuration_settings(ApplicationName="shop", OptionSettings=wrong)["Messages"]
    assert (message["Severity"], message["Namespace"], message["OptionName"]) == ("error", ASG, "MinSize")
    right = [option(ASG, "MinSize", "2")]
    assert shop.eb.validate_configuration_settings(ApplicationName="shop", OptionSettings=right)["Messages"] == []


def test_an_options_values_are_described(shop: Beanstalk) -> None:
    asked = [{"Namespace": ASG, "OptionName": "MaxSize"}]
    (found,) = shop.eb.describe_configuration_options(SolutionStackName=STACK, Options=asked)["Options"]
    assert (found["DefaultValue"], found["MinValue"], found["MaxValue"]) == ("4", 0, 10000)


def test_the_newest_solution_stack_is_the_same_in_a_preview_and_on_aws(shop: Beanstalk, sandbox: Sandbox) -> None:
    asked = {"mostRecent": True, "nameRegex": r"^64bit Amazon Linux 2023 v.* running PHP 8\.4$"}
    seen = []

    def program() -> None:
        found = aws.elasticbeanstalk.get_solution_stack(most_recent=True, name_regex=asked["nameRegex"])
        seen.append(found.name)

    record(program, mocks=PreviewMocks(), preview=True)
    assert seen == [STACK] == [sandbox.invoke(STACKS, asked)["name"]]
    assert shop.eb.list_available_solution_stacks()["SolutionStacks"][0] == STACK


def test_a_solution_stack_that_is_not_there_or_not_the_only_one_is_said(sandbox: Sandbox) -> None:
    regex = r"v.* running PHP 8\.4$"
    with pytest.raises(FunctionError) as raised:
        sandbox.invoke(STACKS, {"nameRegex": regex})
    assert str(raised.value) == (
        f'getSolutionStack: "{regex}" matches 2 solution stacks: {STACK}, {EARLIER_STACK}; set mostRecent or say more'
    )
    with pytest.raises(FunctionError, match='getSolutionStack: no solution stack matches "PHP 7"; there are 64bit'):
        sandbox.invoke(STACKS, {"nameRegex": "PHP 7"})


def test_a_solution_stack_that_does_not_exist_is_refused(shop: Beanstalk) -> None:
    assert refusal(lambda: shop.environment(SolutionStackName="PHP 5")) == (
        "InvalidParameterValue",
        "No Solution Stack named 'PHP 5' found.",
    )


def test_platform_versions_are_listed_by_branch(shop: Beanstalk) -> None:
    branch = "PHP 8.3 running on 64bit Amazon Linux 2023"
    filters = [{"Type": "PlatformBranchName", "Operator": "=", "Values": [branch]}]
    found = shop.eb.list_platform_versions(Filters=filters)["PlatformSummaryList"]
    assert [each["PlatformVersion"] for each in found] == ["4.12.0", "4.7.5"]
    described = shop.eb.describe_platform_version(PlatformArn=found[0]["PlatformArn"])["PlatformDescription"]
    assert described["SolutionStackName"] == "64bit Amazon Linux 2023 v4.12.0 running PHP 8.3"
