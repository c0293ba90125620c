"""An API as it is served: what a document says, read once when it is imported and once for each deployment."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_aws_sandbox.runtime.gateway.incoming import Passage
from pulumi_aws_sandbox.runtime.gateway.mappings import RequestMapping, Values
from pulumi_aws_sandbox.runtime.gateway.routes import Routes
from pulumi_aws_sandbox.runtime.gateway.templates import Template

AnswerHeader = tuple[str, Callable[[Passage, Mapping[str, str]], str | None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that an integration of type MOCK may give."""

    pattern: re.Pattern[str] | None
    """Which statuses of the integration it is for; `None` for the one that is used where no other fits."""
    status: int
    headers: tuple[AnswerHeader, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """What answers a method."""

    kind: str
    """`AWS_PROXY`, `HTTP_PROXY` or `MOCK`."""
    method: str | None = None
    """The method of the backend's request; `None` for the client's own."""
    uri: str = ""
    target: str | None = None
    """The load balancer of a private integration."""
    function_arn: str = ""
    timeout_seconds: float = 29.0
    passthrough: str = "WHEN_NO_MATCH"
    mappings: tuple[RequestMapping, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """The schema of a body of one media type."""

    media_type: str
    accepts: Callable[[bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of a resource."""

    method: str
    """The method, or `ANY`."""
    resource_path: str
    resource_id: str
    iam: bool
    api_key_required: bool
    required: tuple[tuple[str, str], ...]
    """Parameters that must be there, as place and name; none where they are not validated."""
    models: tuple[Model, ...]
    """Schemas of bodies; none where they are not validated."""
    integration: Integration
    name: str | None = None


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """What a document says of one type of answer that the gateway gives by itself."""

    status: int | None
    headers: tuple[tuple[str, Values], ...]
    templates: Mapping[str, Template]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """An API that can be served."""

    routes: Routes[Operation]
    responses: Mapping[str, GatewayResponse]
    binary_media_types: tuple[str, ...]
    policy: Mapping[str, Any] | None
    execute_api_endpoint: bool = True

    def is_binary(self, media_type: str) -> bool:
        """Tell whether a media type is passed on byte by byte."""
        bare = media_type.split(";", 1)[0].strip().lower()
        return any(_fits(pattern.lower(), bare) for pattern in self.binary_media_types)


def _fits(pattern: str, media_type: str) -> bool:
    if pattern == "*/*":
        return True
    if pattern.endswith("/*"):
        return media_type.startswith(pattern[:-1])
    return pattern == media_type
