"""REST APIs of API Gateway: imported from a document, with settings, policy and gateway responses."""

import json
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._apigateway import (
    GONE,
    Patches,
    apigateway,
    arn,
    as_key,
    changed,
    execution_arn,
    moment,
    patch,
    retag,
    tags_of,
)
from pulumi_aws_sandbox.resources._make import found, handler, policy_from

_PATHS = {
    "apiKeySource": "/apiKeySource",
    "description": "/description",
    "disableExecuteApiEndpoint": "/disableExecuteApiEndpoint",
    "endpointAccessMode": "/endpointAccessMode",
    "name": "/name",
    "policy": "/policy",
    "securityPolicy": "/securityPolicy",
}
_DEFAULTS = {"apiKeySource": "HEADER", "disableExecuteApiEndpoint": False}
_DOCUMENT = ("body", "failOnWarnings", "parameters", "putRestApiMode")
_OVERWRITE = "overwrite"
_NO_COMPRESSION = "-1"


def _make_api(clients: Clients, inputs: Properties) -> str:
    gateway = apigateway(clients, inputs)
    request = {name: inputs[name] for name in ("description", "tags", *_PATHS) if inputs.get(name) is not None}
    for name in ("endpointAccessMode", "securityPolicy", "binaryMediaTypes"):
        if inputs.get(name) is not None:
            request[name] = inputs[name]
    if "minimumCompressionSize" in inputs and inputs["minimumCompressionSize"] != _NO_COMPRESSION:
        request["minimumCompressionSize"] = int(inputs["minimumCompressionSize"])
    if "endpointConfiguration" in inputs:
        request["endpointConfiguration"] = _endpoints(inputs["endpointConfiguration"])
    api_id = gateway.create_rest_api(**request)["id"]
    if "body" in inputs:
        try:
            _put_document(gateway, api_id, inputs)
        except Exception:
            gateway.delete_rest_api(restApiId=api_id)
            raise
    return api_id


def _endpoints(given: Properties) -> dict[str, Any]:
    asked: dict[str, Any] = {"types": [given["types"]]}
    return asked | {name: given[name] for name in ("ipAddressType", "vpcEndpointIds") if name in given}


def _put_document(gateway: Any, api_id: str, inputs: Properties) -> None:  # noqa: ANN401 - a boto3 client
    """Import the document, and set again what the program sets besides it: an import sets that back."""
    answer = gateway.put_rest_api(
        restApiId=api_id,
        mode=inputs.get("putRestApiMode", _OVERWRITE),
        failOnWarnings=inputs.get("failOnWarnings", False),
        parameters=inputs.get("parameters", {}),
        body=inputs["body"].encode(),
    )
    operations = [
        patch(path, inputs[name])
        for name, path in _PATHS.items()
        if inputs.get(name) is not None and answer.get(name) != inputs[name]
    ]
    operations += _media_types(answer.get("binaryMediaTypes") or [], inputs.get("binaryMediaTypes"))
    operations += _compression(answer, inputs)
    if operations:
        gateway.update_rest_api(restApiId=api_id, patchOperations=operations)


def _media_types(before: list[str], wanted: list[str] | None) -> Patches:
    if wanted is None:
        return []
    gone = [each for each in before if each not in wanted]
    added = [each for each in wanted if each not in before]
    return [
        *({"op": "remove", "path": f"/binaryMediaTypes/{as_key(each)}"} for each in gone),
        *({"op": "add", "path": f"/binaryMediaTypes/{as_key(each)}"} for each in added),
    ]


def _compression(before: Any, inputs: Properties) -> Patches:  # noqa: ANN401 - an answer of boto3 or old inputs
    wanted = inputs.get("minimumCompressionSize", _NO_COMPRESSION)
    if str(before.get("minimumCompressionSize", _NO_COMPRESSION)) == wanted:
        return []
    return [patch("/minimumCompressionSize", None if wanted == _NO_COMPRESSION else wanted)]


def _describe_api(clients: Clients, api_id: str, known: Properties) -> Properties | None:
    answer = found(lambda: apigateway(clients, known).get_rest_api(restApiId=api_id), GONE)
    if answer is None:
        return None
    endpoint = answer["endpointConfiguration"]
    now: Properties = {
        "apiKeySource": answer["apiKeySource"],
        "binaryMediaTypes": answer.get("binaryMediaTypes") or [],
        "disableExecuteApiEndpoint": answer.get("disableExecuteApiEndpoint", False),
        "endpointConfiguration": {
            "types": endpoint["types"][0],
            **{name: endpoint[name] for name in ("ipAddressType", "vpcEndpointIds") if name in endpoint},
        },
        "name": answer["name"],
        **{name: answer[name] for name in ("description", "endpointAccessMode", "securityPolicy") if name in answer},
    }
    if "minimumCompressionSize" in answer:
        now["minimumCompressionSize"] = str(answer["minimumCompressionSize"])
    elif "minimumCompressionSize" in known:
        now["minimumCompressionSize"] = _NO_COMPRESSION
    if answer.get("policy"):
        now["policy"] = policy_from(answer["policy"], known)
    elif "policy" in known:
        now["policy"] = ""
    if "description" in known and "description" not in answer:
        now["description"] = ""
    return {
        **now,
        "arn": arn(clients, known, f"/restapis/{api_id}"),
        "createdDate": moment(answer["createdDate"]),
        "executionArn": execution_arn(clients, known, api_id),
        "rootResourceId": answer["rootResourceId"],
        **tags_of(answer, known),
    }


