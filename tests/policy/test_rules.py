"""Each rule objects to what it is about, in full words, and to nothing else."""

import json
from datetime import date
from pathlib import Path

import pytest
from policy.breaks import Break
from policy.compliant_stack import broken, compliant
from policy.guard_stack import AWAY, HOME, Change, Ref, Specs, add, build, drop, put, urn
from policy.overrides import ACCEPTED, OVERRIDES
from policy.unknowns import NO_MATTER, UNDECIDED

from aws_mobile_guard.rule import BaseRule, Level
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import Finding, Kind, evaluate
from aws_mobile_guard.view import UNKNOWN_TEXT as LATER
from policy import (
    breaks_access,
    breaks_analytics,
    breaks_api,
    breaks_api_stages,
    breaks_balancers,
    breaks_clients,
    breaks_finer,
    breaks_finer_data,
    breaks_functions,
    breaks_identity,
    breaks_more,
    breaks_network,
    breaks_others,
    breaks_plain,
    breaks_rds,
    breaks_rds_care,
    breaks_rds_links,
    breaks_recovery,
    breaks_s3,
    breaks_s3_data,
    breaks_web_tier,
    keeps_finer,
)

PACK = Path(__file__).parents[2] / "policy" / "aws_mobile_guard"
PRODUCTION = json.loads((PACK / "production.json").read_text())
# With the options that name something of one's own, without which the rule has nothing to demand.
STRICT = {
    **PRODUCTION,
    "iam-boundary": {"boundaries": [":policy/edge$"]},
    "guard-region": {"regions": [HOME, AWAY]},
    "guard-tags": {"enforcementLevel": "mandatory", "required": ["app=^shop$"]},
}
TABLES = (
    breaks_rds,
    breaks_rds_care,
    breaks_rds_links,
    breaks_recovery,
    breaks_s3,
    breaks_s3_data,
    breaks_access,
    breaks_analytics,
    breaks_identity,
    breaks_clients,
    breaks_functions,
    breaks_network,
    breaks_api,
    breaks_api_stages,
    breaks_web_tier,
    breaks_balancers,
    breaks_others,
    breaks_more,
    breaks_plain,
    breaks_finer,
    breaks_finer_data,
)
BREAKS: list[Break] = [one for table in TABLES for one in table.BREAKS]
KEEPS: dict[str, Change] = {
    **breaks_rds.KEEPS,
    **breaks_s3.KEEPS,
    **breaks_access.KEEPS,
    **breaks_identity.KEEPS,
    **breaks_clients.KEEPS,
    **breaks_functions.KEEPS,
    **breaks_api.KEEPS,
    **breaks_api_stages.KEEPS,
    **breaks_web_tier.KEEPS,
    **breaks_balancers.KEEPS,
    **breaks_recovery.KEEPS,
    **breaks_others.KEEPS,
    **breaks_more.KEEPS,
    **breaks_plain.KEEPS,
    **keeps_finer.KEEPS,
}
FIRST = {one.rule: one for one in reversed(BREAKS)}
RULE_IDS = [rule.id for rule in RULES]
TODAY = date(2026, 6, 1)


def judge(specs: Specs, config: dict | None = None, *, known: bool = True) -> list[Finding]:
    return evaluate(build(specs, known=known), STRICT if config is None else config, today=TODAY)


def violations(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.urn, one.message) for one in findings if one.kind is Kind.VIOLATION]


def test_the_compliant_stack_has_no_findings_once_deployed() -> None:
    assert judge(compliant()) == []


def test_the_compliant_stack_has_no_findings_without_a_configuration_either() -> None:
    assert judge(compliant(), {}) == []


def test_a_role_needs_no_boundary_while_the_configuration_names_none() -> None:
    assert judge(broken(drop("role", "permissionsBoundary")), PRODUCTION) == []


def test_in_a_preview_the_compliant_stack_only_leaves_documents_to_be_checked() -> None:
    findings = judge(compliant(), known=False)
    assert {one.kind for one in findings} == {Kind.UNDECIDED}
    assert {one.message for one in findings} == {
        f"{path}: only known after deployment; checked then" for path in ("policy", "assumeRolePolicy", "body")
    }


def test_every_rule_is_broken_somewhere() -> None:
    assert set(FIRST) == set(RULE_IDS)


