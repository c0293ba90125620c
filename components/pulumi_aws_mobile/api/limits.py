"""What each option of an API may hold by itself."""

from pulumi_aws_mobile.limits import REGION, TOPIC_ARN, Between, Limits, Matching, OneOf
from pulumi_aws_mobile.network.settings import RETENTION_DAYS
from pulumi_aws_mobile.statements import LIMITS as STATEMENT_LIMITS

from .args import (
    ApiAlarmArgs,
    ApiArgs,
    ApiClientArgs,
    ApiDomainArgs,
    ApiFirewallArgs,
    ContributionArgs,
    CoreApiArgs,
    CorsArgs,
    ThrottleArgs,
)
from .integrations import LONGEST_SECONDS

_RETENTION = OneOf(RETENTION_DAYS)
_RATE = Between(1, 100_000, "requests per second")
_BURST = Between(1, 50_000, "requests")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"

LIMITS: Limits = {
    **STATEMENT_LIMITS,
    ApiArgs: {
        "groups": Matching(r"[A-Za-z0-9_-]{1,40}", "a group: 1 to 40 letters, digits, hyphens and underscores"),
        "stage_name": Matching(r"[A-Za-z0-9_-]{1,128}", "1 to 128 letters, digits, hyphens and underscores"),
        "binary_media_types": Matching(
            r"[a-z0-9*][a-z0-9.+*-]*/[a-z0-9*][a-z0-9.+*-]*", "a media type, for example image/jpeg"
        ),
        "log_retention_days": _RETENTION,
        "region": REGION,
    },
    ContributionArgs: {
        "function_arn": Matching(
            r"arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?",
            "the ARN of a Lambda function",
        ),
        "function_name": Matching(r"[A-Za-z0-9_-]{1,64}", "the name of a Lambda function"),
    },
    CoreApiArgs: {
        "load_balancer_arn": Matching(
            r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/\S+",
            "the ARN of an Application Load Balancer",
        ),
        "url": Matching(
            r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", "http:// or https:// and a host, without a slash at the end"
        ),
        "subnet_ids": Matching(r"subnet-[0-9a-f]+", "the id of a subnet"),
        "security_group_ids": Matching(r"sg-[0-9a-f]+", "the id of a security group"),
        "timeout_seconds": Between(1, LONGEST_SECONDS, "seconds"),
    },
    CorsArgs: {
        "origins": Matching(
            rf"\*|https://{_LABEL}(\.{_LABEL})*(:\d{{1,5}})?|http://(localhost|127\.0\.0\.1)(:\d{{1,5}})?",
            "an https origin, for example https://app.example.org, a localhost, or *",
        ),
        "headers": Matching(r"[A-Za-z0-9-]{1,128}", "the name of a header"),
        "max_age_seconds": Between(0, 86_400, "seconds"),
    },
    ThrottleArgs: {"requests_per_second": _RATE, "burst": _BURST},
    ApiClientArgs: {
        "requests_per_second": _RATE,
        "burst": _BURST,
        "quota_requests": Between(1, 2_000_000_000, "requests"),
    },
    ApiFirewallArgs: {
        "requests_per_five_minutes": Between(10, 2_000_000_000, "requests"),
        "log_retention_days": _RETENTION,
    },
    ApiDomainArgs: {
        "name": Matching(
            rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})+", "a domain in lower case, for example api.example.com"
        ),
        "hosted_zone_id": Matching(r"[A-Z0-9]{1,32}", "the id of a hosted zone, for example Z0123456789ABCDEFGHIJ"),
        "certificate_arn": Matching(
            r"arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/\S+", "the ARN of an ACM certificate"
        ),
    },
    ApiAlarmArgs: {
        "topic_arn": TOPIC_ARN,
        "server_errors_percent": Between(0.01, 100, "percent"),
        "latency_milliseconds": Between(1, LONGEST_SECONDS * 1000, "milliseconds"),
    },
}
