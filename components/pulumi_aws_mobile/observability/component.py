"""The `Observability` component."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .alarms import RegionScope, create_alarms
from .args import ObservabilityArgs
from .names import physical_name
from .settings import BudgetSettings, ObservabilitySettings, resolve
from .shown import across, of_region

_NOTIFIED = (("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100))


class Observability(pulumi.ComponentResource):
    """Shows how a service is, and tells somebody when its users notice that it is not well: once for each cause.

    Creates: a dashboard for each Region and one across them; in each Region with an API, alarms on how fast the error
    budgets of availability and latency burn; one for a service that is down and one for what runs out of room, which
    keep those that would say the same quiet; and, where asked, a budget. It deliberately makes no topic, watches no
    single server, and sets no retention of logs that belong to others: each component sets its own.
    """

    dashboard_names: pulumi.Output[dict[str, str]]
    """The names of the dashboards by Region; the one across Regions is `across`."""
    alarm_arns: pulumi.Output[dict[str, str]]
    """The ARNs of the alarms that tell somebody, by Region and what about, for example `eu-west-1-down`."""
    budget_name: pulumi.Output[str]
    """The name of the budget; empty without one."""

    def __init__(self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Check `args` and create what watches; when they are refused, nothing has been registered."""
        settings = resolve(name, args)
        super().__init__("aws-mobile:index:Observability", name, {}, opts)
        scope = Scope(self, name, settings.region, settings.tags)
        alarms = {
            region: create_alarms(RegionScope(scope, watched, settings.service_level))
            for region, watched in settings.regions.items()
        }
        dashboards = {
            region: _create_region_dashboard(scope, settings, region, told) for region, told in alarms.items()
        }
        dashboards["across"] = _create_across_dashboard(scope, settings, alarms)
        budget = None if settings.budget is None else _create_budget(scope, settings.budget)

        self.dashboard_names = pulumi.Output.all(**{key: each.dashboard_name for key, each in dashboards.items()})
        told = {f"{region}-{role}": arn for region, arns in alarms.items() for role, arn in arns.items()}
        self.alarm_arns = pulumi.Output.all(**told)
        self.budget_name = pulumi.Output.from_input("" if budget is None else budget.name)
        self.register_outputs({output: getattr(self, output) for output in Observability.__annotations__})


def _create_region_dashboard(
    scope: Scope, settings: ObservabilitySettings, region: str, alarms: Mapping[str, pulumi.Output[str]]
) -> "aws.cloudwatch.Dashboard":
    body = of_region(settings.regions[region], settings.service_level, list(alarms.values()))
    return aws.cloudwatch.Dashboard(
        scope.child(f"{region}-dashboard"),
        dashboard_name=physical_name(scope.child(region)),
        dashboard_body=pulumi.Output.json_dumps(body),
        region=region,
        opts=scope.options(),
    )


def _create_across_dashboard(
    scope: Scope, settings: ObservabilitySettings, alarms: Mapping[str, Mapping[str, pulumi.Output[str]]]
) -> "aws.cloudwatch.Dashboard":
    home = settings.region or next(iter(settings.regions))
    arns = [arn for told in alarms.values() for arn in told.values()]
    body = across(settings.regions, settings.service_level, home, arns)
    return aws.cloudwatch.Dashboard(
        scope.child("across-dashboard"),
        dashboard_name=physical_name(scope.child("across")),
        dashboard_body=pulumi.Output.json_dumps(body),
        region=home,
        opts=scope.options(),
    )


def _create_budget(scope: Scope, budget: BudgetSettings) -> "aws.budgets.Budget":
    """Create a budget for the whole account, which is told of what was spent and of what will be."""
    topics = [] if budget.topic_arn is None else [budget.topic_arn]
    notifications = [
        {
            "comparison_operator": "GREATER_THAN",
            "notification_type": kind,
            "threshold": percent,
            "threshold_type": "PERCENTAGE",
            "subscriber_email_addresses": list(budget.emails),
            "subscriber_sns_topic_arns": topics,
        }
        for kind, percent in _NOTIFIED
    ]
    return aws.budgets.Budget(
        scope.child("budget"),
        budget_type="COST",
        limit_amount=f"{budget.monthly_usd:.2f}",
        limit_unit="USD",
        time_unit="MONTHLY",
        notifications=notifications,
        tags=scope.tags("budget"),
        opts=scope.options(),
    )
