"""What API Gateway does with a request: the integrations of the document. Pure, but for outputs among the values.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from pulumi_aws_mobile.errors import Problems

from .operations import CALLER_HEADERS
from .routes import Route, is_greedy, split, variables

INTEGRATION = "x-amazon-apigateway-integration"
LONGEST_SECONDS = 29
"""The longest that API Gateway waits for an answer, unless AWS raised an account's quota.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html"""
OWN_TYPES = ("aws", "mock")
"""The integrations that a contribution may bring itself."""

_NOBODY = "'none'"
"""What stands in the callers' headers where no signature says who calls: a header that is not set could be forged."""
_FIXED_HEADERS = frozenset(
    {
        "authorization",
        "connection",
        "content-length",
        "expect",
        "host",
        "max-forwards",
        "proxy-authenticate",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
        "www-authenticate",
    }
)
"""The headers that API Gateway sets itself or renames."""
_HEADER = "integration.request.header."


@dataclass(frozen=True, slots=True)
class Way:
    """The private link to a load balancer, once it exists."""

    link_id: pulumi.Input[str]
    load_balancer_arn: pulumi.Input[str]


@dataclass(frozen=True, slots=True)
class CoreApi:
    """What answers the routes of the core API."""

    url: pulumi.Input[str]
    way: Way | None
    """`None` over the internet."""
    timeout_seconds: int


def core_integration(route: Route, core: CoreApi) -> dict[str, Any]:
    """Return the integration of a route: the request goes through the link, or over the internet, as it is.

    What the headers of the caller say comes from the signature alone, or is `none`: an origin on the internet could not
    tell who wrote them.
    """
    untold = route.public or core.way is None
    headers = {f"{_HEADER}{name}": _NOBODY if untold else source for name, source in CALLER_HEADERS.items()}
    path = {f"integration.request.path.{name}": f"method.request.path.{name}" for name in variables(route.path)}
    return {
        "type": "http_proxy",
        "httpMethod": route.method,
        **_connection(core.way),
        "uri": pulumi.Output.concat(core.url, _template(route.path)),
        "requestParameters": headers | path,
        "responses": {"default": {"statusCode": "200"}},
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": core.timeout_seconds * 1000,
        "tlsConfig": {"insecureSkipVerification": False},
    }


def _connection(way: Way | None) -> dict[str, Any]:
    if way is None:
        return {"connectionType": "INTERNET"}
    return {
        "connectionType": "VPC_LINK",
        "connectionId": way.link_id,
        "integrationTarget": way.load_balancer_arn,
    }


def function_integration(function_arn: pulumi.Input[str]) -> dict[str, Any]:
    """Return the integration of a route that a function answers: it gets the request and who makes it as an event."""
    return {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": pulumi.Output.from_input(function_arn).apply(invocation_uri),
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": LONGEST_SECONDS * 1000,
    }


def invocation_uri(function_arn: str) -> str:
    """Return the URI by which API Gateway invokes a function, in the function's own Region."""
    _, partition, _, region, *_ = function_arn.split(":")
    return f"arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{function_arn}/invocations"


def own_integration(given: Mapping[str, Any], role_arn: pulumi.Input[str] | None) -> dict[str, Any]:
    """Return an integration that a contribution brings; one with an AWS service acts as the contribution's role."""
    return {**given, "credentials": role_arn} if kind_of(given) == "aws" else dict(given)


def kind_of(given: Mapping[str, Any]) -> str:
    """Return the type of an integration in lower case, as AWS's documents have it."""
    return str(given.get("type", "")).lower()


def check_own(given: Any, where: str, problems: Problems, *, has_role: bool) -> None:  # noqa: ANN401 - whatever a document has there
    """Note what is wrong with an integration that a contribution brings."""
    if not isinstance(given, Mapping):
        problems.add(where, given, "the options of an integration", "write it as keys and values")
        return
    kind = kind_of(given)
    if kind not in OWN_TYPES:
        fix = "choose one of these, or leave it out for the target to answer"
        problems.add(f"{where}.type", given.get("type"), " | ".join(OWN_TYPES), fix)
    if kind == "aws" and not has_role:
        allowed = "an integration of the type aws beside statements, which its role needs"
        problems.add(f"{where}.type", given["type"], allowed, "say in statements what it may do")
    if "credentials" in given:
        fix = "remove it, and say in statements what it may do"
        problems.add(f"{where}.credentials", "a role", "nothing: the role is made of statements", fix)
    if isinstance(parameters := given.get("requestParameters"), Mapping):
        for name in parameters:
            header = str(name).removeprefix(_HEADER)
            if header != name and header.lower() in _FIXED_HEADERS:
                allowed = "headers that API Gateway neither sets itself nor renames"
                problems.add(f"{where}.requestParameters.{name}", header, allowed, "use another header")


def _template(path: str) -> str:
    """Return the path of the request to the load balancer; parameters stand in it without the sign of greed."""
    return "/" + "/".join(segment.replace("+}", "}") if is_greedy(segment) else segment for segment in split(path))