def _change_api(clients: Clients, api_id: str, _: Properties, old: Properties, new: Properties) -> None:
    gateway = apigateway(clients, new)
    retag(gateway, arn(clients, new, f"/restapis/{api_id}"), old, new)
    operations = list(changed({**_DEFAULTS, **old}, {**_DEFAULTS, **new}, _PATHS))
    operations += _media_types(old.get("binaryMediaTypes", []), new.get("binaryMediaTypes", []))
    operations += _compression(old, new)
    before, after = old.get("endpointConfiguration") or {}, new.get("endpointConfiguration") or {}
    if after and before.get("types") != after["types"]:
        operations.append(patch(f"/endpointConfiguration/types/{before.get('types', 'EDGE')}", after["types"]))
    if after.get("ipAddressType") and before.get("ipAddressType") != after["ipAddressType"]:
        operations.append(patch("/endpointConfiguration/ipAddressType", after["ipAddressType"]))
    if operations:
        gateway.update_rest_api(restApiId=api_id, patchOperations=operations)
    if "body" in new and any(old.get(name) != new.get(name) for name in _DOCUMENT):
        _put_document(gateway, api_id, new)


def _remove_api(clients: Clients, api_id: str, outputs: Properties) -> None:
    found(lambda: apigateway(clients, outputs).delete_rest_api(restApiId=api_id), GONE)


def _put_policy(clients: Clients, inputs: Properties) -> str:
    api_id = inputs["restApiId"]
    apigateway(clients, inputs).update_rest_api(restApiId=api_id, patchOperations=[patch("/policy", inputs["policy"])])
    return api_id


def _describe_policy(clients: Clients, api_id: str, known: Properties) -> Properties | None:
    answer = found(lambda: apigateway(clients, known).get_rest_api(restApiId=api_id), GONE)
    if answer is None or not answer.get("policy"):
        return None
    return {"restApiId": api_id, "policy": policy_from(answer["policy"], known)}


def _change_policy(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _put_policy(clients, new)


def _remove_policy(clients: Clients, api_id: str, outputs: Properties) -> None:
    gateway = apigateway(clients, outputs)
    found(lambda: gateway.update_rest_api(restApiId=api_id, patchOperations=[patch("/policy", "")]), GONE)


def _put_response(clients: Clients, inputs: Properties) -> str:
    names = ("responseParameters", "responseTemplates", "responseType", "restApiId", "statusCode")
    given = {name: inputs[name] for name in names if name in inputs}
    apigateway(clients, inputs).put_gateway_response(**given)
    return f"aggr-{inputs['restApiId']}-{inputs['responseType']}"


def _describe_response(clients: Clients, _: str, known: Properties) -> Properties | None:
    ids = {"restApiId": known["restApiId"], "responseType": known["responseType"]}
    answer = found(lambda: apigateway(clients, known).get_gateway_response(**ids), GONE)
    if answer is None:
        return None
    now = {name: answer.get(name) or {} for name in ("responseParameters", "responseTemplates")}
    kept = {name: value for name, value in now.items() if value or name in known}
    return {**ids, **kept, **({"statusCode": answer["statusCode"]} if answer.get("statusCode") else {})}


def _change_response(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _put_response(clients, new)


def _remove_response(clients: Clients, _: str, outputs: Properties) -> None:
    ids = {"restApiId": outputs["restApiId"], "responseType": outputs["responseType"]}
    found(lambda: apigateway(clients, outputs).delete_gateway_response(**ids), GONE)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    for name in ("policy",):
        text = inputs.get(name)
        if isinstance(text, str) and text:
            try:
                json.loads(text)
            except ValueError:
                return [(name, f'"{name}" contains an invalid JSON policy')]
    return []


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:apigateway/restApi:RestApi",
            make=_make_api,
            describe=_describe_api,
            change=_change_api,
            remove=_remove_api,
            auto_name=AutoName("name", 1024),
            unordered=frozenset({"binaryMediaTypes"}),
            validate=_problems,
        ),
        handler(
            "aws:apigateway/restApiPolicy:RestApiPolicy",
            make=_put_policy,
            describe=_describe_policy,
            change=_change_policy,
            remove=_remove_policy,
            required=frozenset({"policy", "restApiId"}),
            replace_on=frozenset({"restApiId"}),
        ),
        handler(
            "aws:apigateway/response:Response",
            make=_put_response,
            describe=_describe_response,
            change=_change_response,
            remove=_remove_response,
            required=frozenset({"responseType", "restApiId"}),
            replace_on=frozenset({"responseType", "restApiId"}),
        ),
    )
}
