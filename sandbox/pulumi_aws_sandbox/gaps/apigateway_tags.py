"""Tags of every kind of API Gateway resource; moto has them for stages only."""

import json
from typing import Any
from urllib.parse import unquote

from pulumi_aws_sandbox.gaps.apigateway_refusals import NOT_FOUND, refuse
from pulumi_aws_sandbox.gaps.patching import replace

_STAGE_PARTS = 4
_PATH = "{0}/tags/arn:(?P<partition>[^/]+):apigateway:(?P<region_name>[^/]+)::/(?P<kind>[^/]+)/(?P<own_id>[^/]+)$"
"""How a server sees the ARN of anything but a stage; moto knows only that."""


def fill() -> None:
    """Answer calls about tags."""
    from moto.apigateway import urls  # noqa: PLC0415 - moto loads only when deploying
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - as above

    urls.url_paths[_PATH] = APIGatewayResponse.dispatch
    replace(APIGatewayResponse, "get_tags", lambda _: _get)
    replace(APIGatewayResponse, "tag_resource", lambda _: _tag)
    replace(APIGatewayResponse, "untag_resource", lambda _: _untag)


def _get(self: Any) -> str:  # noqa: ANN401 - moto's own types
    return json.dumps({"tags": _owner(self).tags or {}})


def _tag(self: Any) -> tuple[int, dict[str, str], str]:  # noqa: ANN401 - moto's own types
    owner = _owner(self)
    owner.tags = {**(owner.tags or {}), **(self._get_param("tags") or {})}
    return 204, {}, ""


def _untag(self: Any) -> tuple[int, dict[str, str], str]:  # noqa: ANN401 - moto's own types
    owner, gone = _owner(self), self.querystring.get("tagKeys") or []
    owner.tags = {name: value for name, value in (owner.tags or {}).items() if name not in gone}
    return 204, {}, ""


def _owner(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    """Return the resource of an ARN such as `arn:aws:apigateway:eu-west-1::/restapis/ID/stages/NAME`."""
    arn = unquote(self.path.split("/tags/", 1)[1])
    parts = arn.split("::/", 1)[-1].split("/")
    backend: Any = self.backend
    if parts[0] == "restapis" and len(parts) == _STAGE_PARTS:
        return backend.get_stage(parts[1], parts[3])
    known = {
        "apikeys": backend.get_api_key,
        "domainnames": backend.get_domain_name,
        "restapis": backend.get_rest_api,
        "usageplans": backend.get_usage_plan,
    }
    if parts[0] not in known:
        refuse(f"Invalid resource ARN: {arn}", NOT_FOUND)
    return known[parts[0]](parts[1])
