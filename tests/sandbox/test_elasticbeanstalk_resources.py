"""What an environment of Elastic Beanstalk is made of in other services, seen through boto3."""

import pytest
from sandbox.beanstalk_world import ASG, LAUNCH, Beanstalk, option, refusal

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import beanstalk

BALANCER = "aws:elbv2:loadbalancer"
DEFAULT_LISTENER = "aws:elbv2:listener:default"
PROCESS = "aws:elasticbeanstalk:environment:process:default"


@pytest.fixture
def shop(sandbox: Sandbox) -> Beanstalk:
    return Beanstalk(sandbox.clients)


def test_the_runtime_is_told_of_a_new_environment(shop: Beanstalk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[beanstalk.Deployment] = []
    monkeypatch.setattr(beanstalk, "launch", told.append)
    shop.environment("live", option("aws:elasticbeanstalk:application:environment", "A", "b"), CNAMEPrefix="mine")
    (deployment,) = told
    assert (deployment.name, deployment.application, deployment.version_label) == ("live", "shop", "one")
    assert deployment.cname == "mine.eu-west-1.elasticbeanstalk.com"
    assert deployment.load_balancer_arn.startswith("arn:aws:elasticloadbalancing:eu-west-1:")
    assert deployment.settings["aws:elasticbeanstalk:application:environment", "A"] == "b"
    assert deployment.settings["aws:elasticbeanstalk:command", "DeploymentPolicy"] == "AllAtOnce"


def test_an_environment_has_a_group_of_its_zones_and_numbers(shop: Beanstalk) -> None:
    zones = "eu-west-1a,eu-west-1c"
    settings = [
        option(ASG, "Custom Availability Zones", zones),
        option(ASG, "MinSize", "2"),
        option(ASG, "MaxSize", "5"),
    ]
    shop.environment("live", *settings)
    (group,) = shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    assert (group["MinSize"], group["MaxSize"], group["DesiredCapacity"]) == (2, 5, 2)
    assert group["AvailabilityZones"] == ["eu-west-1a", "eu-west-1c"]
    template = shop.clients("ec2").describe_launch_template_versions(
        LaunchTemplateId=group["LaunchTemplate"]["LaunchTemplateId"]
    )["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    assert (template["InstanceType"], template["IamInstanceProfile"]) == ("t3.micro", {"Name": "instances"})


def test_an_environment_has_a_load_balancer_that_forwards_to_its_process(shop: Beanstalk) -> None:
    shop.environment("live", option(PROCESS, "HealthCheckPath", "/health"), option(PROCESS, "DeregistrationDelay", "7"))
    elbv2, arn = shop.clients("elbv2"), shop.balancer()
    (listener,) = elbv2.describe_listeners(LoadBalancerArn=arn)["Listeners"]
    (group,) = elbv2.describe_target_groups(LoadBalancerArn=arn)["TargetGroups"]
    assert (listener["Port"], listener["Protocol"]) == (80, "HTTP")
    assert listener["DefaultActions"][0]["TargetGroupArn"] == group["TargetGroupArn"]
    assert (group["Port"], group["HealthCheckPath"], group["HealthCheckIntervalSeconds"]) == (80, "/health", 15)
    attributes = elbv2.describe_target_group_attributes(TargetGroupArn=group["TargetGroupArn"])["Attributes"]
    assert {"Key": "deregistration_delay.timeout_seconds", "Value": "7"} in attributes


def test_a_listener_of_another_port_and_its_rules_follow_the_settings(shop: Beanstalk) -> None:
    second = "aws:elbv2:listener:8080"
    rule = "aws:elbv2:listenerrule:api"
    settings = [option(second, "Rules", "api"), option(rule, "PathPatterns", "/api/*"), option(rule, "Priority", "3")]
    shop.environment("live", *settings)
    elbv2 = shop.clients("elbv2")
    shop.eb.update_environment(
        EnvironmentName="live", OptionSettings=[option(DEFAULT_LISTENER, "ListenerEnabled", "false")]
    )
    (listener,) = elbv2.describe_listeners(LoadBalancerArn=shop.balancer())["Listeners"]
    rules = elbv2.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
    assert listener["Port"] == 8080
    assert [each["Priority"] for each in rules] == ["3", "default"]


def test_groups_that_are_given_are_worn_and_none_is_made(shop: Beanstalk) -> None:
    ec2 = shop.clients("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName="balancer", Description="-", VpcId=vpc)["GroupId"]
    before = len(ec2.describe_security_groups()["SecurityGroups"])
    given = [option(BALANCER, name, group) for name in ("SecurityGroups", "ManagedSecurityGroup")]
    shop.environment("live", *given, option(LAUNCH, "DisableDefaultEC2SecurityGroup", "true"))
    (balancer,) = shop.clients("elbv2").describe_load_balancers()["LoadBalancers"]
    assert balancer["SecurityGroups"] == [group]
    assert len(ec2.describe_security_groups()["SecurityGroups"]) == before


def test_the_instances_own_group_lets_the_load_balancer_in(shop: Beanstalk) -> None:
    shop.environment()
    (balancer,) = shop.clients("elbv2").describe_load_balancers()["LoadBalancers"]
    groups = shop.clients("ec2").describe_security_groups()["SecurityGroups"]
    (own,) = [each for each in groups if "AWSEBSecurityGroup" in each["GroupName"]]
    (rule,) = own["IpPermissions"]
    assert (rule["FromPort"], [each["GroupId"] for each in rule["UserIdGroupPairs"]]) == (
        80,
        balancer["SecurityGroups"],
    )


def test_a_terminated_environment_leaves_nothing_but_its_description(shop: Beanstalk) -> None:
    groups = len(shop.clients("ec2").describe_security_groups()["SecurityGroups"])
    shop.environment()
    shop.eb.terminate_environment(EnvironmentName="live")
    assert shop.described()["Status"] == "Terminated"
    assert shop.eb.describe_environments(IncludeDeleted=False)["Environments"] == []
    assert shop.clients("elbv2").describe_load_balancers()["LoadBalancers"] == []
    assert shop.clients("elbv2").describe_target_groups()["TargetGroups"] == []
    assert shop.clients("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"] == []
    assert shop.clients("ec2").describe_launch_templates()["LaunchTemplates"] == []
    assert len(shop.clients("ec2").describe_security_groups()["SecurityGroups"]) == groups
    assert refusal(lambda: shop.eb.update_environment(EnvironmentName="live")) == (
        "InvalidParameterValue",
        "No Environment found for EnvironmentName = 'live'.",
    )


def test_a_rebuilt_environment_has_another_load_balancer(shop: Beanstalk) -> None:
    shop.environment()
    before = shop.balancer()
    shop.eb.rebuild_environment(EnvironmentName="live")
    assert shop.balancer() != before
    assert shop.described()["Status"] == "Ready"


def test_a_secure_listener_needs_a_certificate_that_exists(shop: Beanstalk) -> None:
    shop.environment()
    response = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}
    given = {"LoadBalancerArn": shop.balancer(), "Port": 443, "Protocol": "HTTPS", "DefaultActions": [response]}
    create = shop.clients("elbv2").create_listener
    assert refusal(lambda: create(**given)) == (
        "ValidationError",
        "A certificate must be specified for HTTPS listeners",
    )
    arn = "arn:aws:acm:eu-west-1:123456789012:certificate/none"
    told = refusal(lambda: create(**given, Certificates=[{"CertificateArn": arn}]))
    assert told == ("CertificateNotFound", f"Certificate '{arn}' not found")


def test_a_protected_load_balancer_is_not_deleted(shop: Beanstalk) -> None:
    shop.environment()
    elbv2, arn = shop.clients("elbv2"), shop.balancer()
    protected = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=protected)
    assert refusal(lambda: elbv2.delete_load_balancer(LoadBalancerArn=arn)) == (
        "OperationNotPermitted",
        f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
    )
