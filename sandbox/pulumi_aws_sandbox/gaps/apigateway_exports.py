"""What a stage of a REST API serves, given back as a document."""

import json
from typing import Any

from pulumi_aws_sandbox.gaps.apigateway_deployments import deployed_document
from pulumi_aws_sandbox.gaps.apigateway_refusals import require
from pulumi_aws_sandbox.gaps.patching import replace

_EXPORTS = {"oas30"}


def fill() -> None:
    """Give the deployed document back."""
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - moto loads only when deploying

    replace(APIGatewayResponse, "get_export", lambda _: _export)


def _export(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    parts = self.path.split("/")
    api, stage_name, kind = self.backend.get_rest_api(parts[2]), parts[4], parts[-1]
    require(kind in _EXPORTS, f"The sandbox exports {', '.join(sorted(_EXPORTS))} only: got '{kind}'")
    stage = self.backend.get_stage(api.id, stage_name)
    document = deployed_document(api, stage)
    wanted = {each.strip() for each in str(self._get_param("extensions") or "").split(",")}
    exported = document if {"apigateway", "integrations"} & wanted else _without_extensions(document)
    host = f"https://{api.id}.execute-api.{api.region_name}.amazonaws.com/{{basePath}}"
    servers = [{"url": host, "variables": {"basePath": {"default": stage_name}}}]
    body = {**exported, "servers": servers}
    headers = {
        "Content-Type": "application/json",
        "Content-Disposition": f'attachment; filename="{kind}_{api.version}.json"',
    }
    if "yaml" in str(self.headers.get("Accept", "")):
        import yaml  # noqa: PLC0415 - only for documents

        return 200, {**headers, "Content-Type": "application/yaml"}, yaml.safe_dump(body, sort_keys=False).encode()
    return 200, headers, json.dumps(body).encode()


def _without_extensions(node: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(node, dict):
        return {name: _without_extensions(value) for name, value in node.items() if not name.startswith("x-amazon-")}
    return [_without_extensions(each) for each in node] if isinstance(node, list) else node
