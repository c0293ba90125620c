"""`aws-mobile policies init`: a policy pack of the installed rules, in a project of one's own."""

import os
import sys
from pathlib import Path

from aws_mobile_cli.exits import Exit, UsageError
from aws_mobile_cli.failures import answered
from aws_mobile_guard.rule import Pack

_PROGRAM = """\
\"\"\"The policy pack's entry point: Pulumi's engine starts it and asks it about every resource.\"\"\"

from aws_mobile_guard.pack import {names}
from pulumi_policy import PolicyPack

PolicyPack(name={name}, policies={policies})
"""
_SETTINGS = """\
description: {description}
runtime:
  name: python
  options:
    # The environment in which pulumi-aws-mobile[policy] is installed, from this folder.
    virtualenv: {environment}
version: 0.1.0
"""


@answered
def init(folder: Path, pack: str) -> Exit:
    """Write the folder that `pulumi preview --policy-pack` takes; refuse one that holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder}: is there already; name a folder that is not, or an empty one"
        raise UsageError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__main__.py").write_text(_program(pack), encoding="utf-8")
        environment = os.path.relpath(sys.prefix, folder.resolve())
        description = "Rules for what a mobile app needs of AWS." if pack == "all" else f"Rules of the pack {pack}."
        settings = _SETTINGS.format(description=description, environment=environment)
        (folder / "PulumiPolicy.yaml").write_text(settings, encoding="utf-8")
    except OSError as error:
        message = f"{folder}: cannot be written: {error.strerror}"
        raise UsageError(message) from error
    sys.stdout.write(f"{folder}: run it by pulumi preview --policy-pack {folder}\n")
    return Exit.OK


def _program(pack: str) -> str:
    if pack == "all":
        return _PROGRAM.format(names="NAME, policies", name="NAME", policies="policies()")
    chosen = Pack(pack)
    names = 'f"{NAME}-' + chosen.value + '"'
    text = _PROGRAM.format(
        names="NAME, policies, rules_of", name=names, policies=f"policies(rules_of(Pack.{chosen.name}))"
    )
    return text.replace("from pulumi_policy", "from aws_mobile_guard.rule import Pack\nfrom pulumi_policy")
