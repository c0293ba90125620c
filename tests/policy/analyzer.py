"""Pulumi's own analyzer, asked in process as the engine asks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2
from pulumi_policy import EnforcementLevel, Policy
from pulumi_policy.policy import _PolicyAnalyzerServicer

from aws_mobile_guard.pack import NAME, policies
from aws_mobile_guard.resources import ResourceInput

LEVELS = {
    analyzer_pb2.ADVISORY: "advisory",
    analyzer_pb2.MANDATORY: "mandatory",
    analyzer_pb2.DISABLED: "disabled",
}


@dataclass(frozen=True)
class Diagnostic:
    """What the engine would show."""

    rule: str
    level: str
    urn: str
    message: str

    @property
    def could_not_run(self) -> bool:
        return self.message.startswith("can't run policy")


class Analyzer:
    """A policy pack, configured."""

    def __init__(self, config: Mapping[str, Any] | None = None, pack: list[Policy] | None = None) -> None:
        self.servicer = _PolicyAnalyzerServicer(NAME, "0.1.0", pack or policies(), EnforcementLevel.ADVISORY)
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for name, own in (config or {}).items():
            values = dict(own)
            level = values.pop("enforcementLevel", None)
            policy = next(one for one in self.info().policies if one.name == name)
            target = request.policyConfig[name]
            wanted = policy.enforcementLevel if level is None else analyzer_pb2.EnforcementLevel.Value(level.upper())
            target.enforcementLevel = wanted
            target.properties.CopyFrom(struct(values))
        self.servicer.Configure(request, None)

    def info(self) -> analyzer_pb2.AnalyzerInfo:
        return self.servicer.GetAnalyzerInfo(None, None)

    def resource(self, one: ResourceInput) -> list[Diagnostic]:
        """Ask about one resource as it is registered."""
        request = analyzer_pb2.AnalyzeRequest(
            type=one.type,
            properties=struct(one.properties),
            urn=one.urn,
            name=one.name,
            options=analyzer_pb2.AnalyzerResourceOptions(protect=one.protect),
            provider=provider(one),
        )
        return diagnostics(self.servicer.Analyze(request, None), one.urn)

    def stack(self, resources: Sequence[ResourceInput]) -> list[Diagnostic]:
        """Ask about the whole stack at the end."""
        request = analyzer_pb2.AnalyzeStackRequest()
        for one in resources:
            outputs = {**one.properties, **one.outputs} | ({"id": one.id} if one.id else {})
            added = request.resources.add(type=one.type, properties=struct(outputs), urn=one.urn, name=one.name)
            added.options.protect = one.protect
            added.provider.CopyFrom(provider(one))
            for name, urns in one.property_dependencies.items():
                added.propertyDependencies[name].urns.extend(urns)
        return diagnostics(self.servicer.AnalyzeStack(request, None), "")

    def run(self, resources: Sequence[ResourceInput]) -> list[Diagnostic]:
        """Ask about each resource and then about the stack, as in a deployment."""
        found = [one for resource in resources for one in self.resource(resource)]
        return [*found, *self.stack(resources)]


def struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    return json_format.ParseDict(dict(values), struct_pb2.Struct())


def provider(one: ResourceInput) -> analyzer_pb2.AnalyzerProviderResource:
    return analyzer_pb2.AnalyzerProviderResource(
        type="pulumi:providers:aws",
        properties=struct({"region": one.provider_region} if one.provider_region else {}),
        urn="urn:pulumi:prod::shop::pulumi:providers:aws::default",
        name="default",
    )


def diagnostics(response: analyzer_pb2.AnalyzeResponse, urn: str) -> list[Diagnostic]:
    return [
        Diagnostic(
            rule=one.policyName,
            level=LEVELS[one.enforcementLevel],
            urn=one.urn or urn,
            message=one.message.removeprefix(f"{one.description}\n"),
        )
        for one in response.diagnostics
    ]
