"""Running the rules in process: nothing stops the run, nothing secret gets out, nothing heavy is loaded."""

import subprocess
import sys
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy.compliant_stack import compliant
from policy.guard_stack import build

from aws_mobile_guard import run
from aws_mobile_guard.config import read_rule_config
from aws_mobile_guard.resources import Resource, ResourceInput
from aws_mobile_guard.rule import Level, Options
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import Finding, Kind, evaluate, judge, unknown_rules

BUCKET = ResourceInput(
    urn="urn:b", type="aws:s3/bucket:Bucket", name="b", properties={"forceDestroy": True}, protect=True
)
FORCE = next(rule for rule in RULES if rule.id == "s3-no-force-destroy")
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"


def test_a_finding_says_everything_about_itself() -> None:
    found = [one for one in evaluate([BUCKET]) if one.rule == "s3-no-force-destroy"]
    assert found == [
        Finding(
            rule="s3-no-force-destroy",
            kind=Kind.VIOLATION,
            level=Level.ADVISORY,
            severity=FORCE.severity,
            urn="urn:b",
            message=(
                "forceDestroy: got true; allowed: false; "
                "leave forceDestroy out; empty a bucket by hand before its stack is destroyed"
            ),
            remediation=FORCE.remediation,
            url=FORCE.url,
        )
    ]
    assert found[0].stops is False


def test_types_that_no_rule_knows_are_passed_over() -> None:
    assert evaluate([replace(BUCKET, type="aws:ssm/parameter:Parameter")]) == []


def _fail(_: Resource, __: Options) -> NoReturn:
    value = "canary"
    raise KeyError(value)


def test_a_rule_that_fails_says_where_but_not_what_it_read() -> None:
    rule = replace(FORCE, level=Level.MANDATORY)
    config, _ = read_rule_config(rule, {})
    found = list(judge(rule, lambda options: _fail(Resource(BUCKET), options), "urn:b", config, run.date.today()))
    assert [(one.kind, one.level, one.stops, one.urn) for one in found] == [
        (Kind.BROKEN, Level.MANDATORY, True, "urn:b")
    ]
    line = _fail.__code__.co_firstlineno + 2
    assert found[0].message == (
        f"the rule failed with KeyError at test_run.py:{line}, so nothing was checked; report it, "
        'and until then set "s3-no-force-destroy" to "disabled" in the policy configuration'
    )


def test_a_wrong_type_in_one_resource_leaves_the_other_rules_running() -> None:
    found = evaluate([replace(BUCKET, properties={"forceDestroy": "perhaps", "acl": "public-read"})])
    messages = {one.rule: one.message for one in found}
    assert messages["s3-no-force-destroy"] == "forceDestroy: got text; allowed: true or false; correct the value"
    assert messages["s3-no-public-acl"].startswith('acl: got "public-read"; ')


def test_unknown_names_are_told_with_the_closest_match() -> None:
    assert unknown_rules({"all": "advisory", "rds-encypted": {}, "rds-backups": {}, "zzz": {}}) == [
        'rds-encypted: no rule has this name; did you mean "rds-encrypted"?',
        "zzz: no rule has this name; remove it",
    ]


def _spoilt(value: Any, canary: object) -> Any:  # noqa: ANN401 - any property value
    """Put a canary in the place of every text."""
    if isinstance(value, str):
        return canary
    if isinstance(value, dict):
        return {key: _spoilt(item, canary) for key, item in value.items()}
    return [_spoilt(item, canary) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("known", [True, False])
def test_no_secret_gets_into_a_finding(known: object) -> None:
    canary = {SIGNATURE: SECRET, "value": "canary-4711"}
    resources = [
        replace(one, properties=_spoilt(one.properties, canary)) for one in build(compliant(), known=bool(known))
    ]
    found = evaluate(resources)
    assert found
    assert [one.message for one in found if "canary" in one.message] == []
    assert [one.rule for one in found if one.kind is Kind.BROKEN] == []


def test_no_password_gets_into_a_finding_even_where_it_comes_unmarked() -> None:
    names = ("password", "passwordWo", "masterPassword", "masterPasswordWo")
    resources = [
        replace(one, properties={**one.properties, **dict.fromkeys(names, "canary-4711")}) for one in build(compliant())
    ]
    found = evaluate(resources)
    assert {one.rule for one in found} == {"rds-managed-password"}
    assert [one.message for one in found if "canary" in one.message] == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
SPECS = compliant()
PROPERTIES = [(name, key) for name, spec in SPECS.items() for key in spec.properties]


@settings(deadline=None, max_examples=100)
@given(place=st.sampled_from(PROPERTIES), value=json_values)
def test_no_value_in_any_property_breaks_a_rule(place: tuple[str, str], value: object) -> None:
    specs = compliant()
    specs[place[0]].properties[place[1]] = value
    assert [one for one in evaluate(build(specs)) if one.kind is Kind.BROKEN] == []


def test_running_the_rules_loads_nothing_of_pulumi() -> None:
    code = (
        "import sys; import aws_mobile_guard.run; "
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in "
        "{'pulumi', 'pulumi_aws', 'pulumi_policy', 'grpc', 'google'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_work_grows_with_the_resources_and_not_faster() -> None:
    calls = {}
    for times in (1, 4):
        resources = [
            replace(one, urn=f"{one.urn}-{copy}", id=f"{one.id}-{copy}", property_dependencies={})
            for copy in range(times)
            for one in build(compliant())
        ]
        counter = 0

        def count(_: object, event: str, __: object) -> None:
            nonlocal counter
            counter += event == "call"

        sys.setprofile(count)
        try:
            evaluate(resources)
        finally:
            sys.setprofile(None)
        calls[times] = counter
    assert calls[4] < 5 * calls[1]
