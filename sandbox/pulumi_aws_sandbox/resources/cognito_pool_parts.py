"""Parts of a user pool: domain, groups, identity providers, resource servers."""

from typing import Any

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, from_aws, handler, to_aws
from pulumi_aws_sandbox.resources._shapes import from_shape, in_known_order, to_shape

_GONE = "ResourceNotFoundException"
# The zone of every CloudFront distribution.
_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
_GROUP = {"description": "Description", "precedence": "Precedence", "roleArn": "RoleArn"}
_PROVIDER = {
    "attributeMapping": "AttributeMapping",
    "idpIdentifiers": "IdpIdentifiers",
    "providerDetails": "ProviderDetails",
}


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "cognito-idp", properties)


def _domain_request(properties: Properties) -> dict[str, Any]:
    request = {"Domain": properties["domain"], "UserPoolId": properties["userPoolId"]}
    if "managedLoginVersion" in properties:
        request["ManagedLoginVersion"] = properties["managedLoginVersion"]
    if "certificateArn" in properties:
        request["CustomDomainConfig"] = {"CertificateArn": properties["certificateArn"]}
    return request


def _make_domain(clients: Clients, inputs: Properties) -> str:
    _client(clients, inputs).create_user_pool_domain(**_domain_request(inputs))
    return inputs["domain"]


def _change_domain(clients: Clients, _: str, outputs: Properties, _old: Properties, new: Properties) -> None:
    kept = {name: outputs[name] for name in ("managedLoginVersion",) if name in outputs}
    _client(clients, new).update_user_pool_domain(**_domain_request(kept | new))


def _describe_domain(clients: Clients, domain: str, known: Properties) -> Properties | None:
    answer = _client(clients, known).describe_user_pool_domain(Domain=domain)["DomainDescription"]
    if not answer.get("Status"):
        return None
    distribution = answer["CloudFrontDistribution"]
    certificate = answer.get("CustomDomainConfig", {}).get("CertificateArn")
    return {
        "domain": domain,
        "userPoolId": answer["UserPoolId"],
        "awsAccountId": answer["AWSAccountId"],
        "cloudfrontDistribution": distribution,
        "cloudfrontDistributionArn": distribution,
        "cloudfrontDistributionZoneId": _CLOUDFRONT_ZONE,
        "managedLoginVersion": answer["ManagedLoginVersion"],
        "s3Bucket": answer["S3Bucket"],
        "version": answer["Version"],
        **({"certificateArn": certificate} if certificate else {}),
    }


def _remove_domain(clients: Clients, domain: str, outputs: Properties) -> None:
    cognito, pool = _client(clients, outputs), outputs["userPoolId"]
    found(lambda: cognito.delete_user_pool_domain(Domain=domain, UserPoolId=pool), _GONE)


def _make_group(clients: Clients, inputs: Properties) -> str:
    pool, name = inputs["userPoolId"], inputs["name"]
    _client(clients, inputs).create_group(UserPoolId=pool, GroupName=name, **to_aws(inputs, _GROUP))
    return f"{pool}/{name}"


