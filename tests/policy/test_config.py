"""The rules' configuration: every mistake is told, all at once."""

import json
from datetime import date

import jsonschema
import pytest
from policy.test_rules import PACK

from aws_mobile_guard.config import EXCLUDE_SCHEMA, ConfigError, read_config, read_rule_config
from aws_mobile_guard.rule import Level
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import evaluate

BACKUPS = next(rule for rule in RULES if rule.id == "rds-backups")
ACCOUNTS = next(rule for rule in RULES if rule.id == "iam-trust")
PORTS = next(rule for rule in RULES if rule.id == "sg-open-ingress")

MISTAKES = [
    (BACKUPS, 7, "rds-backups: got 7; allowed: a level, or an object of options; write a level or an object"),
    (
        BACKUPS,
        "strict",
        (
            'rds-backups.enforcementLevel: got "strict"; allowed: mandatory, advisory, remediate, disabled; '
            "name one of these levels"
        ),
    ),
    (BACKUPS, {"minimumDay": 3}, 'rds-backups.minimumDay: the rule has no such option; did you mean "minimumDays"?'),
    (
        BACKUPS,
        {"x": 3},
        "rds-backups.x: the rule has no such option; it has enforcementLevel, excludeFor, minimumDays, checkReplicas",
    ),
    (BACKUPS, {"minimumDays": "7"}, 'rds-backups.minimumDays: got "7"; allowed: a number; write a number'),
    (BACKUPS, {"minimumDays": True}, "rds-backups.minimumDays: got true; allowed: a number; write a number"),
    (BACKUPS, {"checkReplicas": 1}, "rds-backups.checkReplicas: got 1; allowed: true or false; write true or false"),
    (ACCOUNTS, {"accounts": "1"}, 'iam-trust.accounts: got "1"; allowed: a list of texts; write a list of texts'),
    (ACCOUNTS, {"accounts": [1]}, "iam-trust.accounts: got [1]; allowed: a list of texts; write a list of texts"),
    (
        PORTS,
        {"publicPorts": ["80"]},
        "sg-open-ingress.publicPorts: got ['80']; allowed: a list of numbers; write a list of numbers",
    ),
    (BACKUPS, {"excludeFor": {}}, "rds-backups.excludeFor: got {}; allowed: a list of objects; write a list"),
    (
        BACKUPS,
        {"excludeFor": ["db"]},
        'rds-backups.excludeFor[0]: got "db"; allowed: an object with urn, reason and expires; write an object',
    ),
    (
        BACKUPS,
        {"excludeFor": [{"urn": "db"}]},
        "rds-backups.excludeFor[0].reason: got nothing; allowed: a text; say why the finding is accepted",
    ),
    (
        BACKUPS,
        {"excludeFor": [{"urn": "db", "reason": " "}]},
        'rds-backups.excludeFor[0].reason: got " "; allowed: a text; say why the finding is accepted',
    ),
    (
        BACKUPS,
        {"excludeFor": [{"urn": "", "reason": "tried"}]},
        'rds-backups.excludeFor[0].urn: got ""; allowed: a text; say which resources',
    ),
    (
        BACKUPS,
        {"excludeFor": [{"urn": "db", "reason": "tried", "expires": "soon"}]},
        'rds-backups.excludeFor[0].expires: got "soon"; allowed: a date; write it as YYYY-MM-DD',
    ),
    (
        BACKUPS,
        {"excludeFor": [{"urn": "db", "reason": "tried", "until": "2030-01-01"}]},
        "rds-backups.excludeFor[0].until: an acknowledgement has no such part; it has urn, reason, expires",
    ),
]


