"""`aws-mobile preview`: what a stack would create."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pulumi_aws_sandbox.in_process import PreviewMocks

from .exits import Exit
from .failures import answered
from .findings.said import of_findings
from .findings.writing import refuse, write
from .plan import Plan
from .policies import judge, policy_config
from .project import open_project
from .strategies import pair_strategies


@answered
def preview(
    folder: Path, stack: str, config_file: Path | None, reports: Mapping[str, Path] | None = None, *, as_json: bool
) -> Exit:
    """Show what the stack would create and what the policies say of it; write that as `reports` besides."""
    refuse(reports or {})
    project = open_project(folder, stack)
    recording = project.run(PreviewMocks(project.region, every_type=True), preview=True)
    config = policy_config(project, config_file)
    plan = Plan(project.name, project.stack, recording, judge(project, recording, config))
    if reports:
        write(reports, of_findings(plan.findings), project.name, project.stack, project.folder)
    pairs = pair_strategies(recording)
    if as_json:
        json.dump({**plan.document(), "recovery": [pair.document() for pair in pairs]}, sys.stdout)
        sys.stdout.write("\n")
    else:
        from .render import show_plan  # noqa: PLC0415 - JSON needs no terminal library

        show_plan(plan, pairs)
    return Exit.FOUND if plan.mandatory else Exit.OK
