"""Options of a user pool that have calls of their own: reactions to risk, delivery of logs, branding."""

import base64
import json
from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler
from pulumi_aws_sandbox.resources._shapes import emptied, from_shape, to_shape

_GONE = "ResourceNotFoundException"
_RISKS = {
    "accountTakeoverRiskConfiguration": "AccountTakeoverRiskConfiguration",
    "compromisedCredentialsRiskConfiguration": "CompromisedCredentialsRiskConfiguration",
    "riskExceptionConfiguration": "RiskExceptionConfiguration",
}
_RISK_NAMES = {
    "blockedIpRangeLists": "BlockedIPRangeList",
    "eventFilters": "EventFilter",
    "skippedIpRangeLists": "SkippedIPRangeList",
}


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "cognito-idp", properties)


def _scope(risk_id: str) -> dict[str, str]:
    pool, _, client = risk_id.partition(":")
    return {"UserPoolId": pool} | ({"ClientId": client} if client else {})


def _make_risk(clients: Clients, inputs: Properties) -> str:
    client = inputs.get("clientId")
    risk_id = f"{inputs['userPoolId']}:{client}" if client else inputs["userPoolId"]
    _change_risk(clients, risk_id, {}, {}, inputs)
    return risk_id


def _change_risk(clients: Clients, risk_id: str, _: Properties, _old: Properties, new: Properties) -> None:
    risks = {aws: to_shape(new[name], _RISK_NAMES) for name, aws in _RISKS.items() if name in new}
    _client(clients, new).set_risk_configuration(**_scope(risk_id), **risks)


def _describe_risk(clients: Clients, risk_id: str, known: Properties) -> Properties | None:
    cognito, scope = _client(clients, known), _scope(risk_id)
    answer = found(lambda: cognito.describe_risk_configuration(**scope), _GONE)
    risks = (answer or {}).get("RiskConfiguration", {})
    now = {name: from_shape(risks[aws], _RISK_NAMES) for name, aws in _RISKS.items() if risks.get(aws)}
    if not now:
        return None
    client = {"clientId": scope["ClientId"]} if "ClientId" in scope else {}
    return {**emptied(known, now, _RISKS), **now, **client, "userPoolId": scope["UserPoolId"]}


