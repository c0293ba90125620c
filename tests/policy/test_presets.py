"""The ready configurations say what they promise."""

import json

import pytest
from policy.compliant_stack import broken, compliant
from policy.guard_stack import both, build, drop, put
from policy.test_rules import FIRST, TODAY

from aws_mobile_guard import presets
from aws_mobile_guard.config import read_config
from aws_mobile_guard.rule import Level
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import evaluate

AS_ASKED = both(
    put("db", enabledCloudwatchLogsExports=["audit", "error", "general", "slowquery"]),
    put("cluster", enabledCloudwatchLogsExports=["postgresql", "upgrade"]),
    put("api-domain", securityPolicy="SecurityPolicy_TLS13_1_3_2025_09"),
)


def _config(name: str) -> dict:
    return json.loads(presets.path(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", presets.NAMES)
def test_a_preset_is_a_valid_configuration(name: str) -> None:
    assert set(read_config(_config(name), RULES)) == {rule.id for rule in RULES}


def test_every_configuration_beside_the_rules_is_a_preset() -> None:
    assert {path.stem for path in presets.FOLDER.glob("*.json")} == set(presets.NAMES)


@pytest.mark.parametrize("name", presets.FRAMEWORKS)
def test_the_file_of_a_framework_names_the_rules_as_they_are(name: str) -> None:
    assert presets.path(name).read_text(encoding="utf-8") == presets.written(name)


def test_production_makes_every_rule_by_tier_mandatory() -> None:
    settings = read_config(_config("production"), RULES)
    by_tier = [rule.id for rule in RULES if rule.level is Level.BY_TIER]
    assert [name for name in by_tier if settings[name].level is not Level.MANDATORY] == []


@pytest.mark.parametrize("name", presets.FRAMEWORKS)
def test_a_framework_asks_for_its_own_demands_and_for_nothing_else(name: str) -> None:
    begins = presets.FRAMEWORKS[name]
    settings = read_config(_config(name), RULES)
    for rule in RULES:
        demanded = any(one.startswith(begins) for one in presets.elsewhere(rule))
        assert settings[rule.id].level is (Level.MANDATORY if demanded else None), rule.id


def test_a_demand_of_the_framework_stops_and_another_is_not_even_said() -> None:
    config = _config("fsbp")
    assert evaluate(build(broken(AS_ASKED)), config, today=TODAY) == []
    found = evaluate(build(broken(both(AS_ASKED, FIRST["cognito-delete-protect"].change))), config, today=TODAY)
    assert [(one.rule, one.stops) for one in found] == [("cognito-delete-protect", True)]
    assert evaluate(build(broken(both(AS_ASKED, FIRST["cognito-no-classic"].change))), config, today=TODAY) == []


def test_security_hub_asks_for_more_logs_and_newer_protocols_than_the_rules_do_by_themselves() -> None:
    found = evaluate(build(compliant()), _config("fsbp"), today=TODAY)
    assert {(one.rule, one.urn.rpartition("::")[2]) for one in found} == {
        ("api-tls", "api-domain"),
        ("rds-log-exports", "db"),
        ("rds-log-exports", "cluster"),
    }
    assert [one.message for one in found if one.urn.endswith("::db")] == [
        (
            "enabledCloudwatchLogsExports: got error, slowquery; allowed: audit, error, general, slowquery; "
            "add audit, general"
        )
    ]


@pytest.mark.parametrize(
    ("name", "logs"),
    [
        ("mysql", "audit, error, general, slowquery"),
        ("mariadb", "audit, error, general, slowquery"),
        ("postgres", "postgresql, upgrade"),
        ("oracle-ee", "alert, audit, listener, trace"),
        ("sqlserver-se", "agent, error"),
        ("db2-ae", "diag.log"),
    ],
)
def test_every_log_that_security_hub_asks_for(name: str, logs: str) -> None:
    asked = {"all": "disabled", "rds-log-exports": {"enforcementLevel": "mandatory", "everyLog": True}}

    def found(exported: list[str]) -> list[str]:
        specs = broken(put("db", engine=name, enabledCloudwatchLogsExports=exported))
        return [one.message for one in evaluate(build(specs), asked, today=TODAY) if one.urn.endswith("::db")]

    assert found([]) == [f"enabledCloudwatchLogsExports: got nothing; allowed: {logs}; add {logs}"]
    assert found(logs.split(", ")) == []


@pytest.mark.parametrize(
    ("name", "logs"), [("aurora-mysql", "audit, error, general, slowquery"), ("aurora-postgresql", "postgresql")]
)
def test_aurora_has_no_logs_of_upgrades(name: str, logs: str) -> None:
    asked = {"all": "disabled", "rds-log-exports": {"enforcementLevel": "mandatory", "everyLog": True}}
    change = both(
        drop("cluster", "dbClusterInstanceClass"), put("cluster", engine=name, enabledCloudwatchLogsExports=None)
    )
    found = [one.message for one in evaluate(build(broken(change)), asked, today=TODAY) if "::cluster" in one.urn]
    assert f"enabledCloudwatchLogsExports: got nothing; allowed: {logs}; add {logs}" in found


def test_a_year_of_logs_is_asked_for_where_the_framework_does() -> None:
    settings = read_config(_config("nist-800-53"), RULES)
    assert settings["log-retention"].options.number("minimumDays") == 365
