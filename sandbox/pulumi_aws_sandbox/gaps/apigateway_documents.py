"""REST APIs that keep the whole document they were imported from.

A document is read when it is imported: what API Gateway refuses is refused, and with it what the sandbox cannot serve.
"""

import copy
import json
from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps.apigateway_apis import check_compression, check_policy
from pulumi_aws_sandbox.gaps.apigateway_refusals import refuse, require
from pulumi_aws_sandbox.gaps.patching import replace

_MODES = {"merge", "overwrite"}
_EXTENSIONS = "x-amazon-apigateway-"
_PARTS = ("callbacks", "examples", "headers", "links", "parameters", "requestBodies", "responses", "schemas")
_PARTS += ("securitySchemes",)

Document = dict[str, Any]


def fill() -> None:
    """Keep documents of REST APIs."""
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - moto loads only when deploying

    replace(APIGatewayResponse, "import_rest_api", lambda _: _import)
    replace(APIGatewayResponse, "put_rest_api", lambda _: _put)


def document_of(api: Any) -> Document | None:  # noqa: ANN401 - moto's own types
    """Return the document that an API was imported from, or `None`."""
    return vars(api).get("sandbox_document")


def _import(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    document = _parsed(self.body)
    title = str((document.get("info") or {}).get("title") or "")
    require(title, "Unable to create API: the document's info has no title")
    api = self.backend.create_rest_api(title, None, endpoint_configuration=_endpoints(self))
    try:
        _take(self, api, document)
    except Exception:
        self.backend.apis.pop(api.id)
        raise
    return 201, {}, json.dumps(api.to_dict())


def _put(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    api = self.backend.get_rest_api(self.path.split("/")[2])
    mode = self._get_param("mode", "merge")
    require(mode in _MODES, f"Enumeration value for PutMode must be one of {sorted(_MODES)}: {mode}")
    document = _parsed(self.body)
    before = document_of(api)
    if mode == "merge" and before is not None:
        document = _merged(before, document)
    _take(self, api, document, keeps_policy=mode == "merge")
    return 200, {}, json.dumps(api.to_dict())


def _parsed(body: str | bytes) -> Document:
    import yaml  # noqa: PLC0415 - only for documents

    text = body.decode() if isinstance(body, bytes) else body
    try:
        document = json.loads(text)
    except ValueError:
        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError:
            refuse("Invalid OpenAPI input.")
    if not isinstance(document, dict):
        refuse("Invalid OpenAPI input.")
    return document


def _merged(before: Document, after: Document) -> Document:
    """Return a document with the parts of another put over it, path by path and component by component."""
    merged = {**copy.deepcopy(before), **{name: value for name, value in after.items() if name != "components"}}
    merged["paths"] = {**before.get("paths", {}), **(after.get("paths") or {})}
    components, added = before.get("components") or {}, after.get("components") or {}
    merged["components"] = {
        part: {**(components.get(part) or {}), **(added.get(part) or {})}
        for part in _PARTS
        if part in components or part in added
    }
    return merged


def _take(self: Any, api: Any, document: Document, *, keeps_policy: bool = False) -> None:  # noqa: ANN401 - moto's own types
    """Make a document the API's own, with what it says of the API itself."""
    from pulumi_aws_sandbox.runtime.gateway import document_reader  # noqa: PLC0415 - only for documents

    if self._get_bool_param("failonwarnings"):
        _check_strictly(document)
    try:
        definition = document_reader.read(document, place_of(api.region_name))
    except document_reader.DocumentRefusedError as refused:
        refuse(str(refused))
    policy = document.get(f"{_EXTENSIONS}policy")
    if policy:
        check_policy(policy)
    info = document.get("info") or {}
    api.sandbox_document = document
    api.name = str(info.get("title") or api.name)
    api.description = info.get("description")
    api.version = str(info["version"]) if "version" in info else api.version
    api.binaryMediaTypes = list(definition.binary_media_types)
    if policy or not keeps_policy:
        api.policy = json.dumps(policy) if policy else None
    api.api_key_source = document.get(f"{_EXTENSIONS}api-key-source") or api.api_key_source
    compression = document.get(f"{_EXTENSIONS}minimum-compression-size")
    check_compression(compression)
    api.minimum_compression_size = compression
    endpoint: Mapping[str, Any] = document.get(f"{_EXTENSIONS}endpoint-configuration") or {}
    if "disableExecuteApiEndpoint" in endpoint:
        api.disableExecuteApiEndpoint = bool(endpoint["disableExecuteApiEndpoint"])
    _show_resources(api, document)


def place_of(region: str) -> Any:  # noqa: ANN401 - a type that loads with the gateway
    """Return what the documents of a Region may refer to."""
    from moto.apigatewayv2.models import apigatewayv2_backends  # noqa: PLC0415 - moto loads only when deploying
    from moto.elbv2.models import elbv2_backends  # noqa: PLC0415 - as above

    from pulumi_aws_sandbox.runtime.gateway.integration_reader import Place  # noqa: PLC0415 - only for documents

    return Place(
        frozenset(elbv2_backends[ACCOUNT][region].load_balancers),
        frozenset(apigatewayv2_backends[ACCOUNT][region].vpc_links),
    )


def _show_resources(api: Any, document: Document) -> None:  # noqa: ANN401 - moto's own types
    """Let the resources and methods of a document be listed; the root keeps its id."""
    from pulumi_aws_sandbox.runtime.gateway import routes  # noqa: PLC0415 - only for documents
    from pulumi_aws_sandbox.runtime.gateway.document_reader import ANY_METHOD  # noqa: PLC0415 - as above

    root = api.default
    root.resource_methods = {}
    api.resources = {root.id: root}
    by_path = {"/": root}
    for path in routes.parents(document["paths"]):
        parent, _, part = path.rpartition("/")
        by_path[path] = api.add_child(part, by_path[parent or "/"].id)
    for path, item in document["paths"].items():
        resource = by_path["/" + path.strip("/")]
        for key, given in (item or {}).items():
            method = "ANY" if key == ANY_METHOD else key.upper()
            if method in {"ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}:
                auth = (given.get(f"{_EXTENSIONS}auth") or {}).get("type", "NONE")
                resource.add_method(method, auth, api_key_required=False)
                _show_integration(resource, method, given.get(f"{_EXTENSIONS}integration"))


def _show_integration(resource: Any, method: str, given: Mapping[str, Any] | None) -> None:  # noqa: ANN401 - moto's own types
    from moto.apigateway.models import Integration  # noqa: PLC0415 - moto loads only when deploying

    if given is None:
        return
    resource.get_method(method).method_integration = Integration(
        integration_type=str(given.get("type", "")).upper(),
        uri=given.get("uri", ""),
        http_method=given.get("httpMethod", ""),
        request_templates=given.get("requestTemplates"),
        passthrough_behavior=given.get("passthroughBehavior", "WHEN_NO_MATCH"),
        timeout_in_millis=given.get("timeoutInMillis"),
        request_parameters=given.get("requestParameters"),
        connection_type=given.get("connectionType"),
    )


def _check_strictly(document: Document) -> None:
    """Refuse what is not valid OpenAPI, where the caller has asked to fail on warnings."""
    from openapi_spec_validator import validate  # noqa: PLC0415 - slow to load
    from openapi_spec_validator.validation.exceptions import OpenAPIValidationError  # noqa: PLC0415 - as above

    try:
        validate(document)
    except OpenAPIValidationError as error:
        refuse(f"Failed to parse the uploaded OpenAPI document due to: {error.message}")


def _endpoints(self: Any) -> dict[str, Any] | None:  # noqa: ANN401 - moto's own types
    types = self._get_param("endpointConfigurationTypes")
    return {"types": [types]} if types else None