def _remove_risk(clients: Clients, risk_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    found(lambda: cognito.set_risk_configuration(**_scope(risk_id)), _GONE)


def _make_logs(clients: Clients, inputs: Properties) -> str:
    _change_logs(clients, inputs["userPoolId"], {}, {}, inputs)
    return inputs["userPoolId"]


def _change_logs(clients: Clients, pool: str, _: Properties, _old: Properties, new: Properties) -> None:
    logs = to_shape(new["logConfigurations"], {})
    _client(clients, new).set_log_delivery_configuration(UserPoolId=pool, LogConfigurations=logs)


def _describe_logs(clients: Clients, pool: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    answer = found(lambda: cognito.get_log_delivery_configuration(UserPoolId=pool), _GONE)
    logs = from_shape((answer or {}).get("LogDeliveryConfiguration", {}).get("LogConfigurations", []), {})
    if not logs:
        return None
    order = [each["eventSource"] for each in known.get("logConfigurations", [])]
    logs.sort(key=lambda each: order.index(each["eventSource"]) if each["eventSource"] in order else len(order))
    return {"userPoolId": pool, "logConfigurations": logs}


def _remove_logs(clients: Clients, pool: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    found(lambda: cognito.set_log_delivery_configuration(UserPoolId=pool, LogConfigurations=[]), _GONE)


def _style(properties: Properties) -> dict[str, Any]:
    style: dict[str, Any] = {}
    if "settings" in properties:
        style["Settings"] = json.loads(properties["settings"])
    if "useCognitoProvidedValues" in properties:
        style["UseCognitoProvidedValues"] = properties["useCognitoProvidedValues"]
    if "assets" in properties:
        # boto3 encodes the bytes itself; the provider takes them encoded.
        style["Assets"] = [
            {**to_shape(each, {}), **({"Bytes": base64.b64decode(each["bytes"])} if "bytes" in each else {})}
            for each in properties["assets"]
        ]
    return style


def _make_branding(clients: Clients, inputs: Properties) -> str:
    pool, client = inputs["userPoolId"], inputs["clientId"]
    answer = _client(clients, inputs).create_managed_login_branding(UserPoolId=pool, ClientId=client, **_style(inputs))
    return f"{pool},{answer['ManagedLoginBranding']['ManagedLoginBrandingId']}"


def _describe_branding(clients: Clients, branding_id: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    pool, number = branding_id.split(",", 1)
    ids = {"UserPoolId": pool, "ManagedLoginBrandingId": number}
    answer = found(lambda: cognito.describe_managed_login_branding(**ids), _GONE)
    if answer is None:
        return None
    branding = answer["ManagedLoginBranding"]
    settings = branding.get("Settings") or {}
    now: Properties = {
        "managedLoginBrandingId": number,
        "userPoolId": pool,
        "useCognitoProvidedValues": branding.get("UseCognitoProvidedValues", False),
        "settingsAll": json.dumps(settings, sort_keys=True),
    }
    if settings or "settings" in known:
        same = "settings" in known and json.loads(known["settings"]) == settings
        now["settings"] = known["settings"] if same else json.dumps(settings)
    assets = [_asset(each) for each in branding.get("Assets", [])]
    if assets or "assets" in known:
        now["assets"] = assets
    return now


def _asset(asset: dict[str, Any]) -> Properties:
    encoded = {"Bytes": base64.b64encode(asset["Bytes"]).decode()} if "Bytes" in asset else {}
    return from_shape({**asset, **encoded}, {})


def _change_branding(clients: Clients, branding_id: str, _: Properties, _old: Properties, new: Properties) -> None:
    pool, number = branding_id.split(",", 1)
    _client(clients, new).update_managed_login_branding(UserPoolId=pool, ManagedLoginBrandingId=number, **_style(new))


def _remove_branding(clients: Clients, branding_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    pool, number = branding_id.split(",", 1)
    found(lambda: cognito.delete_managed_login_branding(UserPoolId=pool, ManagedLoginBrandingId=number), _GONE)


def _validate_branding(inputs: Properties) -> list[tuple[str, str]]:
    if ("settings" in inputs) == ("useCognitoProvidedValues" in inputs):
        return [("settings", "exactly one of settings and useCognitoProvidedValues must be given")]
    return []


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cognito/riskConfiguration:RiskConfiguration",
            make=_make_risk,
            describe=_describe_risk,
            change=_change_risk,
            remove=_remove_risk,
            required=frozenset({"userPoolId"}),
            replace_on=frozenset({"clientId", "userPoolId"}),
            unordered=frozenset(
                {
                    "compromisedCredentialsRiskConfiguration.eventFilters",
                    "riskExceptionConfiguration.blockedIpRangeLists",
                    "riskExceptionConfiguration.skippedIpRangeLists",
                }
            ),
        ),
        handler(
            "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration",
            make=_make_logs,
            describe=_describe_logs,
            change=_change_logs,
            remove=_remove_logs,
            required=frozenset({"logConfigurations", "userPoolId"}),
            replace_on=frozenset({"userPoolId"}),
            unordered=frozenset({"logConfigurations"}),
        ),
        handler(
            "aws:cognito/managedLoginBranding:ManagedLoginBranding",
            make=_make_branding,
            describe=_describe_branding,
            change=_change_branding,
            remove=_remove_branding,
            required=frozenset({"clientId", "userPoolId"}),
            replace_on=frozenset({"assets", "clientId", "userPoolId"}),
            unordered=frozenset({"assets"}),
            validate=_validate_branding,
        ),
    )
}
