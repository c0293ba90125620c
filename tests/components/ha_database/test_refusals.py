"""How a database refuses options: all at once, and only what is really wrong."""

from typing import Any

import pytest

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.ha_database.settings import resolve


def test_everything_that_is_wrong_is_said_at_once() -> None:
    args: Any = {
        "engine": "maria",
        "username": "root",
        "multi_az": True,
        "backups": {"retention_days": 0},
        "replicas": {"a": {"zone": "eu-west-1a", "multi_az": True}},
    }
    with pytest.raises(ArgsError) as refused:
        resolve("db", args)
    assert [problem.path for problem in refused.value.problems] == [
        "engine",
        "multi_az",
        "backups.retention_days",
        "replicas.a.zone",
    ]


def test_an_option_that_cannot_be_read_draws_no_further_complaints() -> None:
    args: Any = {"topology": "single", "zone": "eu-west-1a", "credentials": 1, "password_version": 2, "region": "eu"}
    with pytest.raises(ArgsError) as refused:
        resolve("db", args)
    assert [problem.path for problem in refused.value.problems] == ["topology", "credentials", "region"]


def test_a_misspelt_option_is_recognised() -> None:
    args: Any = {"engine_versions": "8.4"}
    with pytest.raises(ArgsError) as refused:
        resolve("db", args)
    assert refused.value.problems[0].fix == 'did you mean "engine_version"?'


def test_the_error_names_the_database() -> None:
    with pytest.raises(ArgsError) as refused:
        resolve("1st", {})
    assert str(refused.value) == (
        'HAdatabase "1st": 1 problem\n'
        '  name: got "1st"; allowed: a name that starts with a letter, as RDS wants its identifiers; rename it'
    )