def _describe_group(clients: Clients, group_id: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    pool, name = group_id.split("/", 1)
    answer = found(lambda: cognito.get_group(UserPoolId=pool, GroupName=name), _GONE)
    if answer is None:
        return None
    now = {key: value for key, value in from_aws(answer["Group"], _GROUP).items() if value != "" or key in known}
    return {**now, "name": name, "userPoolId": pool}


def _change_group(clients: Clients, group_id: str, _: Properties, old: Properties, new: Properties) -> None:
    pool, name = group_id.split("/", 1)
    empty = {"description": "", "precedence": 0, "roleArn": ""}
    changed = {key: new.get(key, empty[key]) for key in _GROUP if new.get(key) != old.get(key)}
    _client(clients, new).update_group(UserPoolId=pool, GroupName=name, **to_aws(changed, _GROUP))


def _remove_group(clients: Clients, group_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    pool, name = group_id.split("/", 1)
    found(lambda: cognito.delete_group(UserPoolId=pool, GroupName=name), _GONE)


def _make_provider(clients: Clients, inputs: Properties) -> str:
    pool, name = inputs["userPoolId"], inputs["providerName"]
    _client(clients, inputs).create_identity_provider(
        UserPoolId=pool, ProviderName=name, ProviderType=inputs["providerType"], **to_aws(inputs, _PROVIDER)
    )
    return f"{pool}:{name}"


def _describe_provider(clients: Clients, provider_id: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    pool, name = provider_id.split(":", 1)
    answer = found(lambda: cognito.describe_identity_provider(UserPoolId=pool, ProviderName=name), _GONE)
    if answer is None:
        return None
    provider = answer["IdentityProvider"]
    return {
        **from_aws(provider, _PROVIDER),
        "providerName": name,
        "providerType": provider["ProviderType"],
        "userPoolId": pool,
    }


def _change_provider(clients: Clients, provider_id: str, _: Properties, old: Properties, new: Properties) -> None:
    pool, name = provider_id.split(":", 1)
    changed = {key: new[key] for key in _PROVIDER if key in new and new[key] != old.get(key)}
    if "idpIdentifiers" in old and "idpIdentifiers" not in new:
        changed["idpIdentifiers"] = []
    _client(clients, new).update_identity_provider(UserPoolId=pool, ProviderName=name, **to_aws(changed, _PROVIDER))


def _remove_provider(clients: Clients, provider_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    pool, name = provider_id.split(":", 1)
    found(lambda: cognito.delete_identity_provider(UserPoolId=pool, ProviderName=name), _GONE)


def _server_request(properties: Properties) -> dict[str, Any]:
    return {
        "UserPoolId": properties["userPoolId"],
        "Identifier": properties["identifier"],
        "Name": properties["name"],
        "Scopes": to_shape(properties.get("scopes", []), {}),
    }


def _make_server(clients: Clients, inputs: Properties) -> str:
    _client(clients, inputs).create_resource_server(**_server_request(inputs))
    return f"{inputs['userPoolId']}|{inputs['identifier']}"


def _change_server(clients: Clients, _: str, _outputs: Properties, _old: Properties, new: Properties) -> None:
    _client(clients, new).update_resource_server(**_server_request(new))


def _describe_server(clients: Clients, server_id: str, known: Properties) -> Properties | None:
    cognito = _client(clients, known)
    pool, identifier = server_id.split("|", 1)
    answer = found(lambda: cognito.describe_resource_server(UserPoolId=pool, Identifier=identifier), _GONE)
    if answer is None:
        return None
    server = answer["ResourceServer"]
    scopes = in_known_order(known.get("scopes", []), from_shape(server.get("Scopes", []), {}))
    return {
        "identifier": identifier,
        "name": server["Name"],
        "userPoolId": pool,
        "scopeIdentifiers": [f"{identifier}/{each['scopeName']}" for each in scopes],
        **({"scopes": scopes} if scopes or "scopes" in known else {}),
    }


def _remove_server(clients: Clients, server_id: str, outputs: Properties) -> None:
    cognito = _client(clients, outputs)
    pool, identifier = server_id.split("|", 1)
    found(lambda: cognito.delete_resource_server(UserPoolId=pool, Identifier=identifier), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:cognito/userPoolDomain:UserPoolDomain",
            make=_make_domain,
            describe=_describe_domain,
            change=_change_domain,
            remove=_remove_domain,
            required=frozenset({"domain", "userPoolId"}),
            replace_on=frozenset({"domain", "userPoolId"}),
        ),
        handler(
            "aws:cognito/userGroup:UserGroup",
            make=_make_group,
            describe=_describe_group,
            change=_change_group,
            remove=_remove_group,
            required=frozenset({"userPoolId"}),
            replace_on=frozenset({"name", "userPoolId"}),
            auto_name=AutoName("name", 128),
        ),
        handler(
            "aws:cognito/identityProvider:IdentityProvider",
            make=_make_provider,
            describe=_describe_provider,
            change=_change_provider,
            remove=_remove_provider,
            required=frozenset({"providerDetails", "providerName", "providerType", "userPoolId"}),
            replace_on=frozenset({"providerName", "providerType", "userPoolId"}),
        ),
        handler(
            "aws:cognito/resourceServer:ResourceServer",
            make=_make_server,
            describe=_describe_server,
            change=_change_server,
            remove=_remove_server,
            required=frozenset({"identifier", "userPoolId"}),
            replace_on=frozenset({"identifier", "userPoolId"}),
            auto_name=AutoName("name", 256),
            unordered=frozenset({"scopes"}),
        ),
    )
}
