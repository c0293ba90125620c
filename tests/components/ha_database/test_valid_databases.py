"""What holds for every database that can be asked for, and for every way to ask wrongly."""

import json
from typing import Any

import pytest
from components.ha_database.account import CLUSTER, INSTANCE, PASSWORD, Account
from components.ha_database.strategies import BREAKS, Args, Break, database_args
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.ha_database import HAdatabase
from pulumi_aws_mobile.ha_database.settings import resolve
from pulumi_aws_mobile.testing import Recording, Secret, record


def built(args: Args, *, preview: bool) -> Recording:
    everything: Any = args
    return record(lambda: HAdatabase("db", everything), mocks=Account(), preview=preview)


def plain(recording: Recording) -> str:
    def hide(value: Any) -> Any:  # noqa: ANN401 - any JSON value
        return "secret" if isinstance(value, Secret) else str(value)

    return json.dumps([[r.inputs for r in recording], recording.component_outputs], default=hide)


@settings(max_examples=20)
@given(database_args(), st.booleans())
def test_every_valid_database_builds_safely(args: Args, preview: bool) -> None:
    recording = built(args, preview=preview)
    assert len(set(recording.urns)) == len(recording.urns)
    assert PASSWORD not in plain(recording)
    databases = recording.of_type(INSTANCE) + recording.of_type(CLUSTER)
    assert databases
    for database in databases:
        assert database.inputs["storageEncrypted"] is True
        assert database.inputs["publiclyAccessible"] is False
        assert "password" not in database.inputs
        assert "masterPassword" not in database.inputs
        assert len(str(database.inputs.get("identifier", ""))) <= 63
        assert database.protect is args.get("protect", True)
        assert database.inputs["deletionProtection"] is args.get("deletion_protection", True)


@settings(max_examples=8)
@given(database_args())
def test_a_preview_registers_what_a_deployment_does(args: Args) -> None:
    assert sorted(built(args, preview=True).urns) == sorted(built(args, preview=False).urns)


@settings(max_examples=25)
@given(database_args())
def test_valid_options_settle_the_same_way_each_time(args: Args) -> None:
    everything: Any = args
    assert resolve("db", everything) == resolve("db", everything)


@settings(max_examples=75)
@given(database_args(), st.sampled_from(BREAKS))
def test_whatever_is_broken_is_named(args: Args, broken: Break) -> None:
    path, spoil = broken
    spoilt: Any = spoil(args)
    with pytest.raises(ArgsError) as refused:
        resolve("db", spoilt)
    assert path in {problem.path for problem in refused.value.problems}


def test_every_way_to_break_options_breaks_the_smallest_ones_too() -> None:
    for path, spoil in BREAKS:
        spoilt: Any = spoil({"region": "eu-west-1"})
        with pytest.raises(ArgsError) as refused:
            resolve("db", spoilt)
        assert [problem.path for problem in refused.value.problems] == [path]
