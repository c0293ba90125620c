"""Nobody speaks to an API over a version of TLS that is broken."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import HTTP_DOMAIN_NAME, REST_API, REST_DOMAIN_NAME
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_POLICY = "securityPolicy"
_PATHS = {HTTP_DOMAIN_NAME: f"domainNameConfiguration.{_POLICY}"}
# API Gateway's enhanced policies; none of them speaks TLS 1.0 or 1.1.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
_ENHANCED = ("SecurityPolicy_TLS12_", "SecurityPolicy_TLS13_")
# https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-11
_RECOMMENDED = (
    "SecurityPolicy_TLS12_PFS_2025_EDGE",
    "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
    "SecurityPolicy_TLS13_2025_EDGE",
)


def _check(resource: Resource, options: Options) -> Iterator[Answer]:
    path = _PATHS.get(resource.type, _POLICY)
    policy = resource.text(path)
    if policy is UNKNOWN:
        yield Undecided(path)
    elif policy is None and resource.type == REST_API:
        return  # The API's own endpoint; api-default-endpoint asks to close it.
    elif resource.type == REST_DOMAIN_NAME and options.flag("onlyRecommended"):
        if policy not in _RECOMMENDED:
            yield Problem(path, policy, " or ".join(_RECOMMENDED), "set one of these, and endpointAccessMode with it")
    elif policy is None or (policy != "TLS_1_2" and not policy.startswith(_ENHANCED)):
        fix = "set it to TLS_1_2, or to a policy whose name begins with SecurityPolicy_TLS13_"
        yield Problem(path, policy, "TLS 1.2 or newer", fix)


RULE = Rule(
    id="api-tls",
    pack=Pack.SECURITY,
    description="An API's domain speaks TLS 1.2 or newer only.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(REST_DOMAIN_NAME, HTTP_DOMAIN_NAME, REST_API),
    frameworks=("FSBP APIGateway.11", "CKV_AWS_206", "AWS-0005"),
    remediation="Set securityPolicy of the domain name to TLS_1_2 or to one of the newer policies.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    options=(
        Option(
            "onlyRecommended",
            default=False,
            description="Whether a REST API's domain needs a policy of Security Hub's list (APIGateway.11).",
        ),
    ),
    check=_check,
)
