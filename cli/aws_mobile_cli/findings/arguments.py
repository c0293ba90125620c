"""The arguments about reports of findings, and of `aws-mobile policies`."""

import argparse
from collections.abc import Mapping
from pathlib import Path

PACKS = ("all", "security", "resilience", "cost-and-hygiene")
"""What a folder that `policies init` writes may hold."""
FORMS: Mapping[str, str] = {
    "sarif": "SARIF 2.1.0, as code scanning reads it",
    "junit": "JUnit's XML, as CI servers show tests",
}
"""The forms of a report, each with what it is."""


def add_reports(parser: argparse.ArgumentParser) -> None:
    """Add where to write what policies found."""
    for form, what in FORMS.items():
        parser.add_argument(f"--{form}", type=Path, metavar="FILE", help=f"write the findings as {what}, too")


def reports_of(options: argparse.Namespace) -> dict[str, Path]:
    """Return the files that were asked for, by their forms."""
    found = {form: getattr(options, form) for form in FORMS}
    return {form: file for form, file in found.items() if file is not None}


def add_policies(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", epilog: str) -> None:
    """Add `policies report`, `check` and `init`."""
    policies = commands.add_parser(
        "policies",
        help="tell what policies found in a run of Pulumi's own, and check their configuration",
        epilog=epilog,
    )
    actions = policies.add_subparsers(dest="action", required=True, metavar="ACTION")
    report = actions.add_parser(
        "report", help="from the events of pulumi preview or up --event-log FILE", epilog=epilog
    )
    report.add_argument("log", metavar="FILE", help="the log of events; - reads standard input")
    init = actions.add_parser("init", help="write a policy pack of the installed rules", epilog=epilog)
    init.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet, or empty")
    init.add_argument("--pack", choices=PACKS, default="all", help="the rules in it; all if not given")
    check = actions.add_parser("check", help="whether a configuration of the policies is right", epilog=epilog)
    check.add_argument("config", type=Path, metavar="PRESET|FILE", help="what --policy-pack-config is to take")
    check.add_argument("--json", action="store_true", help="print one JSON document instead")
    add_reports(report)
    report.add_argument("--json", action="store_true", help="print one JSON document instead")
