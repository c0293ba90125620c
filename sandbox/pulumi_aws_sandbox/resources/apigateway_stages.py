"""Deployments and stages of API Gateway."""

from pulumi_aws_sandbox.handler import Clients, Properties
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
    stage_ids,
    tags_of,
)
from pulumi_aws_sandbox.resources._make import found, handler, region_of

_STAGE_PATHS = {
    "cacheClusterEnabled": "/cacheClusterEnabled",
    "cacheClusterSize": "/cacheClusterSize",
    "clientCertificateId": "/clientCertificateId",
    "deployment": "/deploymentId",
    "description": "/description",
    "documentationVersion": "/documentationVersion",
    "xrayTracingEnabled": "/tracingEnabled",
}


def _make_deployment(clients: Clients, inputs: Properties) -> str:
    given = {name: inputs[name] for name in ("description", "variables") if inputs.get(name)}
    return apigateway(clients, inputs).create_deployment(restApiId=inputs["restApi"], **given)["id"]


def _describe_deployment(clients: Clients, deployment_id: str, known: Properties) -> Properties | None:
    ids = {"restApiId": known["restApi"], "deploymentId": deployment_id}
    answer = found(lambda: apigateway(clients, known).get_deployment(**ids), GONE)
    if answer is None:
        return None
    description = answer.get("description")
    shown = {"description": description or ""} if description or "description" in known else {}
    return {"restApi": known["restApi"], "createdDate": moment(answer["createdDate"]), **shown}


def _change_deployment(clients: Clients, deployment_id: str, _: Properties, old: Properties, new: Properties) -> None:
    operations = list(changed(old, new, {"description": "/description"}))
    if operations:
        ids = {"restApiId": new["restApi"], "deploymentId": deployment_id}
        apigateway(clients, new).update_deployment(**ids, patchOperations=operations)


def _remove_deployment(clients: Clients, deployment_id: str, outputs: Properties) -> None:
    ids = {"restApiId": outputs["restApi"], "deploymentId": deployment_id}
    found(lambda: apigateway(clients, outputs).delete_deployment(**ids), GONE)


def _make_stage(clients: Clients, inputs: Properties) -> str:
    gateway = apigateway(clients, inputs)
    names = ("cacheClusterEnabled", "cacheClusterSize", "description", "documentationVersion", "tags", "variables")
    given = {name: inputs[name] for name in names if inputs.get(name)}
    ids = stage_ids(inputs)
    tracing = inputs.get("xrayTracingEnabled", False)
    gateway.create_stage(**ids, **given, deploymentId=inputs["deployment"], tracingEnabled=tracing)
    later = [patch("/clientCertificateId", inputs["clientCertificateId"])] if inputs.get("clientCertificateId") else []
    later += _access_log({}, inputs)
    if later:
        try:
            gateway.update_stage(**ids, patchOperations=later)
        except Exception:
            gateway.delete_stage(**ids)
            raise
    return f"ags-{inputs['restApi']}-{inputs['stageName']}"


def _access_log(old: Properties, new: Properties) -> Patches:
    before, after = old.get("accessLogSettings"), new.get("accessLogSettings")
    if before == after:
        return []
    if not after:
        return [{"op": "remove", "path": "/accessLogSettings"}]
    return [patch(f"/accessLogSettings/{name}", after[name]) for name in ("destinationArn", "format")]


def _describe_stage(clients: Clients, _: str, known: Properties) -> Properties | None:
    ids = stage_ids(known)
    answer = found(lambda: apigateway(clients, known).get_stage(**ids), GONE)
    if answer is None:
        return None
    path = f"/restapis/{ids['restApiId']}/stages/{ids['stageName']}"
    region = region_of(clients, known)
    now: Properties = {
        "cacheClusterEnabled": answer.get("cacheClusterEnabled", False),
        "deployment": answer["deploymentId"],
        "xrayTracingEnabled": answer.get("tracingEnabled", False),
    }
    for name in ("clientCertificateId", "cacheClusterSize", "description", "documentationVersion"):
        if answer.get(name) or name in known:
            now[name] = answer.get(name, "")
    if answer.get("variables") or "variables" in known:
        now["variables"] = answer.get("variables") or {}
    log = answer.get("accessLogSettings")
    if log:
        now["accessLogSettings"] = {name: log.get(name, "") for name in ("destinationArn", "format")}
    elif "accessLogSettings" in known:
        now["accessLogSettings"] = {}
    return {
        **now,
        "restApi": ids["restApiId"],
        "stageName": ids["stageName"],
        "arn": arn(clients, known, path),
        "executionArn": execution_arn(clients, known, f"{ids['restApiId']}/{ids['stageName']}"),
        "invokeUrl": f"https://{ids['restApiId']}.execute-api.{region}.amazonaws.com/{ids['stageName']}",
        "webAclArn": answer.get("webAclArn", ""),
        **tags_of(answer, known),
    }


def _change_stage(clients: Clients, _: str, outputs: Properties, old: Properties, new: Properties) -> None:
    gateway = apigateway(clients, new)
    retag(gateway, outputs["arn"], old, new)
    switches = {"cacheClusterEnabled": False, "xrayTracingEnabled": False}
    operations = list(changed({**switches, **old}, {**switches, **new}, _STAGE_PATHS))
    operations += _access_log(old, new)
    before, after = old.get("variables") or {}, new.get("variables") or {}
    operations += [patch(f"/variables/{as_key(name)}", None) for name in before if name not in after]
    operations += [
        patch(f"/variables/{as_key(name)}", value) for name, value in after.items() if before.get(name) != value
    ]
    if operations:
        gateway.update_stage(**stage_ids(new), patchOperations=operations)


def _remove_stage(clients: Clients, _: str, outputs: Properties) -> None:
    found(lambda: apigateway(clients, outputs).delete_stage(**stage_ids(outputs)), GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:apigateway/deployment:Deployment",
            make=_make_deployment,
            describe=_describe_deployment,
            change=_change_deployment,
            remove=_remove_deployment,
            required=frozenset({"restApi"}),
            replace_on=frozenset({"restApi", "triggers", "variables"}),
        ),
        handler(
            "aws:apigateway/stage:Stage",
            make=_make_stage,
            describe=_describe_stage,
            change=_change_stage,
            remove=_remove_stage,
            required=frozenset({"deployment", "restApi", "stageName"}),
            replace_on=frozenset({"restApi", "stageName"}),
        ),
    )
}
