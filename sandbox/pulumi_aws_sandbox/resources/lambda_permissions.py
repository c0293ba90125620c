"""Lambda: who may invoke a function, and the names of its versions."""

import json
from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, to_aws

_GONE = "ResourceNotFoundException"
_PERMISSION = {
    "action": "Action",
    "eventSourceToken": "EventSourceToken",
    "function": "FunctionName",
    "functionUrlAuthType": "FunctionUrlAuthType",
    "invokedViaFunctionUrl": "InvokedViaFunctionUrl",
    "principal": "Principal",
    "principalOrgId": "PrincipalOrgID",
    "qualifier": "Qualifier",
    "sourceAccount": "SourceAccount",
    "sourceArn": "SourceArn",
    "statementId": "StatementId",
}


def _lambda(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "lambda", properties)


def _grant(clients: Clients, inputs: Properties) -> str:
    _lambda(clients, inputs).add_permission(**to_aws(inputs, _PERMISSION))
    return inputs["statementId"]


def _describe_grant(clients: Clients, statement_id: str, known: Properties) -> Properties | None:
    about = to_aws(known, {"function": "FunctionName", "qualifier": "Qualifier"})
    answer = found(lambda: _lambda(clients, known).get_policy(**about), _GONE)
    statements = json.loads(answer["Policy"])["Statement"] if answer else []
    statement = next((each for each in statements if each["Sid"] == statement_id), None)
    if statement is None:
        return None
    principal = statement["Principal"]
    return {
        "action": statement["Action"],
        "principal": _as_written(principal, known.get("principal")),
        "statementId": statement_id,
        "statementIdPrefix": known.get("statementIdPrefix", ""),
    }


def _as_written(principal: Any, known: str | None) -> str:  # noqa: ANN401 - text or an object in a policy
    """Return the principal as the program wrote it where AWS's answer means the same."""
    name = next(iter(principal.values())) if isinstance(principal, dict) else principal
    return known if known is not None and f":{known}:" in name else name


def _revoke(clients: Clients, statement_id: str, outputs: Properties) -> None:
    about = to_aws(outputs, {"function": "FunctionName", "qualifier": "Qualifier"})
    found(lambda: _lambda(clients, outputs).remove_permission(StatementId=statement_id, **about), _GONE)


_ALIAS = {"description": "Description", "functionName": "FunctionName", "functionVersion": "FunctionVersion"}


def _alias_request(inputs: Properties) -> dict[str, Any]:
    routing = {"AdditionalVersionWeights": inputs.get("routingConfig", {}).get("additionalVersionWeights", {})}
    return {"Name": inputs["name"], **to_aws(inputs, _ALIAS), "RoutingConfig": routing}


def _make_alias(clients: Clients, inputs: Properties) -> str:
    return _lambda(clients, inputs).create_alias(**_alias_request(inputs))["AliasArn"]


def _describe_alias(clients: Clients, _: str, known: Properties) -> Properties | None:
    where = {"FunctionName": known["functionName"], "Name": known["name"]}
    answer = found(lambda: _lambda(clients, known).get_alias(**where), _GONE)
    if answer is None:
        return None
    arn = answer["AliasArn"]
    weights = answer.get("RoutingConfig", {}).get("AdditionalVersionWeights")
    return {
        "name": answer["Name"],
        "functionName": known["functionName"],
        "functionVersion": answer["FunctionVersion"],
        "description": answer.get("Description") or None,
        "routingConfig": {"additionalVersionWeights": weights} if weights else None,
        "arn": arn,
        "invokeArn": (
            f"arn:{clients.partition}:apigateway:{arn.split(':')[3]}:lambda:path/2015-03-31/functions/{arn}/invocations"
        ),
    }


def _change_alias(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _lambda(clients, new).update_alias(**({"Description": ""} | _alias_request(new)))


def _remove_alias(clients: Clients, _: str, outputs: Properties) -> None:
    where = {"FunctionName": outputs["functionName"], "Name": outputs["name"]}
    found(lambda: _lambda(clients, outputs).delete_alias(**where), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:lambda/alias:Alias",
            make=_make_alias,
            describe=_describe_alias,
            change=_change_alias,
            remove=_remove_alias,
            required=frozenset({"functionName", "functionVersion"}),
            replace_on=frozenset({"name", "functionName"}),
            auto_name=AutoName("name", 128),
        ),
        handler(
            "aws:lambda/permission:Permission",
            make=_grant,
            describe=_describe_grant,
            remove=_revoke,
            required=frozenset({"action", "function", "principal"}),
            auto_name=AutoName("statementId", 100),
        ),
    )
}