@pytest.mark.parametrize(("rule", "raw", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_path(rule: object, raw: object, message: str) -> None:
    _, problems = read_rule_config(rule, raw)  # type: ignore[arg-type]
    assert problems == [message]


def test_all_mistakes_are_told_at_once_and_no_rule_is_run() -> None:
    with pytest.raises(ConfigError) as caught:
        evaluate([], {"all": "never", "rds-backup": {}, "rds-backups": {"minimumDays": []}})
    assert str(caught.value) == (
        "policy configuration: 3 problems\n"
        '  rds-backup: no rule has this name; did you mean "rds-backups"?\n'
        '  all: got "never"; allowed: mandatory, advisory, remediate, disabled; name one of these levels\n'
        "  rds-backups.minimumDays: got []; allowed: a number; write a number"
    )


def test_a_level_of_its_own_beats_the_level_of_all() -> None:
    settings = read_config({"all": "disabled", "rds-backups": "remediate", "s3-kms": {"excludeFor": []}}, RULES)
    assert settings["rds-backups"].level is Level.MANDATORY
    assert {name for name, one in settings.items() if one.level is None} == {
        rule.id for rule in RULES if rule.id != "rds-backups"
    }


def test_the_acknowledgement_that_lasts_longest_counts() -> None:
    entries = [
        {"urn": "db", "reason": "first", "expires": "2026-01-01"},
        {"urn": "db$", "reason": "second", "expires": "2027-01-01"},
        {"urn": "other", "reason": "third"},
    ]
    settings, _ = read_rule_config(BACKUPS, {"excludeFor": entries})
    found = settings.acknowledgement("urn::db")
    assert found is not None
    assert (found.reason, found.expired(date(2027, 1, 1)), found.expired(date(2027, 1, 2))) == ("second", False, True)


@pytest.mark.parametrize("tier", ["production", "development"])
def test_each_tiers_file_is_a_valid_configuration(tier: str) -> None:
    config = json.loads((PACK / f"{tier}.json").read_text())
    assert set(read_config(config, RULES)) == {rule.id for rule in RULES}
    # The engine takes a rule's properties to be at their own level, so each entry has to name one.
    assert [name for name, own in config.items() if "enforcementLevel" not in own] == []


def test_production_makes_every_rule_by_tier_mandatory_and_lowers_none() -> None:
    settings = read_config(json.loads((PACK / "production.json").read_text()), RULES)
    for rule in RULES:
        assert settings[rule.id].level is (Level.ADVISORY if rule.level is Level.ADVISORY else Level.MANDATORY)


@pytest.mark.parametrize(
    ("entry", "good"),
    [
        ({"urn": "db", "reason": "tried"}, True),
        ({"urn": "db", "reason": "tried", "expires": "2030-01-31"}, True),
        ({"urn": "db"}, False),
        ({"urn": "", "reason": "tried"}, False),
        ({"urn": "db", "reason": "tried", "expires": "soon"}, False),
        ({"urn": "db", "reason": "tried", "until": "2030-01-31"}, False),
    ],
)
def test_the_engines_schema_agrees_about_acknowledgements(entry: dict, good: object) -> None:
    assert jsonschema.Draft202012Validator(dict(EXCLUDE_SCHEMA)).is_valid([entry]) is good
    assert (read_rule_config(BACKUPS, {"excludeFor": [entry]})[1] == []) is good


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_options_schema_takes_its_default_and_is_described(rule: object) -> None:
    for option in rule.options:  # type: ignore[attr-defined]
        jsonschema.validate(option.schema["default"], option.schema)
        assert option.description.endswith(".")


@pytest.mark.parametrize(
    ("entries", "valid"),
    [
        ([], True),
        ([{"urn": "::a$", "reason": "r"}], True),
        ([{"urn": "::a$", "reason": "r", "expires": "2026-12-31"}], True),
        ("::a$", False),
        (["::a$"], False),
        ([{"urn": "::a$"}], False),
        ([{"reason": "r"}], False),
        ([{"urn": "", "reason": "r"}], False),
        ([{"urn": "::a$", "reason": ""}], False),
        ([{"urn": 1, "reason": "r"}], False),
        ([{"urn": "::a$", "reason": 1}], False),
        ([{"urn": "::a$", "reason": "r", "expires": 20261231}], False),
        ([{"urn": "::a$", "reason": "r", "expires": "31.12.2026"}], False),
        ([{"urn": "::a$", "reason": "r", "expires": "2026-12-311"}], False),
        ([{"urn": "::a$", "reason": "r", "expires": "a2026-12-31"}], False),
        ([{"urn": "::a$", "reason": "r", "until": "2026-12-31"}], False),
    ],
)
def test_the_schema_of_acknowledgements_lets_the_same_through(entries: object, *, valid: bool) -> None:
    assert jsonschema.Draft202012Validator(dict(EXCLUDE_SCHEMA)).is_valid(entries) is valid
    assert EXCLUDE_SCHEMA["default"] == []


def test_the_schema_of_acknowledgements_says_what_each_part_is_for() -> None:
    parts = EXCLUDE_SCHEMA["items"]["properties"]
    assert EXCLUDE_SCHEMA["description"] == (
        "Acknowledged findings: resources that the rule passes over until the date given."
    )
    assert {name: part["description"] for name, part in parts.items()} == {
        "urn": "A regular expression, searched for in the URN.",
        "reason": "Why the finding is accepted.",
        "expires": "The last day (UTC) on which it is accepted, as YYYY-MM-DD. Defaults to no end.",
    }


def test_one_letter_is_enough_for_an_acknowledgement() -> None:
    assert jsonschema.Draft202012Validator(dict(EXCLUDE_SCHEMA)).is_valid([{"urn": "a", "reason": "r"}])


def test_one_problem_is_one_and_two_are_two() -> None:
    assert str(ConfigError(["a"])) == "policy configuration: 1 problem\n  a"
    assert str(ConfigError(["a", "b"])) == "policy configuration: 2 problems\n  a\n  b"


def test_an_acknowledgement_says_until_when_and_why() -> None:
    def said(**more: str) -> list[str]:
        settings, problems = read_rule_config(BACKUPS, {"excludeFor": [{"urn": "a", "reason": "why", **more}]})
        assert problems == []
        return [str(one) for one in settings.acknowledgements]

    assert said() == ["why"]
    assert said(expires="2026-12-31") == ["until 2026-12-31: why"]


@pytest.mark.parametrize("overall", ["advisory", {"enforcementLevel": "advisory"}])
def test_the_level_of_all_may_be_a_word_or_stand_in_an_object(overall: object) -> None:
    settings = read_config({"all": overall}, RULES)
    assert {one.level for one in settings.values()} == {Level.ADVISORY}
    assert {one.level for one in read_config({}, RULES).values()} == {Level.ADVISORY, Level.MANDATORY}


def test_a_pattern_that_is_none_is_told_with_what_is_wrong_with_it() -> None:
    settings, problems = read_rule_config(BACKUPS, {"excludeFor": [{"urn": "(", "reason": "why"}]})
    assert settings.acknowledgements == ()
    assert problems == [
        (
            'rds-backups.excludeFor[0].urn: got "("; allowed: a regular expression; mend it: missing ), unterminated '
            "subpattern at position 0"
        )
    ]
