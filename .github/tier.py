# ruff: noqa: INP001 - a script that workflows run, not a package
"""Prints the configuration of the policy pack that a stack's file names: `tier.py STACK`."""

import sys
from pathlib import Path

import aws_mobile_guard
from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import open_project


def main(stack: str) -> int:
    """Print its path."""
    try:
        project = open_project(Path(), stack)
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    tier = project.config.get(f"{project.name}:policies", "production")
    sys.stdout.write(f"{Path(aws_mobile_guard.__file__).with_name(f'{tier}.json')}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
