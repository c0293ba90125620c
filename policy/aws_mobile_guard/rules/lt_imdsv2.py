"""A request that a server is tricked into does not fetch the server's credentials."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import LAUNCH_TEMPLATE, SERVERS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Option, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_ENDPOINT = "metadataOptions.httpEndpoint"
_HOPS = "metadataOptions.httpPutResponseHopLimit"


def _check(holder: Resource, options: Options) -> Iterator[Answer]:
    if holder.text(_ENDPOINT) == "disabled":
        return
    if holder.has("launchTemplate") and not holder.has("metadataOptions"):
        return  # a server takes what its template says, and that is asked itself
    fix = "set it; without it a server may answer requests that carry no token"
    yield from expect.one_of(holder, "metadataOptions.httpTokens", ("required",), fix)
    hops, most = holder.number(_HOPS), options.number("maximumHops")
    if hops is UNKNOWN:
        yield Undecided(_HOPS)
    elif hops is not None and hops > most:
        yield Problem(_HOPS, hops, f"{most:g} or fewer", "lower it; containers that need the credentials need 2")


RULE = Rule(
    id="lt-imdsv2",
    pack=Pack.SECURITY,
    description="A server, or those of a launch template, ask for a token before they give their credentials.",
    severity=Severity.HIGH,
    level=Level.MANDATORY,
    types=(LAUNCH_TEMPLATE, *SERVERS),
    frameworks=("FSBP EC2.8", "FSBP EC2.170", "CKV_AWS_79", "CKV_AWS_341", "AWS-0130"),
    remediation="Set metadataOptions with httpTokens required, and httpEndpoint enabled.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-170",
    options=(Option("maximumHops", 1, "The most hops that an answer with a token may take."),),
    check=_check,
)
