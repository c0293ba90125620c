"""What moto has no calls for: reactions to risk, delivery of logs, branding of managed login, resource servers."""

import base64
import uuid
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.cognito_pool_rules import PLUS
from pulumi_aws_sandbox.gaps.cognito_pool_settings import tier
from pulumi_aws_sandbox.gaps.cognito_refusals import MISSING, NOT_IN_TIER, refuse, require
from pulumi_aws_sandbox.gaps.patching import replace

_RISKS = (
    "CompromisedCredentialsRiskConfiguration",
    "AccountTakeoverRiskConfiguration",
    "RiskExceptionConfiguration",
)
_DESTINATIONS = ("CloudWatchLogsConfiguration", "S3Configuration", "FirehoseConfiguration")
_LEVELS = {"userNotification": "ERROR", "userAuthEvents": "INFO"}
_MOST_LOGS = 2
_MOST_ASSETS = 40
_MOST_SCOPES = 100


def fill() -> None:
    """Add the calls."""
    from moto.cognitoidp.responses import (  # noqa: PLC0415 - moto loads only when something is deployed
        CognitoIdpResponse,
    )

    for name, operation in _ADDED.items():
        replace(CognitoIdpResponse, name, lambda _, added=operation: _answering(added))


def risk_configuration(pool: Any, client_id: str | None = None) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    """Return how a pool reacts to risk, for one app client if that has settings of its own."""
    kept = vars(pool).get("risk_configurations", {})
    return kept.get(client_id) or kept.get(None) or {}


