"""`aws-mobile env create` and `env clone`: a new stack file, which is known to build before it is written."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.plan import Plan
from aws_mobile_cli.policies import judge, policy_config
from pulumi_aws_mobile.errors import ArgsError, Problem
from pulumi_aws_sandbox.in_process import PreviewMocks

from .adapt import Change, Draft, Size, make_its_own, protect, shrink, still_shared, unprotect
from .blocks import overlapping, unused
from .harm import kept, parts_there
from .secrets import command, drop_keys, drop_secrets
from .shape import FULL, PRIMARY_CIDR, RECOVERY_CIDR
from .stack_text import StackText
from .stacks import drafted, existing, home_of, networks, refuse_name, stack_file, write_new

_MODELINE = "# yaml-language-server: $schema=./Pulumi.schema.json\n"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a new environment."""

    name: str
    size: Size
    protected: bool | None
    """Whether all is protected that can be, or nothing; None leaves it as it is."""
    cidr: str | None = None
    recovery_cidr: str | None = None
    names: Mapping[str, str | None] | None = None
    """New values of what cannot be shared, by option."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new environment."""

    file: Path
    source: str | None
    plan: Plan
    changes: Sequence[Change]
    secrets: Sequence[str]
    """The commands that set its secrets."""
    shared: Sequence[tuple[str, str]]
    protected: int
    provider: str | None
    """What encrypts the secrets of the environment that it was made after."""

    @property
    def written(self) -> bool:
        """Whether the file was written: not if a mandatory policy refuses what would be deployed."""
        return not self.plan.mandatory

    @property
    def next_steps(self) -> list[str]:
        """The commands that deploy it."""
        provider = f" --secrets-provider {shlex.quote(self.provider)}" if self.provider else ""
        return [f"pulumi stack init {self.plan.stack}{provider}", *self.secrets, f"pulumi up --stack {self.plan.stack}"]

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "stack": self.plan.stack,
            "file": self.file.name,
            "source": self.source,
            "written": self.written,
            "changes": [{"path": c.path, "what": c.what, "left_out": c.left_out} for c in self.changes],
            "shared": dict(self.shared),
            "next_steps": self.next_steps,
            "summary": self.plan.summary(),
            "policies": self.plan.document()["policies"],
        }


def make_clone(folder: Path, source: str, wanted: Wanted, *, write: bool = True) -> Made:
    """Write the stack file of an environment like another one; only say what it would be if not to `write`."""
    project = existing(folder, source)
    refuse_name(project.folder, wanted.name)
    text = StackText(stack_file(project.folder, source).read_text(encoding="utf-8"))
    draft = Draft(project.name, text)
    size = "smaller" if wanted.size is Size.SMALL else "of the same size"
    provider = text.get(("secretsprovider",))
    drop_keys(text)
    text.head([f"Made after Pulumi.{source}.yaml, {size}, with names and addresses of its own."])
    make_its_own(draft, wanted.names or {})
    draft.put("tags.environment", wanted.name)
    if wanted.size is Size.SMALL:
        shrink(draft)
    return _finish(project.folder, source, draft, wanted, provider, write=write)


def make_new(folder: Path, region: str, recovery_region: str | None, wanted: Wanted) -> Made:
    """Write the stack file of an environment with what the program makes by itself."""
    if wanted.size is not Size.SMALL and recovery_region is None:
        message = "a full environment has a copy of its data in a second Region; name one by --recovery-region"
        raise UsageError(message)
    home = home_of(folder)
    refuse_name(home, wanted.name)
    first = "Small, in one zone" if wanted.size is Size.SMALL else "For production, its data copied to a second Region"
    last = ", and gone without a trace after `pulumi destroy`." if wanted.protected is False else "."
    schema = _MODELINE if (home / "Pulumi.schema.json").is_file() else ""
    text = StackText(f"{schema}# {first}{last}\nconfig:\n  aws:region: there\n")
    text.put(("config", "aws:region"), region)
    with drafted(home, wanted.name, text.text) as project:
        namespace = project.name
    draft = Draft(namespace, text)
    draft.put("tags.environment", wanted.name)
    if wanted.size is Size.SMALL:
        shrink(draft)
    else:
        for option, value in FULL.items():
            draft.put(option, value)
    if recovery_region is not None:
        draft.put("recovery", {"strategy": "backup_restore", "region": recovery_region})
    return _finish(home, None, draft, wanted)


def _finish(  # noqa: PLR0913 - all that makes an environment
    home: Path, source: str | None, draft: Draft, wanted: Wanted, provider: str | None = None, *, write: bool = True
) -> Made:
    _address(home, draft, wanted)
    if wanted.protected:
        protect(draft)
    elif wanted.protected is False:
        unprotect(draft, parts_there(_preview(home, wanted.name, draft).recording))
    plan = _preview(home, wanted.name, draft)
    protected = sum(len(part.resources) for part in kept(plan.recording))
    shared = still_shared(draft) if source else []
    secrets = [command(path, shlex.quote(wanted.name)) for path in drop_secrets(draft.stack)]
    made = Made(stack_file(home, wanted.name), source, plan, draft.changes, secrets, shared, protected, provider)
    if write and made.written:
        write_new(made.file, draft.stack.text)
    return made


def _address(home: Path, draft: Draft, wanted: Wanted) -> None:
    """Give the networks blocks of addresses that no other stack has."""
    taken = {block: stack for stack, blocks in networks(home, draft.namespace).items() for block in blocks}
    for option, block in (("--cidr", wanted.cidr), ("--recovery-cidr", wanted.recovery_cidr)):
        other = overlapping(option, block, taken) if block else None
        if other:
            message = (
                f"{option} {block} overlaps {other} of the stack {taken[other]}; leave it out for one that is free"
            )
            raise UsageError(message)
    asked = [block for block in (wanted.cidr, wanted.recovery_cidr) if block]
    own = wanted.cidr or unused(str(draft.get("network.cidr") or PRIMARY_CIDR), [*taken, *asked])
    draft.put("network.cidr", own)
    if draft.get("recovery"):
        like = str(draft.get("recovery.network.cidr") or RECOVERY_CIDR)
        draft.put("recovery.network.cidr", wanted.recovery_cidr or unused(like, [*taken, own]))


def _preview(home: Path, stack: str, draft: Draft) -> Plan:
    """Return what the stack would create; raise what the program raises, with stand-ins for its secrets."""
    with drafted(home, stack, draft.stack.text) as project:
        try:
            recording = project.run(PreviewMocks(project.region), preview=True)
        except ArgsError as error:
            raise ArgsError(error.subject, [_explained(problem, draft) for problem in error.problems]) from error
        return Plan(project.name, stack, recording, judge(project, recording, policy_config(project, None)))


def _explained(problem: Problem, draft: Draft) -> Problem:
    """Return the problem and, where it is about something that was left out, why it was."""
    for change in draft.changes:
        if change.left_out and problem.path.startswith(change.path):
            return replace(problem, fix=f"{problem.fix} ({change.what})")
    return problem
