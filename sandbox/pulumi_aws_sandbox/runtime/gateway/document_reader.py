"""Reads an OpenAPI 3.0 document with API Gateway's extensions into what is served; says all that is wrong at once.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from pulumi_aws_sandbox.runtime.gateway import integration_reader, routes, schemas
from pulumi_aws_sandbox.runtime.gateway.definition import Definition, GatewayResponse, Integration, Model, Operation
from pulumi_aws_sandbox.runtime.gateway.integration_reader import Declared, IntegrationError, Place
from pulumi_aws_sandbox.runtime.gateway.mappings import MappingError, for_gateway
from pulumi_aws_sandbox.runtime.gateway.refusals import TYPES
from pulumi_aws_sandbox.runtime.gateway.routes import Routes, SiblingError

Document = Mapping[str, Any]
PREFIX = "x-amazon-apigateway-"
ANY_METHOD = f"{PREFIX}any-method"
_METHODS = {"delete", "get", "head", "options", "patch", "post", "put"}
_PLACES = {"path", "query", "header"}
_API_KEY_HEADER = "x-api-key"


class DocumentRefusedError(ValueError):
    """A document that API Gateway does not import, with every reason."""

    def __init__(self, reasons: list[str]) -> None:
        """Refuse for these reasons."""
        self.reasons = reasons
        super().__init__("\n\t".join(["Errors found during import:", *reasons]))


def read(document: Document, place: Place) -> Definition:
    """Return an API; raise `DocumentRefusedError` for a document that is refused."""
    return _Reader(document, place).definition()


def check_version(document: object) -> None:
    """Refuse what is no OpenAPI 3.0 document."""
    if not isinstance(document, Mapping) or not ({"openapi", "swagger"} & document.keys()):
        raise DocumentRefusedError(["Invalid OpenAPI input."])
    version = str(document.get("openapi", ""))
    if not version.startswith("3.0"):
        named = f"OpenAPI {version}" if version else f"Swagger {document.get('swagger')}"
        raise DocumentRefusedError([f"The sandbox imports OpenAPI 3.0.x only: got {named}"])
    if not isinstance(document.get("paths"), Mapping):
        raise DocumentRefusedError(["Invalid OpenAPI input: the document has no paths"])


def resource_id(path: str) -> str:
    """Return the id of a resource: always the same for a path."""
    return hashlib.sha256(path.encode()).hexdigest()[:6]


class _Reader:
    """Reads one document."""

    def __init__(self, document: Document, place: Place) -> None:
        self._document = document
        self._place = place
        self._components: Mapping[str, Any] = document.get("components") or {}
        self._reasons: list[str] = []
        self._routes: Routes[Operation] = Routes()

    def definition(self) -> Definition:
        """Return the API; raise `DocumentRefusedError` with every reason against it."""
        check_version(self._document)
        paths: Mapping[str, Any] = self._document["paths"]
        for path in routes.parents(paths):
            try:
                self._routes.add_resource(path)
            except SiblingError as error:
                self._reasons.append(f"Unable to create resource at path '{path}': {error}")
        for path, item in paths.items():
            self._read_path(path, item or {})
        responses = self._responses()
        if self._reasons:
            raise DocumentRefusedError(self._reasons)
        endpoint = self._document.get(f"{PREFIX}endpoint-configuration") or {}
        return Definition(
            routes=self._routes,
            responses=responses,
            binary_media_types=tuple(self._document.get(f"{PREFIX}binary-media-types") or ()),
            policy=self._document.get(f"{PREFIX}policy"),
            execute_api_endpoint=not endpoint.get("disableExecuteApiEndpoint", False),
        )

    def _read_path(self, path: str, item: Mapping[str, Any]) -> None:
        shared = item.get("parameters") or []
        for key, given in item.items():
            method = "ANY" if key == ANY_METHOD else key.upper()
            if key not in _METHODS and key != ANY_METHOD:
                continue
            where = f"on resource at path '{path}'"
            try:
                operation = self._operation(path, method, given, shared)
            except (schemas.DanglingError, ValueError) as error:
                put = (
                    f"Unable to put integration on '{method}' for resource at path '{path}'"
                    if isinstance(error, IntegrationError)
                    else f"Unable to put method '{method}' {where}"
                )
                self._reasons.append(f"{put}: {error}")
            else:
                if operation is not None:
                    self._add(path, method, operation)

    def _add(self, path: str, method: str, operation: Operation) -> None:
        try:
            self._routes.add(path, method, operation)
        except SiblingError:
            return  # its resource was refused for the same reason

    def _operation(self, path: str, method: str, given: Mapping[str, Any], shared: list[Any]) -> Operation | None:
        parameters = self._parameters(path, [*shared, *(given.get("parameters") or [])])
        iam, needs_key = self._security(given)
        checks_body, checks_parameters = self._validator(given)
        body = self._resolved(given.get("requestBody") or {})
        models = tuple(
            Model(media_type.lower(), schemas.compiled(content["schema"], self._components))
            for media_type, content in (body.get("content") or {}).items()
            if content.get("schema")
        )
        declared = Declared(
            {(kind, name.lower() if kind == "header" else name) for kind, name in parameters},
            {
                str(status): {name.lower() for name in self._resolved(answer).get("headers") or {}}
                for status, answer in (given.get("responses") or {}).items()
            },
        )
        return Operation(
            method=method,
            resource_path=path,
            resource_id=resource_id(path),
            iam=iam,
            api_key_required=needs_key,
            required=tuple(key for key, needed in parameters.items() if needed) if checks_parameters else (),
            models=models if checks_body else (),
            integration=self._integration(given, declared),
            name=given.get("operationId"),
        )

    def _integration(self, given: Mapping[str, Any], declared: Declared) -> Integration:
        stated = given.get(integration_reader.EXTENSION)
        if stated is None:
            # API Gateway imports such a method, and refuses to deploy it.
            return Integration(kind="")
        return integration_reader.read(stated, declared, self._place)

    def _parameters(self, path: str, given: list[Any]) -> dict[tuple[str, str], bool]:
        """Return the declared parameters and whether they must be there."""
        found = {("path", name): True for name in routes.variables(path)}
        for each in given:
            parameter = self._resolved(each)
            kind, name = str(parameter.get("in")), str(parameter.get("name"))
            if kind in _PLACES:
                found[kind, name] = bool(parameter.get("required", False))
        return found

    def _security(self, given: Mapping[str, Any]) -> tuple[bool, bool]:
        """Return whether a method wants a signature of IAM, and whether it wants an API key."""
        stated = given.get(f"{PREFIX}auth") or {}
        kind = str(stated.get("type", "")).upper()
        if kind not in {"", "AWS_IAM", "NONE"}:
            message = f"Invalid authorization type specified: {kind}"
            raise ValueError(message)
        iam, needs_key = kind == "AWS_IAM", False
        wanted = given.get("security", self._document.get("security")) or []
        schemes: Mapping[str, Any] = self._components.get("securitySchemes") or {}
        for name in dict.fromkeys(each for requirement in wanted for each in requirement):
            if name not in schemes:
                message = f"Invalid security scheme specified: {name}"
                raise ValueError(message)
            scheme = self._resolved(schemes[name])
            if scheme.get(f"{PREFIX}authorizer"):
                message = "the sandbox has no authorizers; callers are known by AWS_IAM or by an API key"
                raise ValueError(message)
            if str(scheme.get(f"{PREFIX}authtype", "")).lower() == "awssigv4":
                iam = True
            elif scheme.get("type") == "apiKey" and str(scheme.get("name", "")).lower() == _API_KEY_HEADER:
                needs_key = True
        return iam, needs_key

    def _validator(self, given: Mapping[str, Any]) -> tuple[bool, bool]:
        """Return whether the body of a method is validated, and whether its parameters are."""
        key = f"{PREFIX}request-validator"
        name = given.get(key, self._document.get(key))
        if name is None:
            return False, False
        known: Mapping[str, Any] = self._document.get(f"{key}s") or {}
        if name not in known:
            message = f"Invalid Request Validator identifier specified: {name}"
            raise ValueError(message)
        found = known[name]
        return bool(found.get("validateRequestBody")), bool(found.get("validateRequestParameters"))

    def _responses(self) -> dict[str, GatewayResponse]:
        found: dict[str, GatewayResponse] = {}
        for name, given in (self._document.get(f"{PREFIX}gateway-responses") or {}).items():
            where = f"Unable to put gateway response '{name}'"
            if name not in TYPES:
                self._reasons.append(f"{where}: Invalid response type specified: {name}")
                continue
            try:
                found[name] = gateway_response(given)
            except (MappingError, IntegrationError) as error:
                self._reasons.append(f"{where}: {error}")
        return found

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while isinstance(node.get("$ref"), str):
            node = schemas.resolve(self._document, node["$ref"])
        return node


def gateway_response(given: Mapping[str, Any]) -> GatewayResponse:
    """Return what is said of one type of gateway response."""
    status = given.get("statusCode")
    return GatewayResponse(
        int(status) if status else None,
        tuple(for_gateway(target, str(source)) for target, source in (given.get("responseParameters") or {}).items()),
        integration_reader.templates(given.get("responseTemplates")),
    )


def methods_without_integration(document: Document) -> list[str]:
    """Return the methods that nothing would answer."""
    return [
        f"{key.upper()} {path}"
        for path, item in document["paths"].items()
        for key, given in (item or {}).items()
        if (key in _METHODS or key == ANY_METHOD) and integration_reader.EXTENSION not in given
    ]
