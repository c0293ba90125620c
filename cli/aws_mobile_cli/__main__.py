"""Entry point of `aws-mobile`: reads the command line and picks the command."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from .client_files.arguments import add_clients
from .env.arguments import add_env
from .exits import Exit, UsageError
from .findings.arguments import add_policies, add_reports, reports_of
from .privileges.arguments import add_privileges
from .sdk.arguments import add_sdk, languages

_EPILOG = """exit codes: 0 fine; 1 a mandatory policy or a check failed; 2 wrong usage, stack file or arguments,
nothing registered; 3 the program or the sandbox failed part of the way; 130 interrupted"""


_STRATEGIES = ("backup_restore", "pilot_light", "warm_standby", "multi_site")
_GAME_DAYS = ("alarm-flapping", "both-degraded", "crash-mid-way", "replica-lagging", "wrong-approval")
"""As `drill` knows them, which loads too much for a command line that is only read; a test compares them."""


def script() -> int:
    """Run the command as a process of its own.

    It is over within seconds, and what it loads stays to the end: looking for cycles meanwhile, and once more when the
    interpreter leaves, costs half of a preview and frees little.
    """
    signal.signal(signal.SIGINT, _leave)
    gc.disable()
    code = main()
    gc.freeze()
    return code


def main(argv: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one for each command
    """Run the command that `argv` asks for and return its exit code."""
    options = _parser().parse_args(argv)
    try:
        if options.command == "preview":
            from .preview import preview  # noqa: PLC0415 - a command loads only what it needs

            reports = reports_of(options)
            return preview(options.project, options.stack, options.policy_config, reports, as_json=options.json)
        if options.command == "drill":
            from .drill.command import Options, drill  # noqa: PLC0415 - a command loads only what it needs

            asked = Options(
                options.lose, options.strategy, options.game_day, options.approve_after, options.tick, options.html
            )
            return drill(options.project, options.stack, asked, as_json=options.json)
        if options.command == "clients":
            from .client_files.command import clients  # noqa: PLC0415 - a command loads only what it needs

            return clients(options, as_json=options.json)
        if options.command == "privileges":
            from .privileges.command import Options as Measured  # noqa: PLC0415 - a command loads only what it needs
            from .privileges.command import privileges  # noqa: PLC0415 - as above

            measured = Measured(options.lose, options.reasons, options.all)
            return privileges(options.project, options.stack, measured, as_json=options.json)
        if options.command == "policies":
            from .findings.command import policies  # noqa: PLC0415 - a command loads only what it needs

            return policies(options)
        if options.command == "env":
            from .env.command import env  # noqa: PLC0415 - a command loads only what it needs

            return env(options)
        if options.command == "sdk":
            from .sdk.command import Options as SdkOptions  # noqa: PLC0415 - a command loads only what it needs
            from .sdk.command import sdk  # noqa: PLC0415 - as above

            wanted = SdkOptions(languages(options.language), options.out, options.api, options.url, options.name)
            return sdk(options.project, options.stack, wanted, as_json=options.json)
        from .run import Wish, run  # noqa: PLC0415 - a command loads only what it needs

        wish = Wish(options.html, options.keep, options.port, options.client_files, options.verbose)
        return run(options.project, options.stack, wish, as_json=options.json)
    except UsageError as error:
        print(f"aws-mobile: {error}", file=sys.stderr)  # noqa: T201 - a command line prints
        return Exit.USAGE


def _leave(_: int, __: object) -> None:
    """End the process here and now.

    As an exception an interrupt could be lost: it may surface inside Pulumi's event loop, which then waits for what was
    interrupted. There is nothing to clean up but a terminal's hidden cursor.
    """
    if sys.stdout.isatty():
        os.write(sys.stdout.fileno(), b"\x1b[?25h\n")
    os.write(sys.stderr.fileno(), b"aws-mobile: interrupted; the sandbox lived in this process and is gone\n")
    os._exit(Exit.INTERRUPTED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aws-mobile", description=__package__ and _package_doc(), epilog=_EPILOG)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    preview = commands.add_parser(
        "preview", help="show what a stack would create, without account, CLI or network", epilog=_EPILOG
    )
    preview.add_argument(
        "--policy-config",
        type=Path,
        metavar="PRESET|FILE",
        help="the policies' configuration: a preset (development, production, fsbp, aws-solutions, nist-800-53) or a"
        " file; the one that the stack file's `policies` names if not given",
    )
    add_reports(preview)
    run = commands.add_parser("run", help="deploy a stack to the sandbox and check what was deployed", epilog=_EPILOG)
    run.add_argument("--html", type=Path, metavar="FILE", help="write what was seen, measured and sent as a page, too")
    run.add_argument(
        "--keep", action="store_true", help="let it stand, for apps to be developed against, until interrupted"
    )
    run.add_argument(
        "--port", type=int, default=0, metavar="PORT", help="where AWS answers with --keep; a free one if not given"
    )
    run.add_argument(
        "--client-files", type=Path, metavar="DIR", help="where to write the files that lead apps to it, with --keep"
    )
    run.add_argument("--verbose", "-v", action="store_true", help="show every check as it is made")
    drill = commands.add_parser(
        "drill", help="lose a Region in the sandbox while clients call, and see what becomes of it", epilog=_EPILOG
    )
    drill.add_argument("--lose", required=True, metavar="REGION", help="the Region to lose, of those of the stack")
    drill.add_argument("--strategy", choices=_STRATEGIES, help="rehearse with this strategy; the stack's if not given")
    drill.add_argument("--game-day", choices=_GAME_DAYS, help="let something else go wrong as well")
    drill.add_argument(
        "--approve-after",
        type=float,
        metavar="MINUTES",
        help="how long after being asked the operator approves; as the recovery model expects it if not given",
    )
    drill.add_argument(
        "--tick", type=float, default=5.0, metavar="SECONDS", help="how often clients call; 5 s if not given"
    )
    drill.add_argument("--html", type=Path, metavar="FILE", help="write the timeline as a page of its own, too")
    for command in (preview, run, drill):
        command.add_argument("--stack", default="local", help="the stack, as in Pulumi.STACK.yaml; local if not given")
        command.add_argument(
            "--project", type=Path, default=Path(), metavar="DIR", help="the project's folder; this one if not given"
        )
        command.add_argument("--json", action="store_true", help="print one JSON document instead")
    add_clients(commands, _EPILOG)
    add_env(commands, _EPILOG)
    add_policies(commands, _EPILOG)
    add_privileges(commands, _EPILOG)
    add_sdk(commands, _EPILOG)
    return parser


def _package_doc() -> str:
    from . import __doc__ as doc  # noqa: PLC0415 - only the help needs it

    return doc or ""


if __name__ == "__main__":
    sys.exit(script())
