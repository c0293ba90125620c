"""The command line of `aws-mobile env`."""

import argparse
from pathlib import Path

_DIFF_EPILOG = "exit codes, as those of diff: 0 no difference; 1 differences; 2 an environment cannot be read or built"


def add_env(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", epilog: str) -> None:
    """Add the command to those of `aws-mobile`."""
    env = commands.add_parser("env", help="list, create, clone, compare and remove environments", epilog=epilog)
    actions = env.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="show the environments: Regions, recovery, policies, resources, deployed or not")

    create = actions.add_parser("create", help="write the stack file of a new environment")
    create.add_argument("name", metavar="NAME", help="the new environment's name")
    create.add_argument("--region", required=True, help="its primary Region")
    create.add_argument("--recovery-region", metavar="REGION", help="a second Region, to which backups are copied")
    create.add_argument(
        "--size",
        choices=("small", "full"),
        default="small",
        help="small: one zone, small instances; full: what production needs, two Regions among it; small if not given",
    )

    clone = actions.add_parser("clone", help="write the stack file of an environment like another one")
    clone.add_argument("source", metavar="FROM", help="the environment to take after")
    clone.add_argument("name", metavar="NAME", help="the new environment's name")
    clone.add_argument(
        "--size",
        choices=("small", "same"),
        default="same",
        help="small: one zone, small instances, no recovery Region; same: as it is; same if not given",
    )
    clone.add_argument("--domain", metavar="NAME", help="the API's new domain name, in the same hosted zone")
    clone.add_argument("--sign-in-prefix", metavar="PREFIX", help="the new prefix of the hosted pages' domain")
    clone.add_argument("--host-name", metavar="NAME", help="the servers' new host name; with --certificate")
    clone.add_argument("--certificate", metavar="ARN", help="the certificate of that host name")
    clone.add_argument("--recovery-certificate", metavar="ARN", help="its certificate in the recovery Region")
    for new in (create, clone):
        new.add_argument("--cidr", help="the network's block of addresses; one that no other stack has if not given")
        new.add_argument(
            "--protection",
            choices=("on", "off"),
            help="off: gone without a trace after `pulumi destroy`; on: kept from deletion; off for small environments "
            "if not given, otherwise as the components, or the environment taken after, have it",
        )
        new.add_argument("--recovery-cidr", metavar="CIDR", help="the same for the network in the recovery Region")

    diff = actions.add_parser("diff", help="say what two environments do differently", epilog=_DIFF_EPILOG)
    diff.add_argument("first", metavar="A")
    diff.add_argument("second", metavar="B")
    diff.add_argument("--resources", action="store_true", help="name the resources that only one of them has")

    remove = actions.add_parser("remove", help="remove a stack file that nothing depends on any more")
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--yes", action="store_true", help="do not ask")

    for action in actions.choices.values():
        action.add_argument(
            "--project", type=Path, default=Path(), metavar="DIR", help="the project's folder; this one if not given"
        )
        action.add_argument("--json", action="store_true", help="print one JSON document instead")
