"""`aws-mobile policies`: what the engine's own run of the policies found, and whether a configuration is right."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.failures import answered
from aws_mobile_cli.policies import read_configuration
from aws_mobile_guard.config import read_config
from aws_mobile_guard.rule import Level
from aws_mobile_guard.rules import RULES

from .arguments import reports_of
from .events import Log, read
from .pack_folder import init
from .said import Said, Standing
from .writing import refuse, write


def policies(options: argparse.Namespace) -> Exit:
    """Do what was asked for."""
    if options.action == "init":
        return init(options.folder, options.pack)
    if options.action == "check":
        return check(options.config, as_json=options.json)
    return report(options.log, reports_of(options), as_json=options.json)


@answered
def report(log: str, reports: Mapping[str, Path], *, as_json: bool) -> Exit:
    """Show what a log of the engine's events says of policies; write that as `reports` besides."""
    refuse(reports)
    found = read(_text(log), "standard input" if log == "-" else log)
    if reports:
        write(reports, found.said, found.project, found.stack, None)
    stops = any(one.standing is Standing.MANDATORY for one in found.said)
    if as_json:
        json.dump(_document(found), sys.stdout)
        sys.stdout.write("\n")
    else:
        _show(found)
    if found.failed:
        sys.stderr.write(f"aws-mobile: Pulumi's run failed, so not everything was judged: {found.failed}\n")
        return Exit.FAILED
    return Exit.FOUND if stops else Exit.OK


@answered
def check(config: Path, *, as_json: bool) -> Exit:
    """Show what a policies' configuration comes to; what is wrong with it is an error, which Pulumi would not say."""
    settings = read_config(read_configuration(config), RULES)
    today = datetime.now(UTC).date()
    levels = Counter(_LEVELS[one.level] for one in settings.values())
    accepted = [(rule, one) for rule, each in settings.items() for one in each.acknowledgements]
    expired = [(rule, one) for rule, one in accepted if one.expired(today)]
    if as_json:
        found = {rule: _LEVELS[each.level] for rule, each in settings.items()}
        old = [{"rule": rule, "urn": one.pattern.pattern, "acknowledged": str(one)} for rule, one in expired]
        json.dump({"rules": found, "acknowledged": len(accepted), "expired": old}, sys.stdout)
        sys.stdout.write("\n")
    else:
        for rule, one in expired:
            sys.stdout.write(f"  expired   {rule} {one.pattern.pattern}: acknowledged {one}\n")
        rules = ", ".join(f"{levels[name]} {name}" for name in _LEVELS.values())
        sys.stdout.write(f"{config}: {rules}; {len(accepted)} acknowledged, {len(expired)} of them expired\n")
    return Exit.FOUND if expired else Exit.OK


_LEVELS = {Level.MANDATORY: "mandatory", Level.ADVISORY: "advisory", None: "disabled"}


def _text(log: str) -> str:
    try:
        return sys.stdin.read() if log == "-" else Path(log).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{log}: cannot be read: {error}"
        raise UsageError(message) from error


def _document(log: Log) -> dict[str, object]:
    policies = [one.document() for one in log.said]
    return {"project": log.project, "stack": log.stack, "policies": policies, "failed": log.failed or None}


def _show(log: Log) -> None:
    sys.stdout.write(f"{log.project} stack {log.stack}\n")
    for one in sorted(log.said, key=_order):
        sys.stdout.write(f"  {one.standing.value:<9} {one.rule} {one.resource}: {one.message}\n")
    sys.stdout.write(f"policies: {_figures(log.said)}\n")


def _order(one: Said) -> tuple[int, str, str]:
    return list(Standing).index(one.standing), one.rule, one.urn


def _figures(said: Sequence[Said]) -> str:
    told = (each for each in Standing if each is not Standing.ACKNOWLEDGED)  # the engine is not told of those
    return ", ".join(f"{sum(one.standing is each for one in said)} {each.value}" for each in told)
