"""What the dashboards show. Pure: what is watched goes in, bodies of dashboards come out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pulumi

from .service_levels import ServiceLevel, budget_left, failed_percent, slow_percent, within
from .settings import Api, WatchedRegion, WebTier
from .widgets import Calculation, Line, Shown, Widget, alarms, body, graph, heading, number

HEALING = "AwsMobile/SelfHealing"
RECOVERY = "AwsMobile/Recovery"
API, BALANCER, BEANSTALK, RDS = "AWS/ApiGateway", "AWS/ApplicationELB", "AWS/ElasticBeanstalk", "AWS/RDS"


def of_region(watched: WatchedRegion, level: ServiceLevel, alarm_arns: Sequence[pulumi.Input[str]]) -> dict[str, Any]:
    """Return the dashboard of one Region."""
    return body(_of_region(watched, level, alarm_arns))


def across(
    regions: Mapping[str, WatchedRegion], level: ServiceLevel, home: str, alarm_arns: Sequence[pulumi.Input[str]]
) -> dict[str, Any]:
    """Return the dashboard that lays the Regions side by side; `home` is the Region that it stands in."""
    return body(_across(regions, level, home, alarm_arns))


def balancer_dimensions(web_tier: WebTier) -> dict[str, pulumi.Input[str]]:
    """Return what CloudWatch calls a load balancer."""
    name = pulumi.Output.from_input(web_tier.load_balancer_arn).apply(lambda arn: arn.partition(":loadbalancer/")[2])
    return {"LoadBalancer": name}


def api_dimensions(api: Api) -> dict[str, pulumi.Input[str]]:
    """Return what CloudWatch calls an API."""
    return {"ApiName": api.name, "Stage": api.stage}


def _of_region(
    watched: WatchedRegion, level: ServiceLevel, alarm_arns: Sequence[pulumi.Input[str]]
) -> Iterator[Widget]:
    region = watched.region
    if alarm_arns:
        yield alarms("Alarms", alarm_arns)
    if watched.api is not None:
        yield heading("What users notice")
        yield number("Error budgets left (%)", region, _budgets_left(watched.api, level), level.window_days)
        yield from _api(watched.api, level, region)
    if watched.web_tier is not None:
        yield heading("Servers")
        yield from _web_tier(watched.web_tier, region)
    if watched.databases:
        yield heading("Databases")
        yield from _databases(watched.databases, region)
    yield from _events(watched)
    if watched.pair is not None or watched.healer is not None:
        yield heading("Recovery")
        yield from _recovery(watched)


def _api(api: Api, level: ServiceLevel, region: str) -> Iterator[Widget]:
    dimensions = api_dimensions(api)
    yield graph("Traffic", region, [Line(API, "Count", dimensions, "Sum", "Requests")])
    errors = [Line(API, f"{each}Error", dimensions, "Average", each) for each in ("5XX", "4XX")]
    promised = (100 - level.availability_percent) / 100
    yield graph("Errors (share of requests)", region, errors, limits={"Promised": round(promised, 6)})
    times = [Line(API, "Latency", dimensions, each, each) for each in ("p50", "p95", "p99")]
    yield graph("Latency (ms)", region, times, limits={"Promised": level.latency_ms})


def _web_tier(web_tier: WebTier, region: str) -> Iterator[Widget]:
    balancer = balancer_dimensions(web_tier)
    environment = {"EnvironmentName": web_tier.environment_name}
    requests = [
        Line(BALANCER, "RequestCount", balancer, "Sum", "Requests"),
        Line(BALANCER, "HTTPCode_Target_5XX_Count", balancer, "Sum", "Application's failures"),
        Line(BALANCER, "HTTPCode_ELB_5XX_Count", balancer, "Sum", "Load balancer's failures"),
    ]
    yield graph("Requests", region, requests)
    times = [Line(BALANCER, "TargetResponseTime", balancer, each, each) for each in ("p50", "p99")]
    yield graph("Response time (s)", region, times)
    health = [Line(BEANSTALK, "EnvironmentHealth", environment, "Maximum", "0 Ok · 20 Degraded · 25 Severe")]
    yield graph("Health", region, health, limits={"Degraded": 20})


def _databases(databases: Mapping[str, pulumi.Input[str]], region: str) -> Iterator[Widget]:
    for title, metric, stat in (
        ("Processors (%)", "CPUUtilization", "Average"),
        ("Connections", "DatabaseConnections", "Maximum"),
        ("Free storage (bytes)", "FreeStorageSpace", "Minimum"),
        ("Replica lag (s)", "ReplicaLag", "Maximum"),
    ):
        yield graph(title, region, _each(databases, RDS, metric, "DBInstanceIdentifier", stat))


def _events(watched: WatchedRegion) -> Iterator[Widget]:
    """Yield what shows functions, queues and streams."""
    region = watched.region
    if watched.functions:
        yield heading("Functions")
        for metric, stat in (("Errors", "Sum"), ("Throttles", "Sum"), ("Duration", "p99")):
            yield graph(metric, region, _each(watched.functions, "AWS/Lambda", metric, "FunctionName", stat))
    if watched.queues:
        yield heading("Queues")
        for title, metric in (
            ("Oldest message (s)", "ApproximateAgeOfOldestMessage"),
            ("Messages that wait", "ApproximateNumberOfMessagesVisible"),
        ):
            yield graph(title, region, _each(watched.queues, "AWS/SQS", metric, "QueueName", "Maximum"))
    if watched.streams:
        yield heading("Streams")
        for title, metric, stat in (
            ("How far consumers are behind (ms)", "GetRecords.IteratorAgeMilliseconds", "Maximum"),
            ("Writes refused", "WriteProvisionedThroughputExceeded", "Sum"),
        ):
            yield graph(title, region, _each(watched.streams, "AWS/Kinesis", metric, "StreamName", stat))


def _recovery(watched: WatchedRegion) -> Iterator[Widget]:
    region = watched.region
    if watched.pair is not None:
        yield graph("Disaster recovery (1 is yes)", region, _pair(watched.pair))
    if watched.healer is not None:
        healer = {"Healer": watched.healer}
        done = [Line(HEALING, each, healer, "Sum", each) for each in ("Actions", "Failures", "Recovered", "Pages")]
        yield graph("Self-healing", region, done)
        open_ = [Line(HEALING, each, healer, "Maximum", each) for each in ("Incidents", "OpenBreakers")]
        yield graph("Incidents and open breakers", region, open_)


def _across(
    regions: Mapping[str, WatchedRegion], level: ServiceLevel, home: str, alarm_arns: Sequence[pulumi.Input[str]]
) -> Iterator[Widget]:
    if alarm_arns:
        yield alarms("Alarms of all Regions", alarm_arns)
    apis = {region: each.api for region, each in regions.items() if each.api is not None}
    if apis:
        yield heading("What users notice")
        for region, api in apis.items():
            yield number(f"Error budgets left in {region} (%)", region, _budgets_left(api, level), level.window_days)
        for title, metric, stat in (
            ("Traffic", "Count", "Sum"),
            ("Failures (share of requests)", "5XXError", "Average"),
            ("Latency, p99 (ms)", "Latency", "p99"),
        ):
            lines = [Line(API, metric, api_dimensions(api), stat, region, region) for region, api in apis.items()]
            yield graph(title, home, lines)
    lag = [
        Line(RDS, "ReplicaLag", {"DBInstanceIdentifier": identifier}, "Maximum", f"{region} {key}", region)
        for region, each in regions.items()
        for key, identifier in each.databases.items()
    ]
    if lag:
        yield heading("Databases")
        yield graph("Replica lag (s)", home, lag)
    pairs = [line for each in regions.values() if each.pair for line in _pair(each.pair, each.region)]
    healers = [
        Line(HEALING, metric, {"Healer": each.healer}, stat, f"{region} {metric}", region)
        for region, each in regions.items()
        if each.healer
        for metric, stat in (("Actions", "Sum"), ("Pages", "Sum"), ("OpenBreakers", "Maximum"))
    ]
    if pairs or healers:
        yield heading("Recovery")
    if pairs:
        yield graph("Disaster recovery (1 is yes)", home, pairs)
    if healers:
        yield graph("Self-healing", home, healers)


def _budgets_left(api: Api, level: ServiceLevel) -> list[Shown]:
    dimensions = api_dimensions(api)
    return [
        Line(API, "Count", dimensions, "Sum", id="requests", visible=False),
        Line(API, "5XXError", dimensions, "Sum", id="failures", visible=False),
        Line(API, "Latency", dimensions, within(level.latency_ms), id="within", visible=False),
        Calculation(budget_left(failed_percent(1), level.availability_percent), "Availability", "availability"),
        Calculation(budget_left(slow_percent(1), level.latency_percent), "Latency", "latency"),
    ]


def _pair(pair: str, region: str | None = None) -> list[Shown]:
    return [
        Line(RECOVERY, "PrimaryReachable", {"Pair": pair}, "Minimum", "The primary Region answers", region),
        Line(RECOVERY, "TrafficToRecovery", {"Pair": pair}, "Maximum", "Traffic goes to recovery", region),
    ]


def _each(
    named: Mapping[str, pulumi.Input[str]], namespace: str, metric: str, dimension: str, stat: str
) -> list[Shown]:
    return [Line(namespace, metric, {dimension: name}, stat, key) for key, name in named.items()]
