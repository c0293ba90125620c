"""What an API registers: exact children, inputs and options.

The mocks answer whatever is asked for; that AWS takes these inputs is proved by the sandbox.
"""

import json
import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
from components.api.building import (
    API,
    CORE_API,
    EVERYTHING,
    FUNCTION,
    HOME,
    INTEGRATION,
    MOCK,
    STAGE_ARN,
    TOPIC,
    Account,
    Args,
    build,
    document,
    mock_api,
    operation,
    parameter,
)

from pulumi_aws_mobile.api import Api
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.identity import Identity
from pulumi_aws_mobile.testing import UNKNOWN, Recorded, Secret, record

POLICY = "aws:iam/rolePolicy:RolePolicy"
PERMISSION = "aws:lambda/permission:Permission"
NOWHERE = {
    "api-log-role",
    "api-log-role-permissions",
    "api-queue-integrations",
    "api-queue-integrations-permissions",
    "api-certificate-record",
    "api-domain-a",
    "api-domain-aaaa",
}
"""What has no Region: IAM and Route 53 are global."""


@pytest.mark.parametrize("preview", [True, False])
def test_the_urns_are_the_reviewed_ones(preview: bool) -> None:
    reviewed = Path(__file__).with_name("urns.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(build(EVERYTHING, preview=preview).urns) == reviewed


@pytest.mark.parametrize("preview", [True, False])
def test_routes_alone_make_a_stage_with_a_log_and_what_it_takes(preview: bool) -> None:
    assert sorted(child.name for child in build(mock_api(), preview=preview).children(API)) == [
        "api-access-logs",
        "api-account",
        "api-deployment",
        "api-log-role",
        "api-log-role-permissions",
        "api-method-settings",
        "api-rest",
        "api-stage",
    ]


def test_everything_is_a_child_of_the_component() -> None:
    assert {resource.parent for resource in build(EVERYTHING) if resource.urn != API} == {API}


def test_everything_regional_is_in_the_region() -> None:
    regions = {child.name: child.inputs.get("region") for child in build(EVERYTHING).children(API)}
    assert {name for name, region in regions.items() if region is None} == NOWHERE
    assert {region for name, region in regions.items() if name not in NOWHERE} == {HOME}


def test_everything_that_takes_tags_has_its_name_and_the_callers_tags() -> None:
    tagged = {child.name: child.inputs["tags"] for child in build(EVERYTHING).children(API) if "tags" in child.inputs}
    assert tagged == {
        name: {"Name": name, "team": "core"}
        for name in (
            "api-access-logs",
            "api-certificate",
            "api-domain",
            "api-execution-logs",
            "api-firewall",
            "api-firewall-logs",
            "api-key-android",
            "api-key-ios",
            "api-latency",
            "api-link",
            "api-log-role",
            "api-plan-android",
            "api-plan-ios",
            "api-queue-integrations",
            "api-rest",
            "api-server-errors",
            "api-stage",
        )
    }


def test_the_api_is_regional_takes_both_kinds_of_address_and_tls_1_2() -> None:
    inputs = dict(build(mock_api()).named("api-rest").inputs)
    assert json.loads(inputs.pop("body"))["info"] == {"title": "api", "version": "1"}
    assert inputs == {
        "description": "The API api",
        "disableExecuteApiEndpoint": False,
        "endpointConfiguration": {"types": "REGIONAL", "ipAddressType": "dualstack"},
        "securityPolicy": "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
        "endpointAccessMode": "BASIC",
        "tags": {"Name": "api-rest"},
    }


def test_the_stage_serves_the_deployment_and_records_each_request() -> None:
    recording = build(mock_api(stage_name="v1", tracing=False))
    inputs = dict(recording.named("api-stage").inputs)
    log = inputs.pop("accessLogSettings")
    assert log["destinationArn"] == "arn:aws:cloudwatch:eu-west-1:123456789012:api-access-logs"
    assert inputs == {
        "restApi": "api-rest-id",
        "deployment": "api-deployment-id",
        "stageName": "v1",
        "xrayTracingEnabled": False,
        "tags": {"Name": "api-stage"},
    }


def test_the_access_log_keeps_what_is_private_out() -> None:
    text = build(mock_api()).named("api-stage").inputs["accessLogSettings"]["format"]
    fields = set(json.loads(text).values())
    assert {"$context.requestId", "$context.status", "$context.identity.cognitoIdentityId"} <= fields
    assert not [each for each in fields if "$context.path" in each or "$input" in each or "header" in each]


def test_each_method_is_throttled_and_measured_and_no_body_is_recorded() -> None:
    args = mock_api(throttle={"requests_per_second": 20, "burst": 40})
    assert build(args).named("api-method-settings").inputs == {
        "restApi": "api-rest-id",
        "stageName": "live",
        "methodPath": "*/*",
        "settings": {
            "throttlingRateLimit": 20,
            "throttlingBurstLimit": 40,
            "metricsEnabled": True,
            "loggingLevel": "OFF",
            "dataTraceEnabled": False,
            "cachingEnabled": False,
        },
    }


def test_unless_told_otherwise_a_thousand_requests_a_second_get_through() -> None:
    settings = build(mock_api()).named("api-method-settings").inputs["settings"]
    assert (settings["throttlingRateLimit"], settings["throttlingBurstLimit"]) == (1000, 2000)


@pytest.mark.parametrize(("level", "level_of_aws"), [("error", "ERROR"), ("info", "INFO")])
def test_execution_logs_have_a_group_that_forgets(level: str, level_of_aws: str) -> None:
    recording = build(mock_api(execution_logs=level, log_retention_days=30))
    assert recording.named("api-method-settings").inputs["settings"]["loggingLevel"] == level_of_aws
    assert recording.named("api-execution-logs").inputs == {
        "name": "API-Gateway-Execution-Logs_api-rest-id/live",
        "retentionInDays": 30,
        "tags": {"Name": "api-execution-logs"},
    }


def test_the_accounts_log_role_outlives_the_api() -> None:
    recording = build(mock_api())
    assert recording.named("api-account").inputs == {
        "cloudwatchRoleArn": "arn:aws:iam:eu-west-1:123456789012:api-log-role"
    }
    assert recording.named("api-log-role-permissions").inputs == {
        "role": "api-log-role",
        "policyArn": "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    }
    kept = {child.name for child in recording.children(API) if child.retain_on_delete}
    assert kept == {"api-account", "api-log-role", "api-log-role-permissions"}


def test_an_account_with_a_log_role_needs_no_other() -> None:
    names = {child.name for child in build(mock_api(account_log_role=False)).children(API)}
    assert not names & {"api-account", "api-log-role", "api-log-role-permissions"}


def test_the_private_link_wears_the_groups_that_the_load_balancer_lets_in() -> None:
    assert build(EVERYTHING).named("api-link").inputs == {
        "subnetIds": CORE_API["subnet_ids"],
        "securityGroupIds": CORE_API["security_group_ids"],
        "region": HOME,
        "tags": {"Name": "api-link", "team": "core"},
    }


def test_a_function_may_be_invoked_for_its_own_routes_alone() -> None:
    paths = {
        "/token": {"post": operation()},
        "/keys/{id}": {"get": operation(parameters=[parameter("id")])},
        "/own": {"get": operation(**{INTEGRATION: MOCK})},
    }
    function = {"target": "function", "function_arn": FUNCTION, "function_name": "exchange"}
    recording = build({"contributions": {"tokens": {"document": document(paths), **function}}})
    assert {each.name: each.inputs["sourceArn"] for each in recording.of_type(PERMISSION)} == {
        "api-invokes-tokens-POST_token": f"{STAGE_ARN}/POST/token",
        "api-invokes-tokens-GET_keys_-id--b2dc0ea": f"{STAGE_ARN}/GET/keys/*",
    }
    assert recording.named("api-invokes-tokens-POST_token").inputs == {
        "action": "lambda:InvokeFunction",
        "function": "exchange",
        "principal": "apigateway.amazonaws.com",
        "sourceArn": f"{STAGE_ARN}/POST/token",
    }


def test_permissions_and_roles_have_names_that_aws_takes() -> None:
    paths = {
        f"/{word}": {"post": operation()} for word in ("a-b", "a/b", "a_b", "a.b", "a:b", "a" * 90, "a" * 90 + "b")
    }
    function = {"target": "function", "function_arn": FUNCTION, "function_name": "exchange"}
    recording = build({"contributions": {"k" * 40: {"document": document(paths), **function}}}, name="n" * 47)
    names = [each.name for each in recording.of_type(PERMISSION)]
    assert len(set(names)) == len(paths)
    assert not [name for name in names if not re.fullmatch(r"[A-Za-z0-9_-]{1,92}", name)]
    queue = build({"contributions": {"k" * 40: EVERYTHING["contributions"]["queue"]}}, name="n" * 47)
    assert max(len(role.name) for role in queue.of_type("aws:iam/role:Role")) == 56


def test_aws_integrations_may_do_what_their_statements_say() -> None:
    recording = build(EVERYTHING)
    trust = json.loads(recording.named("api-queue-integrations").inputs["assumeRolePolicy"])
    assert trust["Statement"][0]["Principal"] == {"Service": "apigateway.amazonaws.com"}
    assert json.loads(recording.named("api-queue-integrations-permissions").inputs["policy"])["Statement"] == [
        {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": ["arn:aws:sqs:eu-west-1:123456789012:events"]}
    ]


def test_each_client_has_a_plan_and_a_secret_key() -> None:
    recording = build(EVERYTHING)
    plan = dict(recording.named("api-plan-ios").inputs)
    assert (plan["apiStages"], plan["throttleSettings"], plan["quotaSettings"]) == (
        [{"apiId": "api-rest-id", "stage": "live"}],
        {"rateLimit": 50, "burstLimit": 100},
        {"limit": 1000000, "period": "MONTH"},
    )
    assert {"throttleSettings", "quotaSettings"}.isdisjoint(recording.named("api-plan-android").inputs)
    assert recording.named("api-plan-key-ios").inputs == {
        "keyId": "api-key-ios-id",
        "keyType": "API_KEY",
        "usagePlanId": "api-plan-ios-id",
        "region": HOME,
    }
    assert recording.component_outputs[API]["api_keys"] == Secret(
        {"android": "value-of-api-key-android", "ios": "value-of-api-key-ios"}
    )
    assert "value" in recording.named("api-key-ios").request.additionalSecretOutputs


def test_the_firewall_stands_before_the_stage() -> None:
    recording = build(EVERYTHING)
    rules = recording.named("api-firewall").inputs["rules"]
    assert [(rule["name"], rule["priority"]) for rule in rules] == [
        ("known-bad-addresses", 0),
        ("common-attacks", 1),
        ("too-many-requests", 2),
    ]
    assert rules[2]["statement"]["rateBasedStatement"]["limit"] == 5000
    assert recording.named("api-firewall-association").inputs == {
        "resourceArn": "arn:aws:apigateway:eu-west-1:123456789012:api-stage",
        "webAclArn": "arn:aws:wafv2:eu-west-1:123456789012:api-firewall",
        "region": HOME,
    }
    assert recording.named("api-firewall-logs").inputs["name"] == ("aws-waf-logs-project-stack-api-api-api-firewall-id")


def test_large_bodies_are_counted_and_not_stopped() -> None:
    rules = {rule["name"]: rule for rule in build(EVERYTHING).named("api-firewall").inputs["rules"]}
    assert rules["common-attacks"]["statement"]["managedRuleGroupStatement"] == {
        "name": "AWSManagedRulesCommonRuleSet",
        "vendorName": "AWS",
        "ruleActionOverrides": [{"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}],
    }
    assert "ruleActionOverrides" not in rules["known-bad-addresses"]["statement"]["managedRuleGroupStatement"]


def test_the_firewalls_rules_may_only_count_and_awss_be_left_out() -> None:
    args = mock_api(firewall={"managed_rules": False, "count_only": True, "requests_per_five_minutes": 10})
    (rule,) = build(args).named("api-firewall").inputs["rules"]
    assert (rule["name"], rule["action"]) == ("too-many-requests", {"count": {}})


def test_a_domain_gets_a_certificate_that_is_proved_in_its_zone() -> None:
    recording = build(EVERYTHING)
    assert recording.named("api-certificate").inputs["validationMethod"] == "DNS"
    assert recording.named("api-certificate-record").inputs == {
        "zoneId": "Z0123456789",
        "name": "_1.api",
        "type": "CNAME",
        "records": ["_2.acm"],
        "ttl": 300,
        "allowOverwrite": True,
    }
    assert recording.named("api-certificate-validation").inputs["validationRecordFqdns"] == ["_1.api"]
    domain = recording.named("api-domain").inputs
    assert (domain["domainName"], domain["securityPolicy"], domain["endpointConfiguration"]) == (
        "api.example.com",
        "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
        {"types": "REGIONAL", "ipAddressType": "dualstack"},
    )
    assert domain["regionalCertificateArn"] == "arn:aws:acm:eu-west-1:123456789012:api-certificate"


def test_a_domain_leads_to_the_stage_by_both_kinds_of_address() -> None:
    recording = build(EVERYTHING)
    mapping = recording.named("api-domain-mapping").inputs
    assert (mapping["domainName"], mapping["restApi"], mapping["stageName"]) == (
        "api.example.com",
        "api-rest-id",
        "live",
    )
    for name, family in (("api-domain-a", "A"), ("api-domain-aaaa", "AAAA")):
        assert recording.named(name).inputs == {
            "zoneId": "Z0123456789",
            "name": "api.example.com",
            "type": family,
            "aliases": [
                {"name": "d-1.execute-api.example.com", "zoneId": "Z1", "evaluateTargetHealth": False},
            ],
        }
    assert recording.component_outputs[API]["url"] == "https://api.example.com"


def test_records_of_the_domain_can_be_left_to_somebody_who_knows_several_regions() -> None:
    domain = {"name": "api.example.com", "hosted_zone_id": "Z0123456789", "records": False}
    recording = build(mock_api(domain=domain))
    assert [record.name for record in recording.of_type("aws:route53/record:Record")] == ["api-certificate-record"]
    outputs = recording.component_outputs[API]
    wanted = ("url", "endpoint_url", "domain_target_name", "domain_target_zone_id")
    assert {output: outputs[output] for output in wanted} == {
        "url": "https://api.example.com",
        "endpoint_url": "https://api-rest-id.execute-api.eu-west-1.amazonaws.com/live",
        "domain_target_name": "d-1.execute-api.example.com",
        "domain_target_zone_id": "Z1",
    }


def test_a_certificate_can_be_given() -> None:
    arn = f"arn:aws:acm:{HOME}:123456789012:certificate/1"
    domain = {"name": "api.example.com", "hosted_zone_id": "Z0123456789", "certificate_arn": arn}
    recording = build(mock_api(domain=domain))
    assert recording.named("api-domain").inputs["regionalCertificateArn"] == arn
    assert not recording.of_type("aws:acm/certificate:Certificate")


def test_an_api_that_answers_at_its_domain_only_is_deployed_so() -> None:
    domain = {"name": "api.example.com", "hosted_zone_id": "Z0123456789"}
    both, only = (build(mock_api(domain={**domain, "only": only})) for only in (False, True))
    assert only.named("api-rest").inputs["disableExecuteApiEndpoint"] is True
    assert only.named("api-deployment").inputs["triggers"] != both.named("api-deployment").inputs["triggers"]


def test_failures_and_slowness_are_told() -> None:
    alarms = {"topic_arn": TOPIC, "server_errors_percent": 5, "latency_milliseconds": 800}
    recording = build(mock_api(alarms=alarms))
    failures, slowness = (recording.named(name).inputs for name in ("api-server-errors", "api-latency"))
    assert (failures["metricName"], failures["statistic"], failures["threshold"]) == ("5XXError", "Average", 0.05)
    assert (slowness["metricName"], slowness["extendedStatistic"], slowness["threshold"]) == ("Latency", "p99", 800)
    for alarm in (failures, slowness):
        assert alarm["dimensions"] == {"ApiName": "api-rest", "Stage": "live"}
        assert (alarm["alarmActions"], alarm["okActions"]) == ([TOPIC], [TOPIC])


def test_the_outputs_say_where_everything_is() -> None:
    assert build(mock_api()).component_outputs[API] == {
        "api_id": "api-rest-id",
        "api_name": "api-rest",
        "arn": "arn:aws:apigateway:eu-west-1:123456789012:api-rest",
        "execution_arn": "arn:aws:execute-api:eu-west-1:123456789012:api-rest-id",
        "stage_name": "live",
        "url": "https://api-rest-id.execute-api.eu-west-1.amazonaws.com/live",
        "endpoint_url": "https://api-rest-id.execute-api.eu-west-1.amazonaws.com/live",
        "log_group_name": "api-access-logs",
        "api_keys": Secret({}),
    }
    everything = build(EVERYTHING).component_outputs[API]
    assert everything["web_acl_arn"] == "arn:aws:wafv2:eu-west-1:123456789012:api-firewall"
    assert everything["vpc_link_id"] == "api-link-id"


def test_in_a_preview_what_aws_decides_is_unknown() -> None:
    outputs = build(EVERYTHING, preview=True).component_outputs[API]
    known = {"stage_name": "live", "url": "https://api.example.com", "api_keys": Secret(UNKNOWN)}
    assert outputs == {name: known.get(name, UNKNOWN) for name in Api.__annotations__}


def grant(api: Args, identity: Args | None = None, *, preview: bool = False) -> dict[str, Any]:
    """Return the statements that roles of an identity get, by the name of the policy."""

    def program() -> None:
        Api("api", api).grant(Identity("users", identity or {}))

    policies = list(record(program, mocks=Account(), preview=preview).of_type(POLICY))
    return {
        each.name: UNKNOWN if each.inputs["policy"] == UNKNOWN else json.loads(each.inputs["policy"])["Statement"]
        for each in policies
        if each.name.endswith("-api")
    }


ROUTES = {
    "/notes/{id}": {"get": operation(parameters=[parameter("id")])},
    "/notes/all": {"get": operation(callers=["editors"])},
    "/about": {"get": operation(callers=["guests", "signed_in"])},
}
PEOPLE: Args = {"groups": {"editors": {}}, "federation": {"guests": True}}


def test_grants_say_who_may_call_what() -> None:
    invoke = {"Action": ["execute-api:Invoke"]}
    everyone = [
        {"Effect": "Allow", **invoke, "Resource": [f"{STAGE_ARN}/GET/about", f"{STAGE_ARN}/GET/notes/*"]},
        {
            "Effect": "Deny",
            **invoke,
            "Resource": [f"{STAGE_ARN}/GET/notes/all", f"{STAGE_ARN}/GET/notes/all/"],
            "Condition": {
                "ArnNotEquals": {"aws:PrincipalArn": ["arn:aws:iam:eu-west-1:123456789012:users-group-editors"]}
            },
        },
    ]
    assert grant(mock_api(ROUTES), PEOPLE) == {
        "users-signed-in-api": everyone,
        "users-editors-signed-in-api": everyone,
        "users-editors-api": [{"Effect": "Allow", **invoke, "Resource": [f"{STAGE_ARN}/GET/notes/all"]}],
        "users-guests-api": [{"Effect": "Allow", **invoke, "Resource": [f"{STAGE_ARN}/GET/about"]}],
    }


def test_grants_are_made_in_a_preview_too() -> None:
    assert set(grant(mock_api(ROUTES), PEOPLE, preview=True).values()) == {UNKNOWN}


def test_callers_that_the_identity_does_not_have_are_refused() -> None:
    with pytest.raises(ArgsError) as refused:
        grant(mock_api({"/about": {"get": operation(callers=["editors"])}}))
    assert str(refused.value) == (
        'Grant of Identity "users": 1 problem\n  who: got "editors"; allowed: signed_in; name one of these'
    )


def test_routes_for_guests_are_for_nobody_where_there_are_no_guests() -> None:
    granted = grant(mock_api({"/about": {"get": operation(callers=["signed_in", "guests"])}}))
    assert set(granted) == {"users-signed-in-api"}


def test_two_apis_can_be_granted_to_one_identity() -> None:
    def program() -> None:
        identity = Identity("users", {})
        Api("api", mock_api()).grant(identity)
        Api("partners", mock_api()).grant(identity, "partners")

    names = [resource.name for resource in record(program, mocks=Account())]
    assert {"users-signed-in-api", "users-signed-in-partners"} <= set(names)


def test_two_components_do_not_collide() -> None:
    def program() -> None:
        Api("api", EVERYTHING)  # type: ignore[bad-argument-type] # plain dictionaries of the declared shape
        Api("api-2", EVERYTHING)  # type: ignore[bad-argument-type] # as above

    names = [resource.name for resource in record(program, mocks=Account())]
    assert len(names) == len(set(names))


def test_refused_arguments_leave_nothing_registered() -> None:
    registered: list[Recorded] = []
    with pytest.raises(ArgsError):
        record(lambda: Api("api", {"contributions": {}}), on_resource=registered.append)
    assert not registered


def test_a_child_waits_for_no_component() -> None:
    """Waiting for a component makes Pulumi walk its whole tree for each child."""
    recording = build(EVERYTHING)
    components = {resource.urn for resource in recording if not resource.custom}
    for child in recording.children(API):
        assert not components & set(child.request.dependencies) - {API}


def test_an_output_may_say_which_function_answers() -> None:
    def program() -> None:
        arn = pulumi.Output.from_input(FUNCTION)
        contribution = {"document": document({"/token": {"post": operation()}}), "target": "function"}
        tokens: Any = {**contribution, "function_arn": arn, "function_name": pulumi.Output.from_input("exchange")}
        Api("api", {"contributions": {"tokens": tokens}})

    assert record(program, mocks=Account()).only(PERMISSION).inputs["function"] == "exchange"
