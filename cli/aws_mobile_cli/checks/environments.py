"""Checks of environments: what stands keeps the policies, and another one can be made after it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from aws_mobile_cli.env.adapt import Size
from aws_mobile_cli.env.making import Wanted, make_clone
from aws_mobile_cli.env.stacks import stack_names
from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.findings.said import Standing, standing_of
from aws_mobile_cli.policies import judge
from aws_mobile_cli.project import Project
from aws_mobile_guard.rules import RULES
from pulumi_aws_mobile.errors import ArgsError
from pulumi_aws_mobile.testing import Recording

from .check import Check, checks_of
from .system import System

check = checks_of(System.ENVIRONMENTS)
_NAMES = ("name", "bucket", "identifier", "clusterIdentifier", "domain", "dashboardName", "cidrBlock")
"""The properties that hold what two environments of one account would collide in."""
_WITHIN = (
    "aws:athena/namedQuery:",
    "aws:cloudwatch/logStream:",
    "aws:cognito/userGroup:",
    "aws:cognito/userPoolClient:",
    "aws:ec2/eip:",
    "aws:glue/catalogTable:",
    "aws:s3/bucketMetric:",
)
"""The beginnings of the types whose names have to be their own within something else only, or are no names."""


def check_environment(project: Project, recording: Recording, config: Mapping[str, Any]) -> Iterator[Check]:
    """Check the whole of a stack, as it stands and as a pattern for another."""
    yield check(project.stack, "keeps every mandatory policy", lambda: _policies(project, recording, config))
    stacks = stack_names(project.folder)
    # A program with a single environment may well give names that are there once.
    if len(stacks) > 1 and project.stack in stacks:
        claim = "can be cloned into an environment that shares no name and no address with it"
        yield check(project.stack, claim, lambda: _clone(project, recording))


def _policies(project: Project, recording: Recording, config: Mapping[str, Any]) -> tuple[bool, str]:
    """Tell whether no mandatory rule is broken, now that every value is known."""
    findings = judge(project, recording, config)
    broken = [
        f"{finding.rule} {finding.urn.rsplit('::', 1)[-1]}: {finding.message}" for finding in findings if finding.stops
    ]
    standings = Counter(standing_of(finding) for finding in findings)
    rest = ", ".join(f"{standings[one]} {one.value}" for one in Standing if one is not Standing.MANDATORY)
    return not broken, "; ".join(broken) or f"{len(RULES)} rules: {rest}"


def _clone(project: Project, recording: Recording) -> tuple[bool, str]:
    name = f"{project.stack}-clone"
    backend = json.loads(project.config.get(f"{project.name}:backend", "{}"))
    prefix = "domain" in backend.get("identity", {}) and "prefix" in backend["identity"]["domain"]
    wanted = Wanted(name, Size.SAME, None, names={"backend.identity.domain.prefix": name} if prefix else {})
    try:
        made = make_clone(project.folder, project.stack, wanted, write=False)
    except (ArgsError, UsageError) as error:
        return False, str(error)
    clone = made.plan.recording
    shared = _taken(project.region, clone) & _taken(project.region, recording)
    number = sum(resource.custom for resource in clone)
    return not shared, "shared: " + ", ".join(sorted(shared)) if shared else f"{name}: {number} resources"


def _taken(region: str, recording: Recording) -> set[str]:
    """Return the names that the program itself gives; those that are made up never collide."""
    return {
        f"{resource.type} {value} in {resource.inputs.get('region') or region}"
        for resource in recording
        if resource.custom and not resource.type.startswith(_WITHIN)
        for value in map(resource.inputs.get, _NAMES)
        if isinstance(value, str)
    }
