"""Where the parameters of a backend's request, or of an answer, come from.

https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pulumi_aws_sandbox.runtime.gateway.incoming import Passage

_TARGET = re.compile(r"integration\.request\.(?P<place>header|path|querystring)\.(?P<name>[\w.$-]+)")
_SOURCE = re.compile(
    r"method\.request\.(?P<place>header|path|querystring|multivalueheader|multivaluequerystring)\.(?P<name>[\w.$-]+)"
)
_ANSWER = re.compile(r"integration\.response\.(?:header|multivalueheader)\.(?P<name>[\w.$-]+)")
_STATIC = re.compile(r"'(?P<text>.*)'", re.DOTALL)

Values = Callable[[Passage], list[str]]
"""Returns the values for one request: none where there is no source."""


class MappingError(ValueError):
    """A mapping expression that API Gateway does not take."""


@dataclass(frozen=True, slots=True)
class RequestMapping:
    """One parameter of a backend's request and where it comes from."""

    place: str
    """`header`, `path` or `querystring`."""
    name: str
    values: Values


def for_request(target: str, source: str, declared: set[tuple[str, str]]) -> RequestMapping:
    """Read one entry of `requestParameters`; `declared` are the parameters of the method."""
    found = _TARGET.fullmatch(target)
    if found is None:
        raise MappingError(_invalid(target))
    return RequestMapping(found["place"], found["name"], _request_values(source, declared))


def for_response(
    target: str, source: str, declared: set[str]
) -> tuple[str, Callable[[Passage, Mapping[str, str]], str | None]]:
    """Read one entry of an answer's `responseParameters`; `declared` are the headers of the method's answer."""
    name = target.removeprefix("method.response.header.")
    if name == target or name.lower() not in declared:
        raise MappingError(_invalid(target))
    if found := _ANSWER.fullmatch(source):
        key = found["name"].lower()
        return name, lambda _, answered: answered.get(key)
    values = _request_values(source, set(), of_request=False)
    return name, lambda passage, _: next(iter(values(passage)), None)


def for_gateway(target: str, source: str) -> tuple[str, Values]:
    """Read one entry of a gateway response's `responseParameters`."""
    name = target.removeprefix("gatewayresponse.header.")
    if name == target:
        raise MappingError(_invalid(target))
    found = _SOURCE.fullmatch(source)
    declared = {(_PLACES[found["place"]], found["name"].lower())} if found else set()
    return name, _request_values(source, declared)


_PLACES = {
    "header": "header",
    "multivalueheader": "header",
    "path": "path",
    "querystring": "query",
    "multivaluequerystring": "query",
}


def _request_values(source: str, declared: set[tuple[str, str]], *, of_request: bool = True) -> Values:
    if found := _STATIC.fullmatch(source):
        text = found["text"]
        return lambda _: [text]
    if source.startswith("context."):
        key = source.removeprefix("context.")
        return lambda passage: [passage.context[key]] if passage.context.get(key) else []
    if source.startswith("stageVariables."):
        variable = source.removeprefix("stageVariables.")
        return lambda passage: [passage.stage_variables[variable]] if variable in passage.stage_variables else []
    if source == "method.request.body" and of_request:
        return lambda passage: [passage.incoming.body.decode(errors="replace")]
    found = _SOURCE.fullmatch(source)
    if found is None or not of_request:
        raise MappingError(_invalid(source))
    place, name = found["place"], found["name"]
    kind = _PLACES[place]
    if (kind, name.lower() if kind == "header" else name) not in declared:
        raise MappingError(_invalid(source))
    return _READERS[place](name)


def _path(name: str) -> Values:
    return lambda passage: [passage.path_parameters[name]] if name in passage.path_parameters else []


def _header(name: str) -> Values:
    def values(passage: Passage) -> list[str]:
        found = passage.incoming.header(name)
        return [] if found is None else [found]

    return values


def _headers(name: str) -> Values:
    return lambda passage: [value for key, value in passage.incoming.headers if key.lower() == name.lower()]


def _query(name: str) -> Values:
    def values(passage: Passage) -> list[str]:
        found = passage.incoming.parameter(name)
        return [] if found is None else [found]

    return values


def _queries(name: str) -> Values:
    return lambda passage: [value for key, value in passage.incoming.parameters if key == name]


_READERS: dict[str, Callable[[str], Values]] = {
    "header": _header,
    "multivalueheader": _headers,
    "path": _path,
    "querystring": _query,
    "multivaluequerystring": _queries,
}


def _invalid(expression: str) -> str:
    return (
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
        f"[Invalid mapping expression parameter specified: {expression}]"
    )
