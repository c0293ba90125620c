"""Answers that an API keeps for a while are kept encrypted."""

from collections.abc import Iterator

from aws_mobile_guard import expect
from aws_mobile_guard.aws_types import REST_METHOD_SETTINGS
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN


def _check(settings: Resource, _: Options) -> Iterator[Answer]:
    caching, encrypted = settings.flag("settings.cachingEnabled"), settings.flag("settings.cacheDataEncrypted")
    if caching is UNKNOWN and encrypted is not True:
        yield Undecided("settings.cachingEnabled")
    elif caching is True:
        yield from expect.on(settings, "settings.cacheDataEncrypted", "set it, or turn caching off")


RULE = Rule(
    id="api-cache-encrypted",
    pack=Pack.SECURITY,
    description="A cache of an API is encrypted.",
    severity=Severity.MEDIUM,
    level=Level.MANDATORY,
    types=(REST_METHOD_SETTINGS,),
    frameworks=("FSBP APIGateway.5", "CKV_AWS_308", "AWS-0002"),
    remediation="Set settings.cacheDataEncrypted wherever settings.cachingEnabled is set.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-5",
    check=_check,
)
