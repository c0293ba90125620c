"""What a web tier registers: exact children, and the rules that hold for all of them.

The mocks answer whatever is asked for; that Elastic Beanstalk takes these inputs is proved elsewhere.
"""

import ast
import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from components.web_tier.building import (
    CERTIFICATE,
    HOME,
    TOPIC,
    WEB,
    Account,
    build,
)

from pulumi_aws_mobile.testing import Recorded, record
from pulumi_aws_mobile.web_tier import WebTier

HTTPS = {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(source: str, preview: bool) -> None:
    args = {
        "source": source,
        "https": HTTPS,
        "public": True,
        "database": {"security_group_id": "sg-1"},
        "environments": {"blue": {}, "green": {"platform": {"php": "8.5"}}},
        "live": "blue",
        "alarm_topic_arn": TOPIC,
        "network": {"zones": ["eu-west-1a", "eu-west-1b"]},
    }
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(args, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_a_source_alone_makes_a_whole_web_tier(source: str, preview: bool) -> None:
    children = record(lambda: WebTier("web", {"source": source}), preview=preview, mocks=Account()).children(WEB)
    assert {child.name for child in children} == {
        "web-application",
        "web-balancer",
        "web-balancer-from-link-80",
        "web-balancer-to-instances",
        "web-bundle",
        "web-bundles",
        "web-bundles-encryption",
        "web-bundles-key",
        "web-bundles-lifecycle",
        "web-bundles-logging",
        "web-bundles-ownership",
        "web-bundles-policy",
        "web-bundles-public-access",
        "web-bundles-versioning",
        "web-instance-profile",
        "web-instance-role",
        "web-instance-role-permissions",
        "web-instances",
        "web-instances-from-balancer",
        "web-instances-to-aws",
        "web-link",
        "web-link-to-balancer-80",
        "web-logs",
        "web-logs-encryption",
        "web-logs-lifecycle",
        "web-logs-ownership",
        "web-logs-policy",
        "web-logs-public-access",
        "web-logs-versioning",
        "web-main-php84",
        "web-network",
        "web-service-role",
        "web-service-role-bundles",
        "web-service-role-enhanced-health",
        "web-service-role-managed-updates",
        "web-version",
        "web-version-id",
    }


def test_the_silence_of_an_environment_without_instances_is_no_alarm(source: str) -> None:
    recording = build({"source": source, "alarm_topic_arn": TOPIC, "instances": {"max": 0}})
    alarm = recording.named("web-main-php84-health")
    assert alarm.inputs["treatMissingData"] == "notBreaching"


def test_without_a_topic_there_are_no_alarms(source: str) -> None:
    assert build({"source": source}).of_type("aws:cloudwatch/metricAlarm:MetricAlarm") == []


def test_a_topic_is_told_when_an_environment_is_not_well(source: str) -> None:
    recording = build({"source": source, "alarm_topic_arn": TOPIC})
    assert recording.named("web-main-php84-health").inputs == {
        "alarmActions": [TOPIC],
        "alarmDescription": "web-main-php84: degraded, or no sign of life, for 5 minutes",
        "comparisonOperator": "GreaterThanThreshold",
        "dimensions": {"EnvironmentName": "web-main-php84"},
        "evaluationPeriods": 5,
        "metricName": "EnvironmentHealth",
        "namespace": "AWS/ElasticBeanstalk",
        "okActions": [TOPIC],
        "period": 60,
        "statistic": "Maximum",
        "tags": {"Name": "web-main-php84-health"},
        "threshold": 19,
        "treatMissingData": "breaching",
    }
    latency = recording.named("web-main-php84-latency").inputs
    assert latency["dimensions"] == {"LoadBalancer": "app/web-main-php84/1"}
    assert (latency["extendedStatistic"], latency["threshold"]) == ("p95", 2)
    assert "statistic" not in latency
    alarms = {alarm.name for alarm in recording.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")}
    watched = ("health", "application-errors", "balancer-errors", "latency")
    assert alarms == {f"web-main-php84-{each}" for each in watched}


def test_every_regional_child_is_in_the_region(source: str) -> None:
    https = {**HTTPS, "certificate_arn": CERTIFICATE.replace(HOME, "eu-central-1")}
    recording = build(
        {"source": source, "region": "eu-central-1", "network": {}, "https": https, "alarm_topic_arn": TOPIC}
    )
    elsewhere = [
        one.name
        for one in recording
        if one.custom
        and not one.type.startswith(("aws:iam/", "random:"))
        and one.inputs.get("region") != "eu-central-1"
    ]
    assert elsewhere == []


def test_two_web_tiers_do_not_collide(source: str) -> None:
    def program() -> None:
        for name in ("web", "web-2"):
            WebTier(name, {"source": source, "https": HTTPS, "alarm_topic_arn": TOPIC})

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_no_child_depends_on_a_component(source: str) -> None:
    recording = build({"source": source, "https": HTTPS, "alarm_topic_arn": TOPIC})
    components = {one.urn for one in recording if not one.custom}
    waits = set(itertools.chain.from_iterable(child.dependencies for child in recording.children(WEB)))
    assert not components & waits


def test_tags_reach_everything_that_takes_them(source: str) -> None:
    recording = build({"source": source, "tags": {"team": "core"}})

    def is_untagged(one: Recorded) -> bool:
        return one.custom and one.inputs.get("tags", {"team": "core"}).get("team") != "core"

    assert not [one.name for one in recording if is_untagged(one)]
    assert recording.named("web-version").inputs["tags"] == {"Name": "web-version", "team": "core"}


def test_importing_a_web_tier_loads_none_of_its_services() -> None:
    loaded = (
        "sorted({name.split('.')[1] for name in sys.modules if name.startswith('pulumi_aws.') and name.count('.') > 1})"
    )
    program = f"import sys, pulumi_aws_mobile.web_tier; print({loaded})"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert not {"elasticbeanstalk", "s3", "iam", "ec2", "lb", "cloudwatch"} & set(ast.literal_eval(answer))
