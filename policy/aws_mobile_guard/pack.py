"""The rules as CrossGuard policies: what the engine hands over becomes plain data, what a rule says becomes a report.

Importing this starts nothing; `__main__.py` does, for `PolicyPack` serves until it is killed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    PolicyProviderResource,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import Severity as PolicySeverity
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

from aws_mobile_guard.config import EXCLUDE_SCHEMA, read_rule_config
from aws_mobile_guard.resources import Resource, ResourceInput
from aws_mobile_guard.rule import Answer, BaseRule, Level, Options, Pack, Rule, StackRule
from aws_mobile_guard.rules import RULES
from aws_mobile_guard.run import LATER, Kind, judge
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN_TEXT

NAME = "aws-mobile-guard"
"""The name of the pack of all rules; those of some begin with it."""

_STACK_TYPES = frozenset(type_ for rule in RULES if isinstance(rule, StackRule) for type_ in rule.types)


def policies(rules: Iterable[Rule | StackRule] = RULES) -> list[Policy]:
    """Return the rules as policies, in the same order."""
    inputs = _Inputs()
    return [
        _stack_policy(rule, inputs) if isinstance(rule, StackRule) else _resource_policy(rule, inputs) for rule in rules
    ]


def rules_of(pack: Pack) -> list[Rule | StackRule]:
    """Return the rules of one pack."""
    return [rule for rule in RULES if rule.pack is pack]


def plain(value: Any) -> Any:  # noqa: ANN401 - any property value
    """Return what Pulumi's proxies stand for; where one refuses because a value is unknown, Pulumi's mark for that."""
    if isinstance(value, Mapping):
        return {key: _item(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_item(value, index) for index in range(len(value))]
    return value


def _item(container: Any, key: str | int) -> Any:  # noqa: ANN401 - any property value
    try:
        return plain(container[key])
    except UnknownValueError:
        return UNKNOWN_TEXT


class _Inputs:
    """The inputs of the resources that whole-stack rules look at, kept from when each resource was registered.

    At the end the engine hands over outputs, in which AWS has filled in what the program never said; rules judge what
    the program says. The engine asks each policy about each resource, so the first one to ask keeps them for all.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def keep(self, rule: Rule, args: ResourceValidationArgs) -> None:
        """Keep the inputs of a resource, once per registration."""
        if args.resource_type in _STACK_TYPES and self._kept.get(args.urn, (rule.id,))[0] == rule.id:
            self._kept[args.urn] = (rule.id, plain(args.props))

    def of(self, urn: str) -> Mapping[str, Any] | None:
        """Return the inputs of a resource, if they were kept."""
        return self._kept[urn][1] if urn in self._kept else None


def _resource_policy(rule: Rule, inputs: _Inputs) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        inputs.keep(rule, args)
        if args.resource_type in rule.types:
            resource = Resource(_from_args(args))
            _run(rule, partial(rule.check, resource), args.urn, args.get_config(), report)

    return ResourceValidationPolicy(validate=validate, **_metadata(rule))


def _stack_policy(rule: StackRule, inputs: _Inputs) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        wanted = [resource for resource in args.resources if resource.resource_type in rule.types]
        stack = Stack(Resource(_from_stack(resource, inputs.of(resource.urn))) for resource in wanted)
        _run(rule, partial(rule.check, stack), "", args.get_config(), report)

    return StackValidationPolicy(validate=validate, **_metadata(rule))


def _run(
    rule: BaseRule,
    ask: Callable[[Options], Iterable[Answer]],
    urn: str,
    config: Mapping[str, Any],
    report: ReportViolation,
) -> None:
    """Report what a rule says; end as Pulumi's own proxies would where a value is not known yet."""
    settings, problems = read_rule_config(rule, plain(config))
    for problem in problems:
        report(f"policy configuration: {problem}", urn or None)
    unknown = ""
    for finding in judge(rule, ask, urn, settings, datetime.now(UTC).date()):
        if finding.kind is Kind.UNDECIDED:
            unknown = unknown or finding.message.removesuffix(LATER)
        elif finding.kind is not Kind.ACKNOWLEDGED:
            report(finding.message, finding.urn or None)
    if unknown:
        raise UnknownValueError(UNKNOWN_STRING_VALUE, unknown.split("."))


def _from_args(args: ResourceValidationArgs) -> ResourceInput:
    return ResourceInput(
        urn=args.urn,
        type=args.resource_type,
        name=args.name,
        properties=plain(args.props),
        protect=args.opts.protect,
        **_provider(args.provider),
    )


def _from_stack(resource: PolicyResource, inputs: Mapping[str, Any] | None) -> ResourceInput:
    outputs = plain(resource.props)
    return ResourceInput(
        urn=resource.urn,
        type=resource.resource_type,
        name=resource.name,
        properties=outputs if inputs is None else inputs,
        outputs=outputs,
        property_dependencies={
            name: [source.urn for source in sources] for name, sources in resource.property_dependencies.items()
        },
        protect=resource.opts.protect,
        **_provider(resource.provider),
    )


def _provider(provider: PolicyProviderResource | None) -> dict[str, Any]:
    if provider is None:
        return {}
    region = plain(provider.props).get("region")
    known = isinstance(region, str) and region != UNKNOWN_TEXT
    return {"provider": provider.urn, "provider_region": region if known else None}


def _metadata(rule: BaseRule) -> dict[str, Any]:
    properties: dict[str, dict[str, Any]] = {option.name: option.schema for option in rule.options}
    properties["excludeFor"] = dict(EXCLUDE_SCHEMA)
    mandatory = rule.level is Level.MANDATORY
    practices = [one for one in rule.frameworks if one.startswith("FSBP ")]
    return {
        "name": rule.id,
        "description": rule.description,
        "enforcement_level": EnforcementLevel.MANDATORY if mandatory else EnforcementLevel.ADVISORY,
        "config_schema": PolicyConfigSchema(properties),
        "display_name": rule.id,
        "severity": PolicySeverity(rule.severity.value),
        "framework": PolicyComplianceFramework(
            name="AWS Foundational Security Best Practices", reference=", ".join(practices)
        )
        if practices
        else None,
        "tags": [rule.pack.value, rule.id.partition("-")[0], *rule.frameworks],
        "remediation_steps": rule.remediation,
        "url": rule.url,
    }
