"""What a caller of `Api` may ask for."""

from enum import Enum
from typing import Any, NotRequired, TypedDict

import pulumi

from pulumi_aws_mobile.statements import StatementArgs


class ContributionTarget(str, Enum):
    """What answers the routes of a contribution."""

    CORE_API = "core_api"
    """The web tier, through a private link into its network, or an HTTPS origin on the internet."""
    FUNCTION = "function"
    """A Lambda function."""


class ExecutionLogs(str, Enum):
    """What API Gateway records of how it handles each request."""

    OFF = "off"
    """Nothing; the access log has one line for each request all the same."""
    ERROR = "error"
    """What went wrong."""
    INFO = "info"
    """Every step, without bodies and headers."""


class QuotaPeriod(str, Enum):
    """The time after which a quota starts anew."""

    DAY = "day"
    """A day, in UTC."""
    WEEK = "week"
    """A week, from Sunday, in UTC."""
    MONTH = "month"
    """A calendar month, in UTC."""


class ContributionArgs(TypedDict):
    """The routes of one feature: an OpenAPI 3.0 document, by `file` or as `document`, and what answers them.

    Beside OpenAPI's own words, an operation may have `x-aws-mobile-callers`, a list like `callers`, and
    `x-amazon-apigateway-integration` of the type aws or mock, which then answers in place of `target`.
    """

    file: NotRequired[str]
    """The path of the document, YAML or JSON, from where the program runs."""
    document: NotRequired[dict[str, Any]]
    """The document itself; the values in it, though not its keys, may be outputs of other resources."""
    target: NotRequired[ContributionTarget]
    """What answers: core_api, which needs the option `core_api` beside the contributions, or function, which needs
    `function_arn` and `function_name`. Defaults to none: every operation then has its own integration."""
    function_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the function that answers; with the target function only."""
    function_name: NotRequired[pulumi.Input[str]]
    """The name of the function that answers; with the target function only."""
    callers: NotRequired[list[str]]
    """Who may call: signed_in (everyone who is, in a group or not), guests, and groups by their keys; or anyone, alone,
    for routes that need no signature. Defaults to signed_in."""
    statements: NotRequired[list[StatementArgs]]
    """What the AWS integrations of this contribution may do; they get a role with these permissions. Defaults to none,
    which mock integrations need."""


class CoreApiArgs(TypedDict):
    """What answers the routes with the target core_api: a web tier behind a private link, or any HTTPS origin.

    An origin on the internet is reached by others too, so it gets no word of who calls but the exchange's token, which
    it verifies. https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
    """

    url: pulumi.Input[str]
    """Scheme and host that API Gateway uses, without a path. Behind a private link http, or https with a name that the
    load balancer's certificate covers; otherwise https, with a certificate that the public trusts."""
    load_balancer_arn: NotRequired[pulumi.Input[str]]
    """The ARN of the web tier's Application Load Balancer, which may be internal. Defaults to none: `url` is reached
    over the internet."""
    subnet_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The subnets of the private link, in at least two zones. Give it with `load_balancer_arn`."""
    security_group_ids: NotRequired[pulumi.Input[list[pulumi.Input[str]]]]
    """The security groups that the private link wears; the load balancer accepts traffic from them alone. Give it with
    `load_balancer_arn`."""
    timeout_seconds: NotRequired[int]
    """Seconds after which API Gateway gives up and answers 504, 1 to 29. Defaults to 29."""


class CorsArgs(TypedDict):
    """Which web pages may call the API; native apps need no leave."""

    origins: list[str]
    """The origins, https or a localhost, or `*` alone. With several, preflights and API Gateway's own refusals name
    `*`; the answers themselves come from the core API and from functions, whose headers decide."""
    headers: NotRequired[list[str]]
    """Request headers that pages may send besides those of signatures, user tokens and JSON. Defaults to none."""
    max_age_seconds: NotRequired[int]
    """Seconds for which browsers remember the answer to a preflight, 0 to 86400. Defaults to 7200."""


class ThrottleArgs(TypedDict):
    """How many requests are let through; those above get 429."""

    requests_per_second: NotRequired[float]
    """Requests per second over time, 1 to 100000. An account has 10000 in a Region unless AWS raised it. Defaults to
    1000. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html"""
    burst: NotRequired[int]
    """Requests at one moment, 1 to 50000. An account has 5000 in a Region unless AWS raised it. Defaults to 2000."""


class ApiClientArgs(TypedDict):
    """One client's usage plan; its key comes out as `api_keys`."""

    requests_per_second: NotRequired[float]
    """Requests per second over time, 1 to 100000. Defaults to no limit but the API's."""
    burst: NotRequired[int]
    """Requests at one moment, 1 to 50000; with `requests_per_second` only. Defaults to twice that."""
    quota_requests: NotRequired[int]
    """Requests in each `quota_period`, 1 to 2000000000. Defaults to no quota."""
    quota_period: NotRequired[QuotaPeriod]
    """The time after which the quota starts anew; with `quota_requests` only. Defaults to month."""


