"""What a caller of `Observability` may ask for."""

from typing import NotRequired, TypedDict

import pulumi


class WatchedApiArgs(TypedDict):
    """A REST API in API Gateway."""

    name: pulumi.Input[str]
    """Its name. Give it; it has no default."""
    stage: pulumi.Input[str]
    """Its stage. Give it; it has no default."""


class WatchedWebTierArgs(TypedDict):
    """An Elastic Beanstalk environment with an Application Load Balancer."""

    environment_name: pulumi.Input[str]
    """Its name. Give it; it has no default."""
    load_balancer_arn: pulumi.Input[str]
    """The ARN of its load balancer. Give it; it has no default."""


class WatchedRegionArgs(TypedDict):
    """What is watched in one Region."""

    topic_arn: pulumi.Input[str]
    """The ARN of an SNS topic in this Region: who is paged. Give it; it has no default."""
    ticket_topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an SNS topic in this Region for what can wait until the morning. Defaults to `topic_arn`."""
    api: NotRequired[WatchedApiArgs]
    """The API, whose answers the service levels are about. Defaults to none, and no alarms on service levels."""
    web_tier: NotRequired[WatchedWebTierArgs]
    """The servers behind it. Defaults to none."""
    databases: NotRequired[dict[str, pulumi.Input[str]]]
    """Identifiers of RDS instances by a name of your own. Defaults to none."""
    functions: NotRequired[dict[str, pulumi.Input[str]]]
    """Names of Lambda functions by a name of your own. Defaults to none."""
    queues: NotRequired[dict[str, pulumi.Input[str]]]
    """Names of SQS queues by a name of your own. Defaults to none."""
    streams: NotRequired[dict[str, pulumi.Input[str]]]
    """Names of Kinesis data streams by a name of your own. Defaults to none."""
    pair: NotRequired[str]
    """The name of a `DRPair` that acts in this Region: its state is shown. Defaults to none."""
    healer: NotRequired[str]
    """The name of a `SelfHealing` in this Region: what it did is shown. Defaults to none."""


class ServiceLevelArgs(TypedDict):
    """What users are promised."""

    availability_percent: NotRequired[float]
    """The share of requests that do not fail (5XX), 95 to 99.99 %. Defaults to 99.9."""
    latency_ms: NotRequired[int]
    """Milliseconds within which `latency_percent` of the requests are answered, 50 to 29000. Defaults to 1000."""
    latency_percent: NotRequired[float]
    """The share of requests that are answered within `latency_ms`, 95 to 99.9 %. Defaults to 99: the 99th percentile is
    at most `latency_ms`."""
    window_days: NotRequired[int]
    """The days over which the promise holds, 7 to 90. Defaults to 30."""
    minimum_requests: NotRequired[int]
    """Requests in an alarm's window below which it stays quiet, 1 to 100000: of two requests, one that fails says
    little. Defaults to 20."""


class BudgetArgs(TypedDict):
    """What the account may cost in a month."""

    monthly_usd: float
    """The budget in US dollars, 1 to 10000000. Give it; it has no default."""
    emails: NotRequired[list[str]]
    """Up to 10 addresses that are told. Give these, `topic_arn` or both."""
    topic_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an SNS topic that is told; its policy has to let budgets.amazonaws.com publish. Give this, `emails` or
    both. https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html"""


class ObservabilityArgs(TypedDict):
    """What an `Observability` can be told."""

    regions: dict[str, WatchedRegionArgs]
    """What is watched, by Region; 1 to 4. Give it; it has no default."""
    service_level: NotRequired[ServiceLevelArgs]
    """What users are promised, in every Region alike. Defaults to 99.9 % without failure and 99 % within a second, over
    30 days."""
    budget: NotRequired[BudgetArgs]
    """What the account may cost. Defaults to no budget."""
    region: NotRequired[str]
    """The Region of the dashboard across Regions. Defaults to the first of `regions` by name."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags; dashboards take none. Defaults to none."""
