"""Usage plans of API Gateway and the keys in them."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._apigateway import (
    GONE,
    Patches,
    apigateway,
    arn,
    changed,
    moment,
    patch,
    retag,
    tags_of,
)
from pulumi_aws_sandbox.resources._make import found, handler

_LIMITS = {"quotaSettings": "quota", "throttleSettings": "throttle"}
_PLAN_PATHS = {"description": "/description", "name": "/name", "productCode": "/productCode"}
_KEY_PATHS = {"customerId": "/customerId", "description": "/description", "enabled": "/enabled", "name": "/name"}
_DESCRIPTION = "Managed by Pulumi"


def _make_plan(clients: Clients, inputs: Properties) -> str:
    gateway = apigateway(clients, inputs)
    given = {name: inputs[name] for name in ("description", "name", "tags") if inputs.get(name)}
    given |= {aws: inputs[name] for name, aws in _LIMITS.items() if inputs.get(name)}
    plan_id = gateway.create_usage_plan(**given, apiStages=inputs.get("apiStages", []))["id"]
    if inputs.get("productCode"):
        operations = [{"op": "add", "path": "/productCode", "value": inputs["productCode"]}]
        gateway.update_usage_plan(usagePlanId=plan_id, patchOperations=operations)
    return plan_id


def _describe_plan(clients: Clients, plan_id: str, known: Properties) -> Properties | None:
    answer = found(lambda: apigateway(clients, known).get_usage_plan(usagePlanId=plan_id), GONE)
    if answer is None:
        return None
    now: Properties = {"name": answer["name"]}
    for name in ("description", "productCode"):
        if answer.get(name) or name in known:
            now[name] = answer.get(name, "")
    stages = [{"apiId": each["apiId"], "stage": each["stage"]} for each in answer.get("apiStages", [])]
    if stages or "apiStages" in known:
        now["apiStages"] = stages
    for name, aws in _LIMITS.items():
        limits = answer.get(aws)
        if limits:
            now[name] = limits
        elif name in known:
            now[name] = {}
    return {**now, "arn": arn(clients, known, f"/usageplans/{plan_id}"), **tags_of(answer, known)}


def _change_plan(clients: Clients, plan_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    gateway = apigateway(clients, new)
    retag(gateway, outputs["arn"], old, new)
    operations = list(changed(old, new, _PLAN_PATHS, None))
    operations += _stage_patches(old.get("apiStages", []), new.get("apiStages", []))
    for name, aws in _LIMITS.items():
        before, after = old.get(name) or {}, new.get(name) or {}
        if before and not after:
            operations.append(patch(f"/{aws}", None))
        else:
            operations += [
                patch(f"/{aws}/{key}", after.get(key))
                for key in {**before, **after}
                if before.get(key) != after.get(key)
            ]
    if operations:
        gateway.update_usage_plan(usagePlanId=plan_id, patchOperations=operations)


def _stage_patches(before: list[Properties], after: list[Properties]) -> Patches:
    old = {f"{each['apiId']}:{each['stage']}" for each in before}
    new = {f"{each['apiId']}:{each['stage']}" for each in after}
    return [
        *({"op": "remove", "path": "/apiStages", "value": each} for each in sorted(old - new)),
        *({"op": "add", "path": "/apiStages", "value": each} for each in sorted(new - old)),
    ]


def _remove_plan(clients: Clients, plan_id: str, outputs: Properties) -> None:
    gateway = apigateway(clients, outputs)
    answer: Any = found(lambda: gateway.get_usage_plan(usagePlanId=plan_id), GONE)
    if answer is None:
        return
    # API Gateway deletes no plan that is still used by a stage.
    operations = _stage_patches(answer.get("apiStages", []), [])
    if operations:
        gateway.update_usage_plan(usagePlanId=plan_id, patchOperations=operations)
    gateway.delete_usage_plan(usagePlanId=plan_id)


def _plan_problems(inputs: Properties) -> list[tuple[str, str]]:
    if any(each.get("throttles") for each in inputs.get("apiStages") or [] if isinstance(each, dict)):
        return [("apiStages", "the sandbox's usage plans have no throttles for single methods")]
    return []


def _make_key(clients: Clients, inputs: Properties) -> str:
    names = ("customerId", "description", "enabled", "name", "tags", "value")
    given = {name: inputs[name] for name in names if inputs.get(name) is not None}
    return apigateway(clients, inputs).create_api_key(**given)["id"]


def _describe_key(clients: Clients, key_id: str, known: Properties) -> Properties | None:
    answer = found(lambda: apigateway(clients, known).get_api_key(apiKey=key_id, includeValue=True), GONE)
    if answer is None:
        return None
    customer = {"customerId": answer.get("customerId", "")} if answer.get("customerId") or "customerId" in known else {}
    return {
        **customer,
        "arn": arn(clients, known, f"/apikeys/{key_id}"),
        "createdDate": moment(answer["createdDate"]),
        "description": answer.get("description", ""),
        "enabled": answer["enabled"],
        "lastUpdatedDate": moment(answer["lastUpdatedDate"]),
        "name": answer["name"],
        "value": answer["value"],
        **tags_of(answer, known),
    }


def _change_key(clients: Clients, key_id: str, outputs: Properties, old: Properties, new: Properties) -> None:
    gateway = apigateway(clients, new)
    retag(gateway, outputs["arn"], old, new)
    operations = list(changed(old, new, _KEY_PATHS))
    if operations:
        gateway.update_api_key(apiKey=key_id, patchOperations=operations)


def _remove_key(clients: Clients, key_id: str, outputs: Properties) -> None:
    found(lambda: apigateway(clients, outputs).delete_api_key(apiKey=key_id), GONE)


def _add_key(clients: Clients, inputs: Properties) -> str:
    ids = {name: inputs[name] for name in ("keyId", "keyType", "usagePlanId")}
    return apigateway(clients, inputs).create_usage_plan_key(**ids)["id"]


def _describe_plan_key(clients: Clients, key_id: str, known: Properties) -> Properties | None:
    ids = {"usagePlanId": known["usagePlanId"], "keyId": key_id}
    answer = found(lambda: apigateway(clients, known).get_usage_plan_key(**ids), GONE)
    if answer is None:
        return None
    return {"keyId": answer["id"], "keyType": answer["type"], "name": answer.get("name", ""), "value": answer["value"]}


def _remove_plan_key(clients: Clients, key_id: str, outputs: Properties) -> None:
    ids = {"usagePlanId": outputs["usagePlanId"], "keyId": key_id}
    found(lambda: apigateway(clients, outputs).delete_usage_plan_key(**ids), GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:apigateway/apiKey:ApiKey",
            make=_make_key,
            describe=_describe_key,
            change=_change_key,
            remove=_remove_key,
            auto_name=AutoName("name", 1024),
            defaults={"description": _DESCRIPTION, "enabled": True},
            replace_on=frozenset({"value"}),
            secret_outputs=frozenset({"value"}),
        ),
        handler(
            "aws:apigateway/usagePlan:UsagePlan",
            make=_make_plan,
            describe=_describe_plan,
            change=_change_plan,
            remove=_remove_plan,
            auto_name=AutoName("name", 1024),
            unordered=frozenset({"apiStages"}),
            validate=_plan_problems,
        ),
        handler(
            "aws:apigateway/usagePlanKey:UsagePlanKey",
            make=_add_key,
            describe=_describe_plan_key,
            remove=_remove_plan_key,
            required=frozenset({"keyId", "keyType", "usagePlanId"}),
            secret_outputs=frozenset({"value"}),
        ),
    )
}