@pytest.mark.parametrize("one", BREAKS, ids=str)
def test_exactly_the_one_rule_fires(one: Break) -> None:
    found = violations(judge(broken(one.change)))
    assert [finding for finding in found if finding[0] == one.rule] == [(one.rule, urn(one.about), one.message)]
    assert {rule for rule, _, _ in found} == {one.rule, *one.also}


@pytest.mark.parametrize("one", BREAKS, ids=str)
def test_in_a_preview_nothing_is_claimed_that_is_not_so_later(one: Break) -> None:
    specs = broken(one.change)
    early, late = violations(judge(specs, known=False)), violations(judge(specs))
    assert set(early) <= set(late)
    unread = {finding.rule for finding in judge(specs, known=False) if finding.kind is Kind.UNDECIDED}
    assert {rule for rule, _, _ in late} - {rule for rule, _, _ in early} <= unread


@pytest.mark.parametrize("change", KEEPS.values(), ids=list(KEEPS))
def test_another_way_to_keep_the_rules(change: Change) -> None:
    assert judge(broken(change)) == []


@pytest.mark.parametrize(("rule", "change", "about", "path"), UNDECIDED)
def test_an_unknown_value_leaves_the_rule_undecided(rule: str, change: Change, about: str, path: str) -> None:
    findings = [one for one in judge(broken(change), known=False) if one.rule == rule and one.urn == urn(about)]
    assert [(one.kind, one.message, one.stops) for one in findings] == [
        (Kind.UNDECIDED, f"{path}: only known after deployment; checked then", False)
    ]


@pytest.mark.parametrize("change", NO_MATTER.values(), ids=list(NO_MATTER))
def test_an_unknown_value_that_only_has_to_be_there_is_enough(change: Change) -> None:
    assert violations(judge(broken(change), known=False)) == []


@pytest.mark.parametrize("rule", RULE_IDS)
def test_an_acknowledged_finding_is_told_with_its_reason_and_stops_nothing(rule: str) -> None:
    accepted = {"urn": "::" + FIRST[rule].about + "$", "reason": "tried", "expires": "2026-06-01"}
    config = {**STRICT, rule: {**STRICT.get(rule, {}), "excludeFor": [accepted]}}
    found = [one for one in judge(broken(FIRST[rule].change), config) if one.rule == rule]
    assert [(one.kind, one.urn, one.message, one.reason, one.stops) for one in found] == [
        (Kind.ACKNOWLEDGED, urn(FIRST[rule].about), FIRST[rule].message, "until 2026-06-01: tried", False)
    ]


@pytest.mark.parametrize("rule", RULE_IDS)
def test_an_acknowledgement_of_something_else_changes_nothing(rule: str) -> None:
    config = {**STRICT, rule: {**STRICT.get(rule, {}), "excludeFor": [{"urn": "::other$", "reason": "tried"}]}}
    found = violations(judge(broken(FIRST[rule].change), config))
    assert (rule, urn(FIRST[rule].about), FIRST[rule].message) in found


@pytest.mark.parametrize("rule", RULE_IDS)
def test_an_expired_acknowledgement_is_a_finding_that_says_so(rule: str) -> None:
    accepted = {"urn": "::" + FIRST[rule].about + "$", "reason": "moving in May", "expires": "2026-05-31"}
    config = {**STRICT, rule: {**STRICT.get(rule, {}), "excludeFor": [accepted]}}
    found = violations(judge(broken(FIRST[rule].change), config))
    message = f"{FIRST[rule].message} (acknowledged until 2026-05-31: moving in May)"
    assert (rule, urn(FIRST[rule].about), message) in found


@pytest.mark.parametrize("rule", RULE_IDS)
def test_a_disabled_rule_says_nothing(rule: str) -> None:
    found = judge(broken(FIRST[rule].change), {**STRICT, rule: "disabled"})
    assert [one for one in found if one.rule == rule] == []


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_the_level_is_the_rules_own_and_mandatory_by_tier_in_production(rule: BaseRule) -> None:
    def levels(config: dict) -> set[Level]:
        return {one.level for one in judge(broken(FIRST[rule.id].change), config) if one.rule == rule.id}

    assert levels(STRICT) == {Level.ADVISORY if rule.level is Level.ADVISORY else Level.MANDATORY}
    assert levels({"all": "advisory"}) <= {Level.ADVISORY}
    assert levels({"all": "mandatory"}) <= {Level.MANDATORY}