def _answering(operation: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> Callable[..., Any]:
    def respond(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

        given = self.parameters
        return ActionResult(operation(self.backend.describe_user_pool(given["UserPoolId"]), given))

    return respond


def _set_risk(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    client = given.get("ClientId")
    if client is not None and client not in pool.clients:
        refuse(MISSING, f"User pool client {client} does not exist.")
    risks = {name: given[name] for name in _RISKS if given.get(name)}
    kept = vars(pool).setdefault("risk_configurations", {})
    if not risks:
        kept.pop(client, None)
        return {"RiskConfiguration": _risk(pool, client, {})}
    mode = (pool.extended_config.get("UserPoolAddOns") or {}).get("AdvancedSecurityMode", "OFF")
    require(mode != "OFF", "User pool add-on is not enabled.", "UserPoolAddOnNotEnabledException")
    takeover = risks.get("AccountTakeoverRiskConfiguration") or {}
    notifies = any(each and each.get("Notify") for each in (takeover.get("Actions") or {}).values())
    told = "NotifyConfiguration" in takeover
    require(told or not notifies, "AccountTakeoverRiskConfiguration notifies and has no NotifyConfiguration.")
    kept[client] = risks
    return {"RiskConfiguration": _risk(pool, client, risks)}


def _describe_risk(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    client = given.get("ClientId")
    return {"RiskConfiguration": _risk(pool, client, vars(pool).get("risk_configurations", {}).get(client, {}))}


def _risk(pool: Any, client: str | None, risks: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    return {"UserPoolId": pool.id, **({"ClientId": client} if client else {}), **risks}


def _set_logs(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    logs = given["LogConfigurations"]
    require(len(logs) <= _MOST_LOGS, f"A user pool delivers at most {_MOST_LOGS} kinds of logs.")
    sources = [each["EventSource"] for each in logs]
    require(len(set(sources)) == len(sources), f"An event source is given twice: {sources}.")
    for each in logs:
        source, level = each["EventSource"], each["LogLevel"]
        require(source in _LEVELS, f"EventSource must be one of {sorted(_LEVELS)}: {source}.")
        require(level == _LEVELS[source], f"The LogLevel of {source} is {_LEVELS[source]}: {level}.")
        if source == "userAuthEvents":
            require(tier(pool) == PLUS, "userAuthEvents are only available in the Plus feature plan.", NOT_IN_TIER)
        given_to = [name for name in _DESTINATIONS if each.get(name)]
        require(len(given_to) == 1, f"The logs of {source} need one destination: {given_to}.")
    pool.log_delivery = logs
    return _get_logs(pool, given)


def _get_logs(pool: Any, _: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    logs = vars(pool).get("log_delivery", [])
    return {"LogDeliveryConfiguration": {"UserPoolId": pool.id, "LogConfigurations": logs}}


def _brandings(pool: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - moto's own types
    return vars(pool).setdefault("brandings", {})


def _create_branding(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    client = given["ClientId"]
    if client not in pool.clients:
        refuse(MISSING, f"User pool client {client} does not exist.")
    taken = any(each["ClientId"] == client for each in _brandings(pool).values())
    require(not taken, "Managed login branding exists already.", "ManagedLoginBrandingExistsException")
    made = {"ManagedLoginBrandingId": str(uuid.uuid4()), "UserPoolId": pool.id, "ClientId": client, **_style(given)}
    _brandings(pool)[made["ManagedLoginBrandingId"]] = made
    return {"ManagedLoginBranding": _shown(made)}


def _update_branding(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    branding = _branding(pool, given)
    branding |= {"Settings": branding["Settings"], "Assets": branding["Assets"], **_style(given)}
    return {"ManagedLoginBranding": _shown(branding)}


def _style(given: dict[str, Any]) -> dict[str, Any]:
    settings, assets = given.get("Settings"), given.get("Assets") or []
    provided = given.get("UseCognitoProvidedValues", False)
    require(
        not (provided and (settings or assets)), "UseCognitoProvidedValues cannot be joined with Settings or Assets."
    )
    require(len(assets) <= _MOST_ASSETS, f"A branding style has at most {_MOST_ASSETS} assets.")
    style: dict[str, Any] = {"UseCognitoProvidedValues": provided}
    if settings is not None or provided:
        style["Settings"] = settings or {}
    if "Assets" in given or provided:
        # moto encodes blobs as it answers.
        style["Assets"] = [
            {**each, **({"Bytes": base64.b64decode(each["Bytes"])} if "Bytes" in each else {})} for each in assets
        ]
    return {"Settings": {}, "Assets": [], **style} if "ClientId" in given else style


def _branding(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    branding = _brandings(pool).get(given["ManagedLoginBrandingId"])
    if branding is None:
        refuse(MISSING, f"Managed login branding {given['ManagedLoginBrandingId']} does not exist.")
    return branding


def _describe_branding(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    return {"ManagedLoginBranding": _shown(_branding(pool, given))}


def _describe_branding_by_client(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    found = next((each for each in _brandings(pool).values() if each["ClientId"] == given["ClientId"]), None)
    if found is None:
        refuse(MISSING, f"User pool client {given['ClientId']} has no managed login branding.")
    return {"ManagedLoginBranding": _shown(found)}


def _shown(branding: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in branding.items() if name != "ClientId"}


def _delete_branding(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    _branding(pool, given)
    del _brandings(pool)[given["ManagedLoginBrandingId"]]
    return {}


def _update_server(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    server, scopes = _server(pool, given), given.get("Scopes") or []
    require(len(scopes) <= _MOST_SCOPES, f"A resource server has at most {_MOST_SCOPES} scopes.")
    server.name, server.scopes = given["Name"], scopes
    return {"ResourceServer": server.to_json()}


def _delete_server(pool: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
    del pool.resource_servers[_server(pool, given).identifier]
    return {}


def _server(pool: Any, given: dict[str, Any]) -> Any:  # noqa: ANN401 - moto's own types
    if given["Identifier"] not in pool.resource_servers:
        refuse(MISSING, f"Resource server {given['Identifier']} does not exist.")
    return pool.resource_servers[given["Identifier"]]


_ADDED = {
    "set_risk_configuration": _set_risk,
    "describe_risk_configuration": _describe_risk,
    "set_log_delivery_configuration": _set_logs,
    "get_log_delivery_configuration": _get_logs,
    "create_managed_login_branding": _create_branding,
    "update_managed_login_branding": _update_branding,
    "describe_managed_login_branding": _describe_branding,
    "describe_managed_login_branding_by_client": _describe_branding_by_client,
    "delete_managed_login_branding": _delete_branding,
    "update_resource_server": _update_server,
    "delete_resource_server": _delete_server,
}
