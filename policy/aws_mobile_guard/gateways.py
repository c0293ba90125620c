"""What rules about the stages of APIs have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws_mobile_guard.aws_types import HTTP_API, HTTP_STAGE, REST_API, REST_METHOD_SETTINGS, REST_STAGE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Problem, Undecided
from aws_mobile_guard.stack import Stack
from aws_mobile_guard.view import UNKNOWN, Node, Unknown

EVERY_METHOD = "*/*"


@dataclass(frozen=True, slots=True)
class Overall:
    """The settings that hold for every method of a stage."""

    resources: Sequence[Resource]
    unsure: bool
    """Whether settings whose stage cannot be told yet may be among them too."""


def overall_settings(stack: Stack, stage: Resource) -> Overall:
    """Return the settings for every method of a stage."""
    found, unsure = [], False
    for settings in stack.of((REST_METHOD_SETTINGS,)):
        path = settings.text("methodPath")
        belongs = _belongs(stack, settings, stage)
        if path is UNKNOWN or belongs is UNKNOWN:
            unsure = unsure or (belongs is not False and path in {UNKNOWN, EVERY_METHOD})
        elif belongs and path == EVERY_METHOD:
            found.append(settings)
    return Overall(found, unsure)


def demand_overall_settings(stack: Stack, fix: str) -> Iterator[Answer]:
    """Demand that each stage of a REST API has settings for every method; without, the account's limits hold."""
    for stage in stack.of((REST_STAGE,)):
        overall = overall_settings(stack, stage)
        if not overall.resources:
            if overall.unsure:
                yield Undecided("MethodSettings", stage)
            else:
                yield Problem("MethodSettings", None, f'one with methodPath "{EVERY_METHOD}"', fix, stage)


def web_socket_stages(stack: Stack) -> Iterator[Resource]:
    """Go through the stages of WebSocket APIs."""
    for stage in stack.of((HTTP_STAGE,)):
        apis = stack.links(stage, "apiId", (HTTP_API,)).resources
        if any(api.text("protocolType") == "WEBSOCKET" for api in apis):
            yield stage


def is_limited(node: Node, path: str) -> Iterator[Answer]:
    """Demand that requests are limited by rate and by burst in the settings at `path`."""
    for name in ("throttlingRateLimit", "throttlingBurstLimit"):
        where = f"{path}.{name}"
        limit = node.number(where)
        if limit is UNKNOWN:
            yield Undecided(node.path(where))
        elif limit is None or limit <= 0:
            fix = "set it; without it one caller can use up what the whole account may ask"
            yield Problem(node.path(where), limit, "a number above 0", fix)


def _belongs(stack: Stack, settings: Resource, stage: Resource) -> bool | Unknown:
    """Tell whether method settings are those of a stage."""
    named = stack.links(settings, "stageName", (REST_STAGE,)).resources
    if named:
        return any(one.urn == stage.urn for one in named)
    apis = [{one.urn for one in stack.links(each, "restApi", (REST_API,)).resources} for each in (settings, stage)]
    if all(apis):
        same_api: bool | Unknown = bool(apis[0] & apis[1])
    else:
        same_api = _same(settings.text("restApi"), stage.text("restApi"))
    same_name = _same(settings.text("stageName"), stage.text("stageName"))
    if same_api is False or same_name is False:
        return False
    return UNKNOWN if same_api is UNKNOWN or same_name is UNKNOWN else True


def _same(one: str | Unknown | None, other: str | Unknown | None) -> bool | Unknown:
    return UNKNOWN if one is UNKNOWN or other is UNKNOWN else one == other