@pytest.mark.parametrize("rule", OVERRIDES)
def test_an_option_moves_the_line(rule: str) -> None:
    options, about, beginning = OVERRIDES[rule]
    found = {one.urn: one.message for one in judge(compliant(), {rule: options}) if one.rule == rule}
    assert found[urn(about)].startswith(beginning)


@pytest.mark.parametrize("rule", ACCEPTED)
def test_an_option_accepts_what_the_rule_refuses(rule: str) -> None:
    options, change = ACCEPTED[rule]
    assert rule in {one.rule for one in judge(broken(change))}
    assert [one for one in judge(broken(change), {rule: options}) if one.rule == rule] == []


def test_only_the_developers_own_machine_may_be_reached_in_the_clear() -> None:
    urls = ["http://localhost.example.com", "http://127.0.0.1.example.com/in", "http://example.com/localhost"]
    found = judge(broken(put("app-client", callbackUrls=urls)), {"cognito-callbacks": {"allowLocalhost": True}})
    assert len([one for one in found if one.rule == "cognito-callbacks"]) == len(urls)


def test_no_configuration_allows_a_password_of_fewer_than_eight_characters() -> None:
    specs = broken(breaks_identity.password(minimumLength=7))
    found = [one.message for one in judge(specs, {"cognito-password": {"minimumLength": 6}})]
    assert [one for one in found if "8 characters or more" in one]


def test_a_refused_token_time_may_be_cognitos_own() -> None:
    specs = broken(drop("app-client", "accessTokenValidity", "tokenValidityUnits"))
    found = judge(specs, {"cognito-token-life": {"maximumAccessMinutes": 15}})
    assert [one.message for one in found if one.rule == "cognito-token-life" and one.urn == urn("app-client")] == [
        "accessTokenValidity: got Cognito's own 1 hour; allowed: 15 minutes or less; lower it",
        "idTokenValidity: got 1 hour; allowed: 15 minutes or less; lower it",
    ]


def test_a_policy_that_security_hub_recommends_will_always_do() -> None:
    specs = broken(put("api-domain", securityPolicy="SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"))
    assert [one for one in judge(specs, {"api-tls": {"onlyRecommended": True}}) if one.rule == "api-tls"] == []


def test_replicas_can_be_asked_for_backups_of_their_own() -> None:
    found = [one.urn for one in judge(compliant(), {"rds-backups": {"checkReplicas": True}})]
    assert found == [urn("replica"), urn("cluster-replica")]


def test_a_list_of_accounts_refuses_the_others() -> None:
    specs = compliant()
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}
    specs["logs"].properties["policy"] = json.dumps({"Statement": statement})
    config = {"s3-policy-principals": {"accounts": ["123456789012"]}}
    assert [(one.urn, one.message) for one in judge(specs, config) if one.rule == "s3-policy-principals"] == [
        (
            urn("logs"),
            (
                "policy: got Statement[0] that allows another account; allowed: the accounts 123456789012; "
                "remove the account, or add it to the option accounts"
            ),
        )
    ]


def test_an_account_that_is_yours_may_be_trusted() -> None:
    specs = compliant()
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "999999999999"}}
    specs["role"].properties["assumeRolePolicy"] = {"Statement": [statement]}
    assert judge(specs, {"iam-trust": {"accounts": ["999999999999"]}}) == []


WANTED = [
    ("s3-object-lock", "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "objectLockConfiguration"),
    ("s3-replication", "aws:s3/bucketReplicationConfig:BucketReplicationConfig", "replicationConfiguration"),
]


@pytest.mark.parametrize(("rule", "type_", "older"), WANTED)
def test_what_a_bucket_is_asked_for_may_stand_in_the_bucket_itself(rule: str, type_: str, older: str) -> None:
    def about_logs(change: Change) -> list[tuple[Kind, str]]:
        found = judge(broken(change), {rule: {"buckets": ["::logs$"]}}, known=False)
        return [
            (one.kind, one.message.partition(":")[0]) for one in found if (one.rule, one.urn) == (rule, urn("logs"))
        ]

    name = type_.rpartition(":")[2]
    assert about_logs(add("more", type_, bucket="logs-of-another")) == [(Kind.VIOLATION, name)]
    assert about_logs(add("more", type_, bucket=LATER)) == [(Kind.UNDECIDED, name)]
    assert about_logs(add("more", type_, bucket=Ref("logs"))) == []
    assert about_logs(put("logs", **{older: {"rule": {}}})) == []
