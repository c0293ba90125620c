"""What cannot work is refused before anything is registered: every problem, each with its path and the way out."""

from pathlib import Path
from typing import Any

import pytest
from components.web_tier.building import CERTIFICATE, HOME, STACK, TOPIC, problems

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import Recorded, record
from pulumi_aws_mobile.web_tier import WebTier
from pulumi_aws_mobile.web_tier.settings import resolve

Args = dict[str, Any]


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (
            {"health": {"interval_seconds": 5, "timeout_seconds": 5}},
            [
                (
                    "health.timeout_seconds: got 5; allowed: less than health.interval_seconds, 5; "
                    "lower it, or raise the interval"
                )
            ],
        ),
        (
            {"health": {"path": "health", "success_codes": "ok"}},
            [
                (
                    'health.path: got "health"; allowed: a path that starts with a slash, without a query; '
                    "choose an allowed value"
                ),
                (
                    'health.success_codes: got "ok"; allowed: HTTP status codes from 200 to 499, for example 200, '
                    "200,204 "
                    "or 200-299; choose an allowed value"
                ),
            ],
        ),
        (
            {"draining_seconds": -1, "auto_scaling_health": {"check": "elb"}},
            [
                "draining_seconds: got -1; allowed: 0 to 3600 seconds; choose an allowed value",
                'auto_scaling_health.check: got "elb"; allowed: EC2 | ELB; did you mean "ELB"?',
            ],
        ),
        (
            {"managed_updates": {"window": "Sunday 2"}},
            [
                (
                    'managed_updates.window: got "Sunday 2"; allowed: a day and a time in UTC, for example Sun:02:00; '
                    "choose an allowed value"
                )
            ],
        ),
        (
            {"managed_updates": {"enabled": False, "level": "patch"}},
            [
                (
                    'managed_updates.level: got "patch"; allowed: nothing while managed_updates.enabled is false; '
                    "remove it, or enable them"
                )
            ],
        ),
        (
            {"load_balancer": {"access_logs": False, "access_logs_prefix": "x"}},
            [
                (
                    'load_balancer.access_logs_prefix: got "x"; allowed: nothing while access_logs is false; '
                    "remove it, or turn them on"
                )
            ],
        ),
        (
            {"versions": {"keep_count": 5, "keep_days": 3}},
            ["versions.keep_days: got 3; allowed: nothing together with keep_count; remove one of the two"],
        ),
        (
            {"platform": {"php": "8.3", "solution_stack": STACK}},
            [f'platform.php: got "8.3"; allowed: the branch of {STACK}; remove one of the two, or let them agree'],
        ),
        (
            {"platform": {"php": "7.4", "solution_stack": "64bit Amazon Linux 2 v3.1.1 running PHP 8.1"}},
            [
                'platform.php: got "7.4"; allowed: a branch of PHP 8, for example 8.4; choose an allowed value',
                (
                    'platform.solution_stack: got "64bit Amazon Linux 2 v3.1.1 running PHP 8.1"; '
                    "allowed: a PHP platform "
                    f"on Amazon Linux 2023, for example {STACK}; choose an allowed value"
                ),
            ],
        ),
        (
            {"database": {"port": 0}},
            ["database.port: got 0; allowed: 1 to 65535; choose an allowed value"],
        ),
        (
            {"database": {"port": 3306}},
            [
                (
                    "database: got a port alone; allowed: security_group_id, or cidr, beside it; "
                    "give one of them, or remove database"
                ),
            ],
        ),
    ],
)
def test_other_options_that_cannot_work_are_refused(source: str, args: Args, lines: list[str]) -> None:
    assert problems({"source": source, **args}) == lines


@pytest.mark.parametrize("where", [{"region": "us-east-1"}, {"network": {"zones": ["us-east-1a", "us-east-1b"]}}])
def test_a_certificate_of_another_region_is_refused(source: str, where: Args) -> None:
    https = {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}
    assert problems({"source": source, "https": https, **where}) == [
        (
            f'https.certificate_arn: got "{CERTIFICATE}"; allowed: a certificate in us-east-1; '
            "name a certificate of us-east-1: load balancers take none of eu-west-1"
        )
    ]


def test_https_that_cannot_be_is_refused(source: str) -> None:
    https = {"certificate_arn": "arn:x", "host_name": "Core", "tls_policy": "ELBSecurityPolicy-2016-08"}
    assert problems({"source": source, "https": https}) == [
        'https.certificate_arn: got "arn:x"; allowed: the ARN of a certificate in ACM; choose an allowed value',
        (
            'https.host_name: got "Core"; allowed: a host name in lower case, for example core.example.com; '
            "choose an allowed value"
        ),
        (
            'https.tls_policy: got "ELBSecurityPolicy-2016-08"; allowed: a security policy with TLS 1.2 or newer only, '
            "for example ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09; choose an allowed value"
        ),
    ]


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (
            {"environments": {}},
            ["environments: got {}; allowed: one environment or more; name one, or remove the option"],
        ),
        (
            {"environments": {"blue": {"clone_of": "blue"}}},
            [
                (
                    'environments.blue.clone_of: got "blue"; '
                    "allowed: an environment that is not, through others, a clone "
                    "of this one; let one of them stand for itself"
                )
            ],
        ),
        (
            {"environments": {"blue": {"clone_of": "gren"}, "green": {}}, "live": "green"},
            ['environments.blue.clone_of: got "gren"; allowed: green; did you mean "green"?'],
        ),
        (
            {"environments": {"blue": {"clone_of": "x"}}},
            [
                (
                    'environments.blue.clone_of: got "x"; allowed: nothing: there is no other environment; '
                    "name another environment, or remove it"
                )
            ],
        ),
        (
            {"environments": {"a": {"clone_of": "b"}, "b": {"clone_of": "a"}}, "live": "a"},
            [
                (
                    'environments.b.clone_of: got "a"; allowed: an environment that is not, through others, a clone of '
                    "this one; let one of them stand for itself"
                ),
                (
                    'environments.a.clone_of: got "b"; allowed: an environment that is not, through others, a clone of '
                    "this one; let one of them stand for itself"
                ),
            ],
        ),
        (
            {"environments": {"blue": {}, "green": {}}},
            ["live: got nothing; allowed: blue | green; name the environment that callers are sent to"],
        ),
        (
            {"environments": {"blue": {}, "green": {}}, "live": "purple"},
            ['live: got "purple"; allowed: blue | green; name one of the environments'],
        ),
        (
            {"environments": {"a_b": {}}},
            [
                (
                    'environments.a_b: got "web-a_b-php84"; allowed: letters, digits and hyphens, at most 32 together; '
                    "choose a shorter name or key: the environment is named after both"
                )
            ],
        ),
    ],
)
def test_environments_that_cannot_be_are_refused(source: str, args: Args, lines: list[str]) -> None:
    assert problems({"source": source, **args}) == lines


