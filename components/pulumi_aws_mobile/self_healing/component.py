"""The `SelfHealing` component."""

import json
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.dead_letters import create_dead_letters
from pulumi_aws_mobile.function import Function
from pulumi_aws_mobile.scope import Scope
from pulumi_aws_mobile.statements import policy_document

from .args import SelfHealingArgs
from .documents import plan, rebuild_policy_arn, statements
from .settings import FUNCTION_SUFFIX, SelfHealingSettings, resolve
from .signals import Signal, of_database, of_environment, of_queue

_SOURCE = str(Path(__file__).parent / "functions")
_HANDLER = "healing.index.handle"
_TIMEOUT_SECONDS = 120
"""A dozen targets of a few calls each; the lease of a target outlives it."""
_ALARMS_PRINCIPAL = "lambda.alarms.cloudwatch.amazonaws.com"
"""https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html"""
_KEY = "target"


class SelfHealing(pulumi.ComponentResource):
    """Heals servers, databases and queues that alarms complain about: a few bounded attempts, then a human is paged.

    Creates: the function with what it remembers in a table, and exactly the permissions that its remedies need; a queue
    for events that it could not deal with; for each target the alarms that invoke it; a rule that invokes it every few
    minutes to follow up; and an alarm for when it fails itself. It deliberately makes no topic, fails over no Region
    (that is a `DRPair`'s), and watches no latency and no cost.
    """

    function_arn: pulumi.Output[str]
    """The ARN of the function that heals."""
    function_name: pulumi.Output[str]
    """The name of that function, which the alarms' names begin with."""
    table_name: pulumi.Output[str]
    """The name of the table with what is remembered of each target."""
    alarm_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the alarms, by target and ailment, for example `database-orders-silent`."""
    log_group_name: pulumi.Output[str]
    """The name of the log group with a JSON line for each action."""

    def __init__(self, name: str, args: SelfHealingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create what heals; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:SelfHealing", name, {}, opts)
        scope = Scope(self, name, settings.region, settings.tags)
        table = _create_table(scope, settings)
        function = _create_function(scope, settings, table)
        allowed = _allow(scope, settings, function, table)
        alarms = {role: _create_alarm(scope, role, signal, function, allowed) for role, signal in _signals(settings)}
        _create_tick(scope, settings, function, allowed)

        self.function_arn = function.arn
        self.function_name = function.function_name
        self.table_name = table.name
        self.alarm_arns = pulumi.Output.all(**{role: alarm.arn for role, alarm in alarms.items()})
        self.log_group_name = function.log_group_name
        self.register_outputs({output: getattr(self, output) for output in SelfHealing.__annotations__})


def _signals(settings: SelfHealingSettings) -> Iterator[tuple[str, Signal]]:
    """Yield every alarm by target and ailment, as the function names them too."""
    for key, environment in settings.environments.items():
        yield from ((f"environment-{key}-{each.ailment}", each) for each in of_environment(environment))
    for key, database in settings.databases.items():
        yield from ((f"database-{key}-{each.ailment}", each) for each in of_database(database))
    for key, queue in settings.queues.items():
        yield from ((f"queue-{key}-{each.ailment}", each) for each in of_queue(queue))


def _create_table(scope: Scope, settings: SelfHealingSettings) -> "aws.dynamodb.Table":
    """Create the table: without it every breaker would be closed again."""
    return aws.dynamodb.Table(
        scope.child("memory"),
        attributes=[{"name": _KEY, "type": "S"}],
        hash_key=_KEY,
        billing_mode="PAY_PER_REQUEST",
        ttl={"attribute_name": "expires_at", "enabled": True},
        server_side_encryption={"enabled": True},
        point_in_time_recovery={"enabled": True},
        deletion_protection_enabled=settings.protect,
        region=scope.region,
        tags=scope.tags("memory"),
        opts=pulumi.ResourceOptions(parent=scope.parent, protect=settings.protect),
    )


def _create_function(scope: Scope, settings: SelfHealingSettings, table: "aws.dynamodb.Table") -> Function:
    return Function(
        f"{scope.name}{FUNCTION_SUFFIX}",
        {
            "source": _SOURCE,
            "handler": _HANDLER,
            "description": "Heals what alarms complain about",
            "environment": {
                "PLAN": plan(scope.name, settings),
                "TABLE_NAME": table.name,
                "TOPIC_ARN": settings.page_topic_arn,
            },
            "timeout_seconds": _TIMEOUT_SECONDS,
            "alarm_topic_arn": settings.page_topic_arn,
            "dead_letter_arn": create_dead_letters(scope).arn,
            "tags": dict(settings.tags),
            **({"region": settings.region} if settings.region else {}),
        },
        pulumi.ResourceOptions(parent=scope.parent),
    )


def _allow(
    scope: Scope, settings: SelfHealingSettings, function: Function, table: "aws.dynamodb.Table"
) -> list[pulumi.Resource]:
    """Give the function's role what the remedies need; nothing invokes it before."""
    remedies = aws.iam.RolePolicy(
        scope.child("remedies"),
        role=function.role_name,
        policy=policy_document(statements(settings, function.arn, table.arn)),
        opts=scope.options(),
    )
    if not any(environment.rebuild for environment in settings.environments.values()):
        return [remedies]
    rebuilding = aws.iam.RolePolicyAttachment(
        scope.child("rebuilding"),
        role=function.role_name,
        policy_arn=rebuild_policy_arn(function.arn),
        opts=scope.options(),
    )
    return [remedies, rebuilding]


def _create_alarm(
    scope: Scope, role: str, signal: Signal, function: Function, allowed: list[pulumi.Resource]
) -> "aws.cloudwatch.MetricAlarm":
    """Create an alarm under the name by which the function knows it, and let it invoke the function."""
    alarm = aws.cloudwatch.MetricAlarm(
        scope.child(role),
        name=pulumi.Output.concat(function.function_name, "-", role),
        alarm_description=f"{scope.child(role)}: {signal.says}",
        alarm_actions=[function.arn],
        region=scope.region,
        tags=scope.tags(role),
        opts=scope.options(depends_on=allowed),
        **signal.inputs,
    )
    function.allow(role, _ALARMS_PRINCIPAL, alarm.arn)
    return alarm


def _create_tick(
    scope: Scope, settings: SelfHealingSettings, function: Function, allowed: list[pulumi.Resource]
) -> None:
    """Invoke the function every few minutes, to follow up."""
    minutes = settings.tick_minutes
    rule = aws.cloudwatch.EventRule(
        scope.child("tick"),
        description=f"{scope.name} follows up",
        schedule_expression=f"rate({minutes} minute{'' if minutes == 1 else 's'})",
        region=scope.region,
        tags=scope.tags("tick"),
        opts=scope.options(),
    )
    function.allow("tick", "events.amazonaws.com", rule.arn)
    aws.cloudwatch.EventTarget(
        scope.child("tick-target"),
        rule=rule.name,
        arn=function.arn,
        input=json.dumps({"tick": True}),
        region=scope.region,
        opts=scope.options(depends_on=allowed),
    )
