"""The command line of `aws-mobile privileges`."""

import argparse
from pathlib import Path

from aws_mobile_cli.privileges.arguments import add_privileges


def _read(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_privileges(parser.add_subparsers(dest="command"), "")
    return parser.parse_args(["privileges", *words])


def test_nothing_needs_to_be_said() -> None:
    assert vars(_read()) == {
        "command": "privileges",
        "lose": None,
        "reasons": [],
        "all": False,
        "stack": "local",
        "project": Path(),
        "json": False,
    }


def test_reasons_may_come_from_several_files() -> None:
    assert _read("--reasons", "a.yaml", "--reasons", "b.yaml").reasons == [Path("a.yaml"), Path("b.yaml")]
