"""The functions that act in the recovery Region, and the clock that calls them."""

import json
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.dead_letters import create_dead_letters
from pulumi_aws_mobile.function import Function, FunctionArgs
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import StatementArgs, policy_document

from .creation import Creation
from .documents import (
    database_statements,
    prober_statements,
    reading_statements,
    recovery_statements,
    stack_statements,
)
from .environment_documents import EnvironmentFacts, environment_statements
from .settings import PROBER, RECOVERY_FUNCTION, DRPairSettings
from .sites import Site, WebTier
from .store import Account, Store

_SOURCE = str(Path(__file__).parent / "functions")
_MEMORY_MIB = 512
_RECOVERY_SECONDS = 40
"""Shorter than the lease that it takes on the pair, so that two never act at once."""
_PROBER_SECONDS = 30
_TICK = json.dumps({"tick": True})
_EVENTS = "events.amazonaws.com"


@dataclass(frozen=True, slots=True)
class Actors:
    """The functions."""

    recovery: Function
    prober: Function
    granted: list[pulumi.Resource]
    """What the recovery function may do besides its own statements; nothing calls it before."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the functions work with."""

    account: Account
    store: Store
    creation: Creation | None
    alarm_names: dict[str, pulumi.Output[str]]
    plan: pulumi.Output[str]


def create_actors(scope: Scope, settings: DRPairSettings, around: Around) -> Actors:
    """Create the recovery function and the prober, with what they may do."""
    recovery = _create_function(
        scope,
        settings,
        around,
        RECOVERY_FUNCTION,
        "recovery.handler.handle",
        _RECOVERY_SECONDS,
        _recovery_statements(settings, around),
        # The prober's events are worth nothing later: the next minute brings another.
        dead_letter_arn=create_dead_letters(scope).arn,
    )
    prober = _create_function(
        scope,
        settings,
        around,
        PROBER,
        "recovery.prober.handle",
        _PROBER_SECONDS,
        prober_statements(around.store.table_arn, around.store.key_arn, settings.recovery.region),
    )
    return Actors(recovery, prober, _grant_environments(scope, settings, around.account, recovery))


def create_schedule(scope: Scope, actors: Actors) -> None:
    """Create the rule that calls both functions each minute."""
    rule = aws.cloudwatch.EventRule(
        scope.child("minute"),
        description=f"Probes the primary Region of {scope.name}, and goes on with what a failover waits for",
        schedule_expression="rate(1 minute)",
        region=scope.region,
        tags=scope.tags("minute"),
        opts=scope.options(),
    )
    for role, function in ((PROBER, actors.prober), (RECOVERY_FUNCTION, actors.recovery)):
        function.allow("minute", _EVENTS, rule.arn)
        aws.cloudwatch.EventTarget(
            scope.child(f"minute-{role}"),
            rule=rule.name,
            target_id=role,
            arn=function.arn,
            input=_TICK,
            # What missed its minute is worth nothing in the next.
            retry_policy={"maximum_event_age_in_seconds": 60, "maximum_retry_attempts": 0},
            region=scope.region,
            opts=scope.options(depends_on=actors.granted),
        )


def _create_function(  # noqa: PLR0913, PLR0917 - which one, and with what
    scope: Scope,
    settings: DRPairSettings,
    around: Around,
    role: str,
    handler: str,
    seconds: int,
    statements: list[StatementArgs],
    dead_letter_arn: pulumi.Input[str] | None = None,
) -> Function:
    args: FunctionArgs = {
        "source": _SOURCE,
        "handler": handler,
        "description": _DESCRIPTIONS[role],
        "environment": {"PLAN": around.plan, "TABLE_NAME": around.store.table_name},
        "statements": statements,
        "timeout_seconds": seconds,
        "memory_mib": _MEMORY_MIB,
        "log_retention_days": 365,
        "alarm_topic_arn": around.store.topic_arn,
        "region": settings.recovery.region,
        "tags": dict(settings.tags),
    }
    if dead_letter_arn is not None:
        args["dead_letter_arn"] = dead_letter_arn
    return Function(scope.child(role), args, scope.options())


_DESCRIPTIONS = {
    RECOVERY_FUNCTION: "Takes over from a Region that is lost, step by step, and back again",
    PROBER: "Asks the primary Region for its health",
}


def _recovery_statements(settings: DRPairSettings, around: Around) -> list[StatementArgs]:
    region, store = settings.recovery.region, around.store
    statements = recovery_statements(
        table_arn=store.table_arn,
        key_arn=store.key_arn,
        topic_arn=store.topic_arn,
        topic_key_arn=settings.alarm_topic_kms_key_arn,
        alarm_arns=[_arn(around.account, "cloudwatch", region, "alarm:", name) for name in around.alarm_names.values()],
        region=region,
    )
    creation = around.creation
    arns = [site.database.arn for site in (settings.primary, settings.recovery) if site.database is not None]
    if settings.restores and creation is not None:
        arns.append(_arn(around.account, "rds", region, "db:", creation.stack_name))
    statements += database_statements(arns)
    if creation is not None:
        stack = _arn(around.account, "cloudformation", region, "stack/", creation.stack_name, "/*")
        backups = _arn(around.account, "rds", region, "auto-backup:*")
        statements += stack_statements(stack, creation.role_arn, creation.template_arn, backups)
    return statements


def _grant_environments(
    scope: Scope, settings: DRPairSettings, account: Account, recovery: Function
) -> list[pulumi.Resource]:
    """Let the recovery function look around, and change the environments of both Regions."""
    granted: list[pulumi.Resource] = [
        aws.iam.RolePolicy(
            scope.child("recovery-reads"),
            role=recovery.role_name,
            policy=policy_document(reading_statements()),
            opts=scope.options(),
        )
    ]
    for role, site in (("primary", settings.primary), ("recovery", settings.recovery)):
        if site.web_tier is None:
            continue
        # A policy of its own: an update's permissions are long, and all policies within a role share 10240 characters.
        child = f"scales-{role}"
        policy = aws.iam.Policy(
            scope.child(child),
            description=f"Change the size and database of the environment in {site.region}",
            policy=_environment_document(account, site, site.web_tier),
            tags=scope.tags(child),
            opts=scope.options(),
        )
        granted.append(
            aws.iam.RolePolicyAttachment(
                scope.child(f"{child}-attached"), role=recovery.role_name, policy_arn=policy.arn, opts=scope.options()
            )
        )
    return granted


def _environment_document(account: Account, site: Site, web_tier: WebTier) -> pulumi.Output[str]:
    known = pulumi.Output.all(
        partition=account.partition,
        account=account.account_id,
        application=web_tier.application_name,
        environment=web_tier.environment_name,
        environment_id=web_tier.environment_id,
        role_arns=pulumi.Output.all(*web_tier.role_arns),
    )
    return known.apply(
        lambda found: policy_document(environment_statements(EnvironmentFacts(region=site.region, **found)))
    )


def _arn(account: Account, service: str, region: str, *rest: pulumi.Input[str]) -> pulumi.Output[str]:
    return pulumi.Output.concat("arn:", account.partition, f":{service}:", region, ":", account.account_id, ":", *rest)
