"""The policy pack says under Pulumi's own analyzer what the rules say in process.

What this does not prove: that an engine starts the pack and stops at a violation; the engine's own tests do.
"""

import re
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import pytest
from policy.analyzer import LEVELS, Analyzer
from policy.breaks_web_tier import ASG, option
from policy.compliant_stack import broken, compliant
from policy.guard_stack import Specs, build, put, urn
from policy.test_rules import FIRST, PACK, STRICT, TODAY
from pulumi_policy.proxy import UnknownValueError, unknown_checking_proxy

from aws_mobile_guard.pack import plain, policies
from aws_mobile_guard.resources import Resource, ResourceInput
from aws_mobile_guard.rule import BaseRule, Level, Options
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import Kind, evaluate
from aws_mobile_guard.view import UNKNOWN, UNKNOWN_TEXT, Node

RULE_IDS = [rule.id for rule in RULES]
PARTS = 7
BUCKET = ResourceInput(
    urn="urn:b", type="aws:s3/bucket:Bucket", name="b", properties={"forceDestroy": True}, protect=True
)


def _broken_together(rules: list[str]) -> Specs:
    """Break several rules in one stack, as far as the changes leave each other something to change."""
    specs = compliant()
    for rule in rules:
        with suppress(KeyError):
            FIRST[rule].change(specs)
    return specs


@pytest.mark.parametrize("known", [True, False], ids=["deployed", "preview"])
@pytest.mark.parametrize("part", range(PARTS))
def test_the_pack_says_what_the_rules_say_in_process(part: int, known: object) -> None:
    resources = build(_broken_together(RULE_IDS[part::PARTS]), known=bool(known))
    expected = evaluate(resources, STRICT, today=TODAY)
    assert {one.rule for one in expected} >= set(RULE_IDS[part::PARTS])
    found = Analyzer(STRICT).run(resources)
    assert [(one.rule, one.level, one.urn, one.message) for one in found if not one.could_not_run] == [
        (one.rule, one.level.value, one.urn, one.message) for one in expected if one.kind is not Kind.UNDECIDED
    ]
    assert {one.rule for one in found if one.could_not_run} == {
        one.rule for one in expected if one.kind is Kind.UNDECIDED
    }


def test_the_compliant_stack_passes() -> None:
    assert Analyzer(STRICT).run(build(compliant())) == []


def test_what_is_not_known_yet_is_said_as_pulumi_says_it_and_never_stops_a_preview() -> None:
    resource = replace(BUCKET, properties={"forceDestroy": UNKNOWN_TEXT})
    found = Analyzer({"s3-no-force-destroy": {"enforcementLevel": "mandatory"}}).resource(resource)
    assert [(one.rule, one.level, one.message) for one in found] == [
        (
            "s3-no-force-destroy",
            "advisory",
            (
                "can't run policy 's3-no-force-destroy' from policy pack 'aws-mobile-guard@v0.1.0' during preview: "
                "string value at .forceDestroy can't be known during preview"
            ),
        )
    ]


def test_a_path_with_colons_in_it_is_said_whole() -> None:
    environment = next(one for one in build(broken(option(ASG, "MinSize", UNKNOWN_TEXT))) if one.name == "environment")
    found = [one for one in Analyzer(STRICT).resource(environment) if one.rule == "eb-multi-az"]
    assert [one.message.partition("preview: ")[2] for one in found] == [
        f"string value at .settings.{ASG}.MinSize can't be known during preview"
    ]


def test_a_violation_before_an_unknown_value_is_kept() -> None:
    resource = build(broken(put("key", enableKeyRotation=True, deletionWindowInDays=7, policy=UNKNOWN_TEXT)))[0]
    found = [one for one in Analyzer().resource(resource) if one.rule == "kms-policy"]
    assert [(one.level, one.could_not_run) for one in found] == [("mandatory", False), ("advisory", True)]


def test_stack_rules_judge_what_the_program_says_not_what_aws_filled_in() -> None:
    resources = build(compliant())
    group = next(one for one in resources if one.name == "web-group")
    filled = replace(group, outputs={**group.outputs, "egress": [{"protocol": "-1", "cidrBlocks": ["0.0.0.0/0"]}]})
    resources = [filled if one is group else one for one in resources]
    assert [one for one in Analyzer().run(resources) if one.rule == "sg-mix"] == []


