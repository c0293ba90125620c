"""Lambda: what becomes of events that nobody waits for."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler

_GONE = "ResourceNotFoundException"
_NUMBERS = {"maximumEventAgeInSeconds": "MaximumEventAgeInSeconds", "maximumRetryAttempts": "MaximumRetryAttempts"}
_WHERE = {"onFailure": "OnFailure", "onSuccess": "OnSuccess"}


def _lambda(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "lambda", properties)


def _request(inputs: Properties) -> dict[str, Any]:
    given = inputs.get("destinationConfig") or {}
    destinations = {aws: {"Destination": given[ours]["destination"]} for ours, aws in _WHERE.items() if given.get(ours)}
    return {
        "FunctionName": inputs["functionName"],
        **({"Qualifier": inputs["qualifier"]} if "qualifier" in inputs else {}),
        **{aws: int(inputs[ours]) for ours, aws in _NUMBERS.items() if ours in inputs},
        **({"DestinationConfig": destinations} if destinations else {}),
    }


def _about(properties: Properties) -> dict[str, str]:
    request = _request(properties)
    return {name: request[name] for name in ("FunctionName", "Qualifier") if name in request}


def _make(clients: Clients, inputs: Properties) -> str:
    _lambda(clients, inputs).put_function_event_invoke_config(**_request(inputs))
    return ":".join(_about(inputs).values())


def _describe(clients: Clients, _: str, known: Properties) -> Properties | None:
    answer = found(lambda: _lambda(clients, known).get_function_event_invoke_config(**_about(known)), _GONE)
    if answer is None:
        return None
    there = answer.get("DestinationConfig") or {}
    destinations = {
        ours: {"destination": there[aws]["Destination"]}
        for ours, aws in _WHERE.items()
        if (there.get(aws) or {}).get("Destination")
    }
    return {
        "functionName": known["functionName"],
        **{ours: answer[aws] for ours, aws in _NUMBERS.items() if aws in answer},
        **({"destinationConfig": destinations} if destinations else {}),
    }


def _change(clients: Clients, _: str, outputs: Properties, _old: Properties, new: Properties) -> None:
    # moto keeps what was put first; AWS replaces it.
    _remove(clients, "", outputs)
    _make(clients, new)


def _remove(clients: Clients, _: str, outputs: Properties) -> None:
    found(lambda: _lambda(clients, outputs).delete_function_event_invoke_config(**_about(outputs)), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"functionName"}),
            replace_on=frozenset({"functionName", "qualifier"}),
        ),
    )
}
