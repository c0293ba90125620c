"""The schema by which editors check stack files says what the program says."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from program.strategies import BREAKS, Config, as_pulumi_hands_it_over, stacks

from stack_schema import stack_schema

ROOT = Path(__file__).parents[2]
SCHEMA = Draft202012Validator(stack_schema())
STACK_FILES = sorted(ROOT.glob("Pulumi.*.yaml"))


def document(stack: Config) -> dict[str, object]:
    names = dict(zip(as_pulumi_hands_it_over(stack), stack.values(), strict=True))
    return {"config": names}


def test_the_committed_schema_is_up_to_date() -> None:
    assert json.loads((ROOT / "Pulumi.schema.json").read_text()) == stack_schema(), "run `make schema`"


@pytest.mark.parametrize("path", STACK_FILES, ids=lambda path: path.name)
def test_every_stack_file_fits_and_names_the_schema(path: Path) -> None:
    text = path.read_text()
    SCHEMA.validate(yaml.safe_load(text))
    assert text.startswith("# yaml-language-server: $schema=./Pulumi.schema.json\n")


def test_other_namespaces_are_left_alone_and_a_key_without_one_is_not() -> None:
    SCHEMA.validate({"config": {"aws:region": "eu-west-1", "aws:profile": "x", "gitlab:token": {"secure": "y"}}})
    assert not SCHEMA.is_valid({"config": {"aws:region": "eu-west-1", "profile": "x"}})


@given(stacks())
def test_whatever_the_program_accepts_fits(stack: Config) -> None:
    SCHEMA.validate(document(stack))


OPTION_BY_OPTION = [
    path
    for path in BREAKS
    if path
    not in {
        "aws-mobile:backend.api.contributions.core.target",  # of a document, or between options
        "aws-mobile:backend.api.contributions.core.file",
        "aws-mobile:backend.api.core_api",
        "aws-mobile:backend.api.contributions.token_exchange",
        "aws-mobile:backend.push.senders[0]",
        "aws-mobile:backend.web_tier.environment.RDS_HOSTNAME",
        "aws-mobile:backend.web_tier.environment.TOKEN_AUDIENCE",
        "aws-mobile:network.cidr",  # public addresses, an overlap: rules of the component or between two
        "aws-mobile:network.zones",
        "aws-mobile:database.replicas.recovery",
        "aws-mobile:recovery.region",
        "aws-mobile:recovery.instance_class",
        "aws-mobile:recovery.successor",
        "aws-mobile:recovery.traffic",
        "aws-mobile:recovery.network.cidr",
    }
]


@pytest.mark.parametrize("path", OPTION_BY_OPTION)
@settings(max_examples=10)
@given(stack=stacks())
def test_an_editor_refuses_what_is_wrong_with_one_option(path: str, stack: Config) -> None:
    assert not SCHEMA.is_valid(document(BREAKS[path](stack)))