def test_a_second_registration_replaces_what_was_kept_of_the_first() -> None:
    analyzer = Analyzer(STRICT)
    assert analyzer.run(build(compliant())) == []
    changed = build(broken(put("copy-versioning", versioningConfiguration={"status": "Suspended"})))
    assert [one.rule for one in analyzer.run(changed)] == ["s3-versioning"]


def test_options_and_acknowledgements_arrive_through_pulumis_configuration() -> None:
    resources = build(compliant())
    raised = Analyzer({"rds-backups": {"minimumDays": 15.0}}).run(resources)
    assert {one.urn for one in raised if one.rule == "rds-backups"} == {urn("db"), urn("cluster")}
    accepted = {"minimumDays": 15.0, "excludeFor": [{"urn": "::(db|cluster)$", "reason": "tried"}]}
    assert [one for one in Analyzer({"rds-backups": accepted}).run(resources) if one.rule == "rds-backups"] == []


def test_a_pattern_that_cannot_be_read_is_a_violation_of_its_own() -> None:
    config = {"rds-backups": {"excludeFor": [{"urn": "(", "reason": "tried"}]}}
    database = next(one for one in build(compliant()) if one.name == "db")
    assert [(one.rule, one.message) for one in Analyzer(config).resource(database)] == [
        (
            "rds-backups",
            (
                'policy configuration: rds-backups.excludeFor[0].urn: got "("; allowed: a regular expression; '
                "mend it: missing ), unterminated subpattern at position 0"
            ),
        )
    ]


def _fail(_: Resource, __: Options) -> NoReturn:
    raise RuntimeError


def test_a_rule_that_fails_does_not_fail_the_run() -> None:
    rule = replace(next(rule for rule in RULES if rule.id == "s3-no-force-destroy"), check=_fail)
    found = Analyzer(pack=policies([rule])).resource(BUCKET)
    assert [(one.rule, one.message.partition(" at ")[0]) for one in found] == [
        ("s3-no-force-destroy", "the rule failed with RuntimeError")
    ]


def test_another_type_is_not_looked_at() -> None:
    resource = replace(BUCKET, type="aws:ecr/repository:Repository", properties={"name": UNKNOWN_TEXT})
    assert Analyzer().resource(resource) == []


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_the_engine_learns_everything_about_a_rule(rule: BaseRule) -> None:
    info = next(one for one in Analyzer().info().policies if one.name == rule.id)
    assert info.description == rule.description
    assert LEVELS[info.enforcementLevel] == ("mandatory" if rule.level is Level.MANDATORY else "advisory")
    assert info.severity == ("low", "medium", "high", "critical").index(rule.severity.value) + 1
    assert info.remediation_steps == rule.remediation
    assert info.url == rule.url
    assert list(info.tags) == [rule.pack.value, rule.id.split("-")[0], *rule.frameworks]
    assert set(info.configSchema.properties) == {"excludeFor", *rule.defaults}


def test_pulumis_proxies_are_read_as_plain_data() -> None:
    proxy = unknown_checking_proxy({"a": [{"b": UNKNOWN_TEXT, "c": 7.0}, UNKNOWN_TEXT], "d": {"e": ["x"]}})
    with pytest.raises(UnknownValueError):
        _ = proxy["a"][0]["b"]
    assert isinstance(proxy["a"], list) is False
    assert plain(proxy) == {"a": [{"b": UNKNOWN_TEXT, "c": 7.0}, UNKNOWN_TEXT], "d": {"e": ["x"]}}
    items = Node(plain(proxy)).items("a")
    assert isinstance(items, list)
    assert items[1] is UNKNOWN


@pytest.mark.parametrize("folder", [PACK, *sorted((PACK.parent / "packs").iterdir())], ids=lambda path: path.name)
def test_a_pack_has_the_version_of_the_distribution(folder: Path) -> None:
    project = (folder / "PulumiPolicy.yaml").read_text()
    assert re.findall(r"^version: (.+)$", project, flags=re.MULTILINE) == [version("pulumi-aws-mobile")]
