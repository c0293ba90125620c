"""What Elastic Beanstalk, the instances and the load balancers may do."""

import json
from typing import Any

import pulumi
from components.web_tier.building import (
    ACCOUNT,
    ENVIRONMENT,
    HOME,
    KEY,
    SECRET,
    Account,
    build,
    settings_of,
    statements,
)

from pulumi_aws_mobile.testing import record
from pulumi_aws_mobile.web_tier import WebTier

Args = dict[str, Any]


def test_the_instances_may_do_what_the_platform_needs_for_this_application_alone(source: str) -> None:
    found = statements(build({"source": source}), "web-instance-role-permissions")
    beanstalk = f"arn:aws:elasticbeanstalk:{HOME}:{ACCOUNT}"
    platform = f"arn:aws:s3:::elasticbeanstalk-{HOME}-{ACCOUNT}"
    assert found == [
        {
            "Effect": "Allow",
            "Action": ["elasticbeanstalk:PutInstanceStatistics"],
            "Resource": [f"{beanstalk}:application/web-application", f"{beanstalk}:environment/web-application/*"],
        },
        {
            "Effect": "Allow",
            "Action": [
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ],
            "Resource": [f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/aws/elasticbeanstalk/web-*"],
        },
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": [f"{platform}/resources/environments/*"],
        },
        {
            "Effect": "Allow",
            "Action": ["s3:ListBucket"],
            "Resource": [platform],
            "Condition": {"StringLike": {"s3:prefix": ["resources/environments/*"]}},
        },
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::web-bundles/*"]},
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": [f"arn:aws:kms:{HOME}:{ACCOUNT}:web-bundles-key"],
            "Condition": {"StringEquals": {"kms:ViaService": [f"s3.{HOME}.amazonaws.com"]}},
        },
    ]


def test_the_instances_may_read_the_named_secrets_alone(source: str) -> None:
    def program() -> None:
        args: Args = {
            "source": source,
            "secrets": {"RDS_PASSWORD": pulumi.Output.from_input(f"{SECRET}:password"), "API_KEY": f"{SECRET}2"},
            "secret_kms_key_arns": [pulumi.Output.from_input(KEY)],
            "environments": {"a": {}, "b": {"secrets": {"MORE_TOKEN": f"{SECRET}:more"}}},
            "live": "a",
        }
        WebTier("web", args)

    recording = record(program, mocks=Account())
    assert statements(recording, "web-instance-role-permissions")[-2:] == [
        {"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": [SECRET, f"{SECRET}2"]},
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt"],
            "Resource": [KEY],
            "Condition": {"StringEquals": {"kms:ViaService": [f"secretsmanager.{HOME}.amazonaws.com"]}},
        },
    ]
    found = settings_of(recording.named("web-b-php84"))
    assert found["aws:elasticbeanstalk:application:environmentsecrets", "RDS_PASSWORD"] == f"{SECRET}:password"


def test_the_instances_may_do_what_else_is_asked_for(source: str) -> None:
    function = f"arn:aws:lambda:{HOME}:{ACCOUNT}:function:send"
    asked = [{"actions": ["lambda:InvokeFunction"], "resources": [pulumi.Output.from_input(function)]}]
    recording = record(lambda: WebTier("web", {"source": source, "statements": asked}), mocks=Account())  # pyrefly: ignore[bad-argument-type]
    assert statements(recording, "web-instance-role-permissions")[-1] == {
        "Effect": "Allow",
        "Action": ["lambda:InvokeFunction"],
        "Resource": [function],
    }


def test_only_ec2_and_elastic_beanstalk_may_take_the_roles(source: str) -> None:
    recording = build({"source": source})
    trusts = {
        name: json.loads(recording.named(name).inputs["assumeRolePolicy"])["Statement"]
        for name in ("web-instance-role", "web-service-role")
    }
    allow = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    assert trusts == {
        "web-instance-role": [{**allow, "Principal": {"Service": "ec2.amazonaws.com"}}],
        "web-service-role": [
            {
                **allow,
                "Principal": {"Service": "elasticbeanstalk.amazonaws.com"},
                "Condition": {"StringEquals": {"sts:ExternalId": "elasticbeanstalk"}},
            }
        ],
    }


def test_elastic_beanstalk_has_its_documented_policies_and_the_bundles(source: str) -> None:
    recording = build({"source": source})
    attached = recording.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert {(each.inputs["role"], each.inputs["policyArn"]) for each in attached} == {
        ("web-service-role", "arn:aws:iam::aws:policy/service-role/AWSElasticBeanstalkEnhancedHealth"),
        ("web-service-role", "arn:aws:iam::aws:policy/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy"),
    }
    first, second = statements(recording, "web-service-role-bundles")
    assert (first["Action"], first["Resource"]) == (
        ["s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion"],
        ["arn:aws:s3:::web-bundles/*"],
    )
    assert second["Action"] == ["kms:Decrypt"]


def test_the_roles_are_ready_before_an_environment_is_made(source: str) -> None:
    recording = build({"source": source})
    waits = recording.only(ENVIRONMENT).dependencies
    needed = ("service-role-managed-updates", "service-role-enhanced-health", "instance-role-permissions")
    assert {recording.named(f"web-{each}").urn for each in needed} <= set(waits)


def test_load_balancers_may_write_their_logs_and_nobody_without_tls(source: str) -> None:
    found = {each["Sid"]: each for each in statements(build({"source": source}), "web-logs-policy")}
    assert set(found) == {"DenyPlainHttp", "AllowLogDelivery", "AllowLoadBalancers"}
    assert found["AllowLoadBalancers"] == {
        "Sid": "AllowLoadBalancers",
        "Effect": "Allow",
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::web-logs/*/AWSLogs/{ACCOUNT}/*",
    }
