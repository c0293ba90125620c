"""The command line of `aws-mobile clients`."""

import argparse
from pathlib import Path


def add_clients(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", epilog: str) -> None:
    """Add the command to those of `aws-mobile`."""
    clients = commands.add_parser(
        "clients", help="write the configuration files that apps load, from a deployed stack", epilog=epilog
    )
    clients.add_argument("--stack", required=True, help="the deployed stack")
    clients.add_argument(
        "--out", type=Path, metavar="DIR", help="where to write; client-files/STACK in this folder if not given"
    )
    clients.add_argument(
        "--outputs",
        metavar="FILE",
        help="what `pulumi stack output --json` said, - for standard input; pulumi is asked if not given",
    )
    clients.add_argument("--app", metavar="KEY", help="the app client, where identity.clients has several")
    clients.add_argument("--force", action="store_true", help="write over files that this command did not make")
    clients.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="the project's folder; this one if not given"
    )
    clients.add_argument("--json", action="store_true", help="print one JSON document instead")
