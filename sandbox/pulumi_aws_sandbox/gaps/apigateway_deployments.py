"""Deployments that keep what they deployed.

A stage serves the document, the policy and the switches that its deployment found; later changes reach it with the next
deployment. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
"""

import copy
import dataclasses
import json
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps import apigateway_patches as patches
from pulumi_aws_sandbox.gaps.apigateway_documents import document_of, place_of
from pulumi_aws_sandbox.gaps.apigateway_refusals import NOT_FOUND, refuse, require
from pulumi_aws_sandbox.gaps.apigateway_stages import check_stage_name
from pulumi_aws_sandbox.gaps.patching import replace
from pulumi_aws_sandbox.runtime.access.policies import parse

_DEPLOYMENT = "Invalid Deployment identifier specified"


def fill() -> None:
    """Teach moto's deployments."""
    from moto.apigateway.models import APIGatewayBackend, RestAPI  # noqa: PLC0415 - moto loads only when deploying
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - as above

    replace(APIGatewayBackend, "create_deployment", _deploying)
    replace(APIGatewayBackend, "get_deployment", lambda _: _deployment)
    replace(APIGatewayBackend, "delete_deployment", lambda _: _delete_deployment)
    replace(APIGatewayResponse, "update_deployment", lambda _: _update_deployment)
    # moto would answer requests to a stage by itself, from its own idea of the API.
    replace(RestAPI, "update_integration_mocks", lambda _: lambda *_args: None)


def deployed_document(api: Any, stage: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return the document that a stage serves; refuse a stage without one."""
    deployment = api.deployments.get(stage.deployment_id)
    document = vars(deployment).get("sandbox_document") if deployment is not None else None
    if document is None:
        refuse("The sandbox exports only what was imported from a document.")
    return document


def _deploying(original: Callable[..., Any]) -> Callable[..., Any]:
    def deploy(
        self: Any,  # noqa: ANN401 - moto's own types
        function_id: str,
        name: str,
        description: str = "",
        stage_variables: Any = None,  # noqa: ANN401 - as above
    ) -> Any:  # noqa: ANN401 - as above
        api = self.get_rest_api(function_id)
        kept = api.stages.get(name)
        document = document_of(api)
        if document is None:
            return original(self, function_id, name, description, stage_variables)
        definition = _definition(api, document)
        deployment = api.create_deployment("", description, stage_variables)
        deployment.sandbox_document = copy.deepcopy(document)
        deployment.sandbox_definition = definition
        if name:
            check_stage_name(name)
            if kept is None:
                api.create_stage(
                    name,
                    deployment.id,
                    variables=stage_variables,
                    description="",
                    cacheClusterEnabled=False,
                    cacheClusterSize=None,
                    tags=None,
                    tracing_enabled=None,
                )
            else:
                kept.deployment_id = deployment.id
        return deployment

    return deploy


def _definition(api: Any, document: dict[str, Any]) -> Any:  # noqa: ANN401 - types that load with the gateway
    """Return what a deployment serves: the document, and the API's settings as they are now."""
    from pulumi_aws_sandbox.runtime.gateway import document_reader  # noqa: PLC0415 - only for documents

    missing = document_reader.methods_without_integration(document)
    require(any(document["paths"].values()), "The REST API doesn't contain any methods")
    require(not missing, "No integration defined for method", "BadRequestException")
    try:
        definition = document_reader.read(document, place_of(api.region_name))
    except document_reader.DocumentRefusedError as refused:
        refuse(str(refused))
    return dataclasses.replace(
        definition,
        binary_media_types=tuple(api.binaryMediaTypes),
        policy=_policy(api),
        execute_api_endpoint=not api.disableExecuteApiEndpoint,
        responses={**definition.responses, **_own_responses(api)},
    )


def _policy(api: Any) -> dict[str, Any] | None:  # noqa: ANN401 - moto's own types
    """Return the policy of an API with whole ARNs: it may name its own resources from `execute-api:/` on."""
    if not api.policy:
        return None
    document = json.loads(json.dumps(parse(api.policy)))
    prefix = f"arn:aws:execute-api:{api.region_name}:{ACCOUNT}:{api.id}"
    statements = document.get("Statement")
    for statement in statements if isinstance(statements, list) else [statements]:
        for key in ("Resource", "NotResource"):
            named = statement.get(key)
            if named is not None:
                several = named if isinstance(named, list) else [named]
                statement[key] = [
                    f"{prefix}{each.removeprefix('execute-api:')}" if each.startswith("execute-api:/") else each
                    for each in several
                ]
    return document


def _own_responses(api: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return the gateway responses that were put on an API besides its document."""
    from pulumi_aws_sandbox.runtime.gateway import document_reader  # noqa: PLC0415 - only for documents

    return {
        name: document_reader.gateway_response(
            {
                "statusCode": each.status_code,
                "responseParameters": each.response_parameters,
                "responseTemplates": each.response_templates,
            }
        )
        for name, each in api.gateway_responses.items()
    }


def _deployment(self: Any, function_id: str, deployment_id: str) -> Any:  # noqa: ANN401 - moto's own types
    found = self.get_rest_api(function_id).deployments.get(deployment_id)
    if found is None:
        refuse(_DEPLOYMENT, NOT_FOUND)
    return found


def _update_deployment(self: Any) -> str:  # noqa: ANN401 - moto's own types
    parts = self.path.split("/")
    deployment = self.backend.get_deployment(parts[2], parts[4])
    patches.apply(self._get_param("patchOperations"), {"/description": patches.text(deployment, "description")})
    return json.dumps(deployment.to_json())


def _delete_deployment(self: Any, function_id: str, deployment_id: str) -> Any:  # noqa: ANN401 - moto's own types
    api = self.get_rest_api(function_id)
    deployment = self.get_deployment(function_id, deployment_id)
    used = any(stage.deployment_id == deployment_id for stage in api.stages.values())
    require(not used, "Active stages pointing to this deployment must be moved or deleted")
    api.deployments.pop(deployment_id)
    return deployment
