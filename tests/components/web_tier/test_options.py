"""The option settings of an environment: every option by its exact name and value, sorted, each once."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from components.web_tier.building import CERTIFICATE, SECRET, folder
from components.web_tier.strategies import web_tier_args
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.web_tier.options import option_settings
from pulumi_aws_mobile.web_tier.options_around import Ground
from pulumi_aws_mobile.web_tier.settings import WebTierSettings, resolve

Args = dict[str, Any]
Found = dict[tuple[str, str], Any]


def ground(found: WebTierSettings) -> Ground:
    return Ground(
        vpc_id="vpc-1",
        instance_subnet_ids="subnet-1,subnet-2",
        load_balancer_subnet_ids="subnet-3,subnet-4",
        zones="eu-west-1a,eu-west-1b",
        public=found.public,
        https=found.https,
        instance_security_group_id="sg-i",
        load_balancer_security_group_id="sg-b",
        service_role="arn:service",
        instance_profile="profile",
        log_bucket="logs",
        log_prefix="web",
    )


def listed(source: str, args: Args) -> list[tuple[str, str, Any]]:
    found = resolve("web", {"source": source, **args})
    environment = found.environments[found.live]
    made = option_settings(environment, ground(found), environment.environment)
    return [(each.namespace, each.name, each.value) for each in made]


def options(source: str, args: Args) -> Found:
    return {(namespace, name): value for namespace, name, value in listed(source, args)}


def of(found: Found, namespace: str) -> Args:
    return {name: value for (where, name), value in found.items() if where == namespace}


@settings(deadline=None, max_examples=80)
@given(web_tier_args())
def test_any_options_come_out_sorted_each_once_as_texts(source: str, args: Args) -> None:
    found = listed(source, args)
    keys = [(namespace, name) for namespace, name, _ in found]
    assert keys == sorted(set(keys))
    assert all(isinstance(value, str) for _, _, value in found)
    assert not [value for _, _, value in found if value in {"True", "False", "None"}]


@settings(deadline=None, max_examples=40)
@given(web_tier_args(), st.randoms())
def test_the_order_of_the_arguments_does_not_matter(source: str, args: Args, random: Random) -> None:
    def shuffled(options: Args) -> Args:
        names = list(options)
        random.shuffle(names)
        return {name: shuffled(value) if isinstance(value := options[name], dict) else value for name in names}

    other = shuffled(args)
    if "zones" in other["instances"]:
        other["instances"]["zones"] = list(reversed(other["instances"]["zones"]))
    assert listed(source, other) == listed(source, args)


def test_the_cpu_trigger_has_measure_unit_statistic_and_both_thresholds(source: str) -> None:
    args = {"scaling": {"upper": 80, "lower": 20.5, "period_minutes": 2, "breach_periods": 3, "add": 2, "remove": 1}}
    assert of(options(source, args), "aws:autoscaling:trigger") == {
        "BreachDuration": "6",
        "EvaluationPeriods": "3",
        "LowerBreachScaleIncrement": "-1",
        "LowerThreshold": "20.5",
        "MeasureName": "CPUUtilization",
        "Period": "2",
        "Statistic": "Average",
        "Unit": "Percent",
        "UpperBreachScaleIncrement": "2",
        "UpperThreshold": "80",
    }


def test_the_request_trigger_counts_the_sum(source: str) -> None:
    found = of(
        options(source, {"scaling": {"metric": "requests", "upper": 6000.0, "lower": 600}}), "aws:autoscaling:trigger"
    )
    assert {name: found[name] for name in ("MeasureName", "Statistic", "Unit", "UpperThreshold", "LowerThreshold")} == {
        "MeasureName": "RequestCount",
        "Statistic": "Sum",
        "Unit": "Count",
        "UpperThreshold": "6000",
        "LowerThreshold": "600",
    }


BATCHES = "aws:elasticbeanstalk:command"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"policy": "AllAtOnce"}, {"DeploymentPolicy": "AllAtOnce"}),
        (
            {"policy": "Rolling"},
            {"DeploymentPolicy": "Rolling", "BatchSizeType": "Percentage", "BatchSize": "30"},
        ),
        (
            {"policy": "Rolling", "batch_type": "Fixed"},
            {"DeploymentPolicy": "Rolling", "BatchSizeType": "Fixed", "BatchSize": "1"},
        ),
        (
            {"policy": "RollingWithAdditionalBatch", "batch_type": "Fixed", "batch_size": 2},
            {"DeploymentPolicy": "RollingWithAdditionalBatch", "BatchSizeType": "Fixed", "BatchSize": "2"},
        ),
        ({"policy": "Immutable"}, {"DeploymentPolicy": "Immutable"}),
        ({"policy": "TrafficSplitting"}, {"DeploymentPolicy": "TrafficSplitting"}),
    ],
)
def test_each_deployment_policy_has_the_options_that_it_knows(source: str, args: Args, expected: Args) -> None:
    found = options(source, {"deployment": args})
    assert of(found, BATCHES) == {"IgnoreHealthCheck": "false", "Timeout": "600", **expected}
    splits = {"EvaluationTime": "5", "NewVersionPercent": "10"} if args["policy"] == "TrafficSplitting" else {}
    assert of(found, "aws:elasticbeanstalk:trafficsplitting") == splits


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({}, {"RollingUpdateType": "Health", "MaxBatchSize": "1", "MinInstancesInService": "2"}),
        (
            {"type": "Time", "pause_seconds": 90, "max_batch_size": 2, "min_in_service": 0},
            {"RollingUpdateType": "Time", "MaxBatchSize": "2", "MinInstancesInService": "0", "PauseTime": "PT90S"},
        ),
        ({"type": "Immutable"}, {"RollingUpdateType": "Immutable"}),
    ],
)
def test_configuration_updates_have_the_options_that_they_know(source: str, args: Args, expected: Args) -> None:
    found = of(options(source, {"configuration_updates": args}), "aws:autoscaling:updatepolicy:rollingupdate")
    assert found == {"RollingUpdateEnabled": "true", "Timeout": "PT30M", **expected}


def test_one_instance_can_still_be_replaced(source: str) -> None:
    found = options(source, {"instances": {"min": 1, "max": 1}})
    assert found["aws:autoscaling:updatepolicy:rollingupdate", "MinInstancesInService"] == "0"


@pytest.mark.parametrize("instances", [{"min": 0}, {"max": 0}, {"min": 0, "max": 0}])
def test_an_environment_may_stand_without_instances(source: str, instances: Args) -> None:
    found = options(source, {"instances": instances})
    assert (found["aws:autoscaling:asg", "MinSize"], found["aws:autoscaling:asg", "MaxSize"]) == ("0", "0")


def test_of_no_instances_there_are_no_batches_until_somebody_scales_the_environment(source: str) -> None:
    full: Args = {
        "deployment": {"batch_type": "Fixed", "batch_size": 2},
        "configuration_updates": {"max_batch_size": 2, "min_in_service": 1},
        "instances": {
            "types": ["t4g.small", "t4g.medium"],
            "spot": {"on_demand_base": 2, "on_demand_above_base_percent": 0},
        },
    }
    before = options(source, full)
    after = options(source, {**full, "instances": {**full["instances"], "min": 0, "max": 0}})
    assert {key: after.get(key) for key in before if after.get(key) != before[key]} == {
        ("aws:autoscaling:asg", "MinSize"): "0",
        ("aws:autoscaling:asg", "MaxSize"): "0",
        ("aws:autoscaling:updatepolicy:rollingupdate", "MaxBatchSize"): None,
        ("aws:autoscaling:updatepolicy:rollingupdate", "MinInstancesInService"): None,
        ("aws:elasticbeanstalk:command", "BatchSize"): "30",
        ("aws:elasticbeanstalk:command", "BatchSizeType"): "Percentage",
    }
    assert before.keys() >= after.keys()


def test_without_https_the_load_balancer_listens_on_port_80(source: str) -> None:
    found = options(source, {})
    assert of(found, "aws:elbv2:listener:default") == {
        "DefaultProcess": "default",
        "ListenerEnabled": "true",
        "Protocol": "HTTP",
    }
    assert of(found, "aws:elbv2:listener:443") == {}


def test_with_https_port_80_is_left_to_the_redirect(source: str) -> None:
    found = options(source, {"https": {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}})
    assert of(found, "aws:elbv2:listener:default") == {"ListenerEnabled": "false"}
    assert of(found, "aws:elbv2:listener:443") == {
        "DefaultProcess": "default",
        "ListenerEnabled": "true",
        "Protocol": "HTTPS",
        "SSLCertificateArns": CERTIFICATE,
        "SSLPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    }


@pytest.mark.parametrize(("public", "scheme"), [(False, "internal"), (True, "public")])
def test_the_load_balancer_is_internal_unless_told_otherwise(source: str, public: bool, scheme: str) -> None:
    assert of(options(source, {"public": public}), "aws:ec2:vpc") == {
        "AssociatePublicIpAddress": "false",
        "ELBScheme": scheme,
        "ELBSubnets": "subnet-3,subnet-4",
        "Subnets": "subnet-1,subnet-2",
        "VPCId": "vpc-1",
    }


def test_the_load_balancer_is_dedicated_and_has_our_group_only(source: str) -> None:
    found = options(source, {})
    assert of(found, "aws:elasticbeanstalk:environment") == {
        "EnvironmentType": "LoadBalanced",
        "LoadBalancerIsShared": "false",
        "LoadBalancerType": "application",
        "ServiceRole": "arn:service",
    }
    assert of(found, "aws:elbv2:loadbalancer") == {
        "AccessLogsS3Bucket": "logs",
        "AccessLogsS3Enabled": "true",
        "AccessLogsS3Prefix": "web",
        "IdleTimeout": "60",
        "ManagedSecurityGroup": "sg-b",
        "SecurityGroups": "sg-b",
    }


def test_access_logs_go_where_they_should_or_nowhere(source: str) -> None:
    balancer = {"access_logs_bucket": "mine", "access_logs_prefix": "core"}
    found = of(options(source, {"load_balancer": balancer}), "aws:elbv2:loadbalancer")
    assert (found["AccessLogsS3Bucket"], found["AccessLogsS3Prefix"]) == ("mine", "core")
    found = of(options(source, {"load_balancer": {"access_logs": False}}), "aws:elbv2:loadbalancer")
    assert found["AccessLogsS3Enabled"] == "false"
    assert "AccessLogsS3Bucket" not in found


def test_instances_come_from_a_launch_template_with_the_newer_metadata_service(source: str) -> None:
    assert of(options(source, {"instances": {"root_volume_gib": 20}}), "aws:autoscaling:launchconfiguration") == {
        "DisableDefaultEC2SecurityGroup": "true",
        "DisableIMDSv1": "true",
        "IamInstanceProfile": "profile",
        "RootVolumeSize": "20",
        "RootVolumeType": "gp3",
        "SecurityGroups": "sg-i",
    }


def test_numbers_zones_and_cooldown_reach_the_group(source: str) -> None:
    args = {"instances": {"min": 3, "max": 9}, "scaling": {"cooldown_seconds": 120}}
    assert of(options(source, args), "aws:autoscaling:asg") == {
        "Cooldown": "120",
        "Custom Availability Zones": "eu-west-1a,eu-west-1b",
        "EnableCapacityRebalancing": "false",
        "MaxSize": "9",
        "MinSize": "3",
    }


def test_a_spot_mix_has_its_shares_and_the_types_in_order(source: str) -> None:
    mix = {"on_demand_base": 2, "on_demand_above_base_percent": 0, "max_price": "0.02"}
    found = options(source, {"instances": {"types": ["m7g.large", "c7g.large"], "spot": mix}})
    assert of(found, "aws:ec2:instances") == {
        "EnableSpot": "true",
        "InstanceTypes": "m7g.large,c7g.large",
        "SpotFleetOnDemandAboveBasePercentage": "0",
        "SpotFleetOnDemandBase": "2",
        "SpotMaxPrice": "0.02",
        "SupportedArchitectures": "arm64",
    }
    assert found["aws:autoscaling:asg", "EnableCapacityRebalancing"] == "true"


@pytest.mark.parametrize(
    ("type_", "architecture"),
    [
        ("t4g.small", "arm64"),
        ("a1.large", "arm64"),
        ("c7gn.medium", "arm64"),
        ("im4gn.large", "arm64"),
        ("t3.small", "x86_64"),
        ("g4dn.xlarge", "x86_64"),
        ("m7i-flex.large", "x86_64"),
    ],
)
def test_the_architecture_follows_from_the_type(source: str, type_: str, architecture: str) -> None:
    found = options(source, {"instances": {"types": [type_]}})
    assert found["aws:ec2:instances", "SupportedArchitectures"] == architecture


def test_health_checks_and_draining_reach_the_process(source: str) -> None:
    health = {"path": "/health", "interval_seconds": 15, "timeout_seconds": 4, "success_codes": "200,204"}
    health |= {"healthy_threshold": 2, "unhealthy_threshold": 4}
    found = options(source, {"health": health, "draining_seconds": 60})
    assert of(found, "aws:elasticbeanstalk:environment:process:default") == {
        "DeregistrationDelay": "60",
        "HealthCheckInterval": "15",
        "HealthCheckPath": "/health",
        "HealthCheckTimeout": "4",
        "HealthyThresholdCount": "2",
        "MatcherHTTPCode": "200,204",
        "Port": "80",
        "Protocol": "HTTP",
        "StickinessEnabled": "false",
        "UnhealthyThresholdCount": "4",
    }
    assert of(found, "aws:elasticbeanstalk:application") == {"Application Healthcheck URL": "/health"}


def test_health_is_enhanced_and_leaves_out_the_mistakes_of_callers(source: str) -> None:
    found = of(
        options(source, {"health": {"metrics": ["InstancesOk", "ApplicationRequests5xx"]}}),
        "aws:elasticbeanstalk:healthreporting:system",
    )
    document = json.loads(found.pop("ConfigDocument"))
    assert found == {"HealthCheckSuccessThreshold": "Ok", "SystemType": "enhanced"}
    off = {"Enabled": False}
    assert document == {
        "Version": 1,
        "CloudWatchMetrics": {"Environment": {"ApplicationRequests5xx": 60, "InstancesOk": 60}, "Instance": {}},
        "Rules": {"Environment": {"Application": {"ApplicationRequests4xx": off}, "ELB": {"ELBRequests4xx": off}}},
    }


def test_the_mistakes_of_callers_can_count(source: str) -> None:
    found = options(source, {"health": {"ignore_client_errors": False}})
    document = json.loads(found["aws:elasticbeanstalk:healthreporting:system", "ConfigDocument"])
    assert "Rules" not in document


def test_php_and_its_web_server_have_their_settings(tmp_path: Path) -> None:
    platform = {"document_root": "/", "memory_limit_mib": 128, "max_execution_seconds": 20, "proxy": "apache"}
    found = options(folder(tmp_path, {"index.php": ""}), {"platform": platform})
    assert of(found, "aws:elasticbeanstalk:container:php:phpini") == {
        "allow_url_fopen": "On",
        "display_errors": "Off",
        "document_root": "/",
        "max_execution_time": "20",
        "memory_limit": "128M",
        "zlib.output_compression": "Off",
    }
    assert of(found, "aws:elasticbeanstalk:environment:proxy") == {"ProxyServer": "apache"}


def test_managed_updates_have_a_window_a_level_and_a_role(source: str) -> None:
    found = options(source, {"managed_updates": {"window": "Tue:09:00", "level": "patch"}})
    assert of(found, "aws:elasticbeanstalk:managedactions") == {
        "ManagedActionsEnabled": "true",
        "PreferredStartTime": "Tue:09:00",
        "ServiceRoleForManagedUpdates": "arn:service",
    }
    assert of(found, "aws:elasticbeanstalk:managedactions:platformupdate") == {
        "InstanceRefreshEnabled": "false",
        "UpdateLevel": "patch",
    }


def test_managed_updates_can_be_off(source: str) -> None:
    found = options(source, {"managed_updates": {"enabled": False}})
    assert of(found, "aws:elasticbeanstalk:managedactions") == {"ManagedActionsEnabled": "false"}
    assert of(found, "aws:elasticbeanstalk:managedactions:platformupdate") == {}


def test_logs_are_streamed_and_kept(source: str) -> None:
    found = options(source, {"logs": {"retention_days": 30, "delete_on_terminate": True, "rotated_to_s3": False}})
    assert of(found, "aws:elasticbeanstalk:cloudwatch:logs") == {
        "DeleteOnTerminate": "true",
        "RetentionInDays": "30",
        "StreamLogs": "true",
    }
    assert of(found, "aws:elasticbeanstalk:cloudwatch:logs:health") == {
        "DeleteOnTerminate": "true",
        "HealthStreamingEnabled": "true",
        "RetentionInDays": "30",
    }
    assert of(found, "aws:elasticbeanstalk:hostmanager") == {"LogPublicationControl": "false"}


def test_properties_and_secrets_stand_in_their_own_namespaces(source: str) -> None:
    args = {"environment": {"RDS_PORT": "3306"}, "secrets": {"RDS_PASSWORD": f"{SECRET}:password"}}
    found = options(source, args)
    assert of(found, "aws:elasticbeanstalk:application:environment") == {"RDS_PORT": "3306"}
    assert of(found, "aws:elasticbeanstalk:application:environmentsecrets") == {"RDS_PASSWORD": f"{SECRET}:password"}