def test_a_name_that_is_too_long_is_refused(source: str) -> None:
    assert resolve("w" * 21, {"source": source})
    assert problems({"source": source}, "w" * 22) == [
        (
            f'name: got "{"w" * 22}-main-php84"; allowed: letters, digits and hyphens, at most 32 together; '
            "choose a shorter name or key: the environment is named after both"
        )
    ]


def test_a_problem_is_noted_once_and_where_it_was_written(source: str) -> None:
    args = {
        "scaling": {"lower": 90},
        "environments": {
            "blue": {},
            "green": {"instances": {"min": 9, "max": 2}},
            "teal": {"clone_of": "green"},
        },
        "live": "blue",
    }
    assert problems({"source": source, **args}) == [
        (
            "scaling.lower: got 90; allowed: less than scaling.upper, 70; "
            "lower it, or raise scaling.upper: between the two nothing happens"
        ),
        "environments.green.instances.min: got 9; allowed: at most instances.max, 2; lower it, or raise instances.max",
    ]


@pytest.mark.parametrize(
    ("network", "more", "lines"),
    [
        (
            {"vpc_id": "vpc-1"},
            {},
            [
                (
                    "network.instance_subnet_ids: got nothing; allowed: given, since vpc_id is given; "
                    "give it, or let the web tier make a network"
                )
            ],
        ),
        (
            {"instance_subnet_ids": ["subnet-1"], "cidr": "10.0.0.0/16", "zones": ["us-east-1a"]},
            {"region": HOME, "public": True},
            [
                (
                    'network.zones[0]: got "us-east-1a"; allowed: a zone of eu-west-1; '
                    "name a zone of that Region or change region"
                ),
                (
                    "network.vpc_id: got nothing; allowed: given, since instance_subnet_ids is given; "
                    "give it, or let the web tier make a network"
                ),
                (
                    "network.load_balancer_subnet_ids: got nothing; allowed: given, since the load balancer is public; "
                    "give it, or let the web tier make a network"
                ),
                'network.cidr: got "10.0.0.0/16"; allowed: nothing, with subnets that exist; remove it, or the subnets',
                (
                    'network.instance_subnet_ids: got ["subnet-1"]; allowed: subnets in at least 2 zones; '
                    "add the missing ones"
                ),
            ],
        ),
        (
            {"zones": ["eu-west-1a"]},
            {},
            ['network.zones: got "eu-west-1a"; allowed: 2 or 3 zones; add a zone: a network of one is lost with it'],
        ),
        (
            {"zones": ["us-east-1a", "eu-west-1a"]},
            {"region": HOME},
            [
                (
                    'network.zones[0]: got "us-east-1a"; allowed: a zone of eu-west-1; '
                    "name a zone of that Region or change region"
                )
            ],
        ),
    ],
)
def test_networks_that_cannot_be_are_refused(source: str, network: Args, more: Args, lines: list[str]) -> None:
    assert problems({"source": source, "network": network, **more}) == lines


def test_unknown_options_are_pointed_at(source: str) -> None:
    lines = problems({"source": source, "instance": {}, "environments": {"blue": {"public": True}}})
    assert [line.partition(";")[0] for line in lines] == [
        "instance: got {}",
        "environments.blue.public: got true",
    ]
    assert lines[0].endswith('did you mean "instances"?')


def test_everything_that_is_wrong_is_said_at_once(source: str) -> None:
    args = {
        "region": "europe",
        "instances": {"min": 3, "max": 2},
        "deployment": {"batch_size": 200},
        "environment": {"DB_PASSWORD": "x"},
        "alarm_topic_arn": "alarms",
        "secret_kms_key_arns": ["key"],
        "statements": [{"actions": ["s3:GetObject"], "resources": ["*"]}],
        "live": "blue",
    }
    lines = problems({"source": source, **args})
    assert [line.partition(":")[0] for line in lines] == [
        "region",
        "alarm_topic_arn",
        "secret_kms_key_arns[0]",
        "statements[0].resources[0]",
        "instances.min",
        "deployment.batch_size",
        "environment.DB_PASSWORD",
        "live",
    ]


def test_refused_arguments_leave_nothing_registered(source: str, cache: Path) -> None:
    registered: list[Recorded] = []
    args: Args = {"source": source, "alarm_topic_arn": TOPIC, "live": "blue"}
    with pytest.raises(ArgsError):
        record(lambda: WebTier("web", args), on_resource=registered.append)
    assert not registered
    assert not list(cache.iterdir())
