"""Runs the programs of `corpus/`, and compares what the rules say with what a reviewer wrote beside each."""

import importlib.util
import json
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pulumi
from google.protobuf.json_format import MessageToDict

from aws_mobile_guard import presets
from aws_mobile_guard.resources import ResourceInput
from aws_mobile_guard.run import Finding, Kind, evaluate
from pulumi_aws_mobile.testing import PlainMocks, Recording, record
from pulumi_aws_sandbox import catalog
from pulumi_aws_sandbox.aws import in_process
from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.in_process import DeployMocks, PreviewMocks

FOLDER = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))
PRODUCTION: Mapping[str, Any] = json.loads(presets.path("production").read_text(encoding="utf-8"))
REGION = "eu-west-1"
PASSWORD = "canary-of-the-password"
CONFIG = {"project:password": PASSWORD}

_ANSWERED = ("bucket", "domainName", "executionArn", "invokeArn", "name", "repositoryUrl", "rootResourceId", "url")
"""What AWS answers with, and programs pass on to other resources."""

ELSEWHERE = {
    "beanstalk_default": "its platform is retired",
    "beanstalk_production": "the VPC, the certificate and the roles that it names are another stack's",
    "cognito_web_app": "AWS refuses a plain http callback",
    "legacy_inline_bucket": "the sandbox takes a bucket's versioning, encryption and logging as resources only",
    "replica_elsewhere": "the snapshot that it restores is not there",
    "static_site_public": "the sandbox takes a bucket's access list and website as resources only",
    "stream_to_bucket_encrypted": "the sandbox's Firehose takes a role without an external id",
}
"""Why some programs are not deployed into the sandbox though it has all their types; plain answers stand in."""
ACCEPTED: dict[tuple[str, str, str], str] = {}
"""The false alarms that are taken for now: program, resource and rule, with the reason."""

Pair = tuple[str, str]
"""A resource's logical name, and a rule."""


@dataclass(frozen=True)
class Answers:
    """What the rules said of one program in one state."""

    found: frozenset[Pair]
    """What would stop the deployment."""
    undecided: frozenset[Pair]
    """What they could not tell yet."""
    advisory: int
    """How many findings only advise."""
    broken: tuple[str, ...]
    """What the rules say that failed."""
    messages: tuple[str, ...]
    """Everything that was said."""


class Answering(PlainMocks):
    """Answers every type as AWS might, and the provider's functions as the sandbox does."""

    def __init__(self) -> None:
        super().__init__()
        self._functions = PreviewMocks(REGION)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        return self._functions.call(args)

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        id_, outputs = super().new_resource(args)
        answers = {name: f"arn:aws:answered:{REGION}:123456789012:{args.name}/{name}" for name in _ANSWERED}
        return id_, {**answers, **outputs}


@cache
def module(name: str) -> ModuleType:
    """Return a program's module."""
    spec = importlib.util.spec_from_file_location(f"policy_corpus_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def labels(name: str) -> frozenset[Pair]:
    """Return what a reviewer says must be found."""
    expected: Mapping[str, str] = module(name).EXPECTED
    return frozenset((resource, rule) for resource, rules in expected.items() for rule in rules.split())


def resource_inputs(recording: Recording) -> list[ResourceInput]:
    """Return the resources as the pack gets them, each with its provider's Region."""
    regions = {
        one.urn: one.inputs.get("region", REGION) for one in recording if one.type.startswith("pulumi:providers:")
    }
    return [
        ResourceInput(
            urn=one.urn,
            type=one.type,
            name=one.name,
            properties=MessageToDict(one.request.object),
            outputs=MessageToDict(one.reply) if one.id else {},
            property_dependencies=one.property_dependencies,
            protect=one.protect,
            id=one.id,
            provider=one.request.provider,
            provider_region=regions.get(one.request.provider.rpartition("::")[0], REGION),
        )
        for one in recording
        if one.custom
    ]


@cache
def preview(name: str) -> Answers:
    """Judge a program as `pulumi preview` shows it the first time."""
    return _answers(_record(name, Answering(), preview=True))


@cache
def deployed(name: str) -> Answers:
    """Judge a program when everything is known: out of the sandbox's AWS where that has all its types."""
    if not in_sandbox(name) or name in ELSEWHERE:
        return _answers(_record(name, Answering(), preview=False))
    with in_process(REGION) as clients:
        return _answers(_record(name, DeployMocks(Sandbox(clients)), preview=False))


@cache
def in_sandbox(name: str) -> bool:
    """Tell whether the sandbox has every type that a program uses."""
    known = set(catalog.TYPES)
    types = {one.type for one in _record(name, Answering(), preview=True) if one.custom}
    return all(type_ in known or type_.startswith("pulumi:providers:") for type_ in types)


def messages(name: str) -> list[str]:
    """Return everything that the rules said of a program."""
    return [*preview(name).messages, *deployed(name).messages]


def resource_count(name: str) -> int:
    """Return how many resources of AWS a program makes."""
    recording = _record(name, Answering(), preview=True)
    return sum(one.custom and one.type.startswith("aws:") for one in recording)


def _record(name: str, mocks: pulumi.runtime.Mocks, *, preview: bool) -> Recording:
    program: Callable[[], object] = module(name).program
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # programs of the older kind use what has been deprecated since
        return record(program, mocks=mocks, preview=preview, config=CONFIG, secret_keys=["project:password"])


def _answers(recording: Recording) -> Answers:
    findings = evaluate(resource_inputs(recording), PRODUCTION)
    return Answers(
        found=frozenset(_pairs(one for one in findings if one.stops and one.kind is Kind.VIOLATION)),
        undecided=frozenset(_pairs(one for one in findings if one.kind is Kind.UNDECIDED)),
        advisory=sum(one.kind is Kind.VIOLATION and not one.stops for one in findings),
        broken=tuple(one.message for one in findings if one.kind is Kind.BROKEN),
        messages=tuple(one.message for one in findings),
    )


def _pairs(findings: Iterator[Finding]) -> Iterator[Pair]:
    return ((finding.urn.rsplit("::", 1)[-1], finding.rule) for finding in findings)