class ApiFirewallArgs(TypedDict):
    """An AWS WAF web ACL before the stage."""

    requests_per_five_minutes: NotRequired[int]
    """Requests that one IP address may make in five minutes, 10 to 2000000000. Defaults to 5000: many phones share the
    address of a mobile network."""
    managed_rules: NotRequired[bool]
    """Whether AWS's rules against known bad addresses and common attacks apply; bodies above 8 KiB, which those rules
    would block, are counted only. Defaults to true."""
    count_only: NotRequired[bool]
    """Whether matches are only counted, to watch the rules before they act. Defaults to false."""
    log_retention_days: NotRequired[int]
    """Days for which the record of requests is kept, one of the periods of CloudWatch Logs. Defaults to 400."""


class ApiDomainArgs(TypedDict):
    """A domain of one's own for the API."""

    name: str
    """The domain, for example api.example.com."""
    hosted_zone_id: pulumi.Input[str]
    """The id of the Route 53 hosted zone that has the domain: its records A and AAAA are made there, and those that
    prove it to ACM."""
    records: NotRequired[bool]
    """Whether the records A and AAAA are made. Defaults to true; with false somebody else leads the domain here, as a
    `DRPair` does with two Regions, by the outputs `domain_target_name` and `domain_target_zone_id`."""
    certificate_arn: NotRequired[pulumi.Input[str]]
    """The ARN of an ACM certificate for the domain, in the API's Region. Defaults to a new one."""
    only: NotRequired[bool]
    """Whether the API answers at this domain only, and no longer at execute-api. Defaults to false."""


class ApiAlarmArgs(TypedDict):
    """Who is told when the API fails or is slow."""

    topic_arn: pulumi.Input[str]
    """The ARN of an SNS topic in the API's Region."""
    server_errors_percent: NotRequired[float]
    """The share of answers with a status of 500 or above, within five minutes, from which the alarm goes off; 0.01 to
    100. Defaults to 1."""
    latency_milliseconds: NotRequired[int]
    """How long the slowest hundredth of requests may take for a quarter of an hour, 1 to 29000. Defaults to 3000."""


class ApiArgs(TypedDict):
    """What an `Api` can be told."""

    contributions: dict[str, ContributionArgs]
    """The routes, by the key of the feature that has them: 1 to 40 letters, digits, hyphens and underscores. Give one
    or more; there is no default."""
    core_api: NotRequired[CoreApiArgs]
    """The web tier behind the routes with the target core_api. Defaults to none."""
    groups: NotRequired[list[str]]
    """The keys of the groups that may be named as callers. Defaults to any: `grant` then finds those that do not
    exist."""
    stage_name: NotRequired[str]
    """The stage, which is the first part of every path but for a domain's: 1 to 128 letters, digits, hyphens and
    underscores. Defaults to live."""
    cors: NotRequired[CorsArgs]
    """Which web pages may call. Defaults to none."""
    throttle: NotRequired[ThrottleArgs]
    """How many requests are let through. Defaults to 1000 per second and 2000 at one moment."""
    clients: NotRequired[dict[str, ApiClientArgs]]
    """A usage plan and an API key for each client, by key: 1 to 40 letters, digits and hyphens. Keys meter, and
    authorise nobody. Defaults to none."""
    require_client_keys: NotRequired[bool]
    """Whether every signed route wants one of the clients' keys as well, in the header x-api-key. Defaults to false."""
    firewall: NotRequired[ApiFirewallArgs]
    """An AWS WAF web ACL before the stage (billed). Defaults to none."""
    binary_media_types: NotRequired[list[str]]
    """Media types whose bodies are passed on byte by byte, for example image/jpeg. Defaults to none: bodies are
    text."""
    log_retention_days: NotRequired[int]
    """Days for which the access log is kept, one of the periods of CloudWatch Logs. Defaults to 400."""
    execution_logs: NotRequired[ExecutionLogs]
    """What is recorded of how requests are handled; never their bodies. Defaults to off."""
    account_log_role: NotRequired[bool]
    """Whether the role by which API Gateway writes logs is made and set for the account and Region; both stay when the
    API goes, since every other API there uses them. Defaults to true; with false the account has one already.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"""
    tracing: NotRequired[bool]
    """Whether requests are traced with X-Ray. Defaults to true."""
    domain: NotRequired[ApiDomainArgs]
    """A domain of one's own. Defaults to none: AWS's own name."""
    alarms: NotRequired[ApiAlarmArgs]
    """Who is told when the API fails or is slow. Defaults to nobody."""
    region: NotRequired[str]
    """The Region of the API. Defaults to the provider's."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags for everything that takes tags. Defaults to none."""
