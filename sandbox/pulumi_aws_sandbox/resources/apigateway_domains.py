"""Custom domain names of API Gateway and the paths below them."""

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._apigateway import GONE, apigateway, arn, changed, moment, retag, tags_of
from pulumi_aws_sandbox.resources._make import found, handler

_NO_BASE_PATH = "(none)"
_GIVEN = (
    "certificateArn",
    "certificateBody",
    "certificateChain",
    "certificateName",
    "certificatePrivateKey",
    "domainName",
    "endpointAccessMode",
    "mutualTlsAuthentication",
    "ownershipVerificationCertificateArn",
    "policy",
    "regionalCertificateArn",
    "regionalCertificateName",
    "routingMode",
    "securityPolicy",
    "tags",
)
_CHANGED = {
    name: f"/{name}"
    for name in (
        "certificateArn",
        "endpointAccessMode",
        "ownershipVerificationCertificateArn",
        "policy",
        "regionalCertificateArn",
        "routingMode",
        "securityPolicy",
    )
}
_READ = ("certificateArn", "endpointAccessMode", "ownershipVerificationCertificateArn", "regionalCertificateArn")
_READ += ("policy", "routingMode", "securityPolicy", "mutualTlsAuthentication")
_OUTPUTS = {
    "cloudfrontDomainName": "distributionDomainName",
    "cloudfrontZoneId": "distributionHostedZoneId",
    "domainNameId": "domainNameId",
    "regionalDomainName": "regionalDomainName",
    "regionalZoneId": "regionalHostedZoneId",
}


def _make_domain(clients: Clients, inputs: Properties) -> str:
    given = {name: inputs[name] for name in _GIVEN if inputs.get(name)}
    endpoint = inputs.get("endpointConfiguration")
    if endpoint:
        address = {"ipAddressType": endpoint["ipAddressType"]} if endpoint.get("ipAddressType") else {}
        given["endpointConfiguration"] = {"types": [endpoint["types"]], **address}
    return apigateway(clients, inputs).create_domain_name(**given)["domainName"]


def _describe_domain(clients: Clients, name: str, known: Properties) -> Properties | None:
    answer = found(lambda: apigateway(clients, known).get_domain_name(domainName=name), GONE)
    if answer is None:
        return None
    endpoint = answer["endpointConfiguration"]
    address = {"ipAddressType": endpoint["ipAddressType"]} if "ipAddressType" in endpoint else {}
    return {
        **{key: answer[key] for key in _READ if key in answer},
        **{key: answer.get(aws, "") for key, aws in _OUTPUTS.items()},
        "arn": arn(clients, known, f"/domainnames/{name}"),
        "certificateUploadDate": moment(answer.get("certificateUploadDate")),
        "domainName": name,
        "endpointConfiguration": {"types": endpoint["types"][0], **address},
        **tags_of(answer, known),
    }


def _change_domain(clients: Clients, name: str, outputs: Properties, old: Properties, new: Properties) -> None:
    gateway = apigateway(clients, new)
    retag(gateway, outputs["arn"], old, new)
    operations = list(changed(old, new, _CHANGED, None))
    if operations:
        gateway.update_domain_name(domainName=name, patchOperations=operations)


def _remove_domain(clients: Clients, name: str, outputs: Properties) -> None:
    found(lambda: apigateway(clients, outputs).delete_domain_name(domainName=name), GONE)


def _mapping_ids(mapping_id: str) -> dict[str, str]:
    domain, _, path = mapping_id.partition("/")
    return {"domainName": domain, "basePath": path or _NO_BASE_PATH}


def _make_mapping(clients: Clients, inputs: Properties) -> str:
    given = {"domainName": inputs["domainName"], "restApiId": inputs["restApi"]}
    given |= {
        aws: inputs[name] for name, aws in {"basePath": "basePath", "stageName": "stage"}.items() if inputs.get(name)
    }
    apigateway(clients, inputs).create_base_path_mapping(**given)
    return f"{inputs['domainName']}/{inputs.get('basePath', '')}"


def _describe_mapping(clients: Clients, mapping_id: str, known: Properties) -> Properties | None:
    ids = _mapping_ids(mapping_id)
    answer = found(lambda: apigateway(clients, known).get_base_path_mapping(**ids), GONE)
    if answer is None:
        return None
    path = "" if answer["basePath"] == _NO_BASE_PATH else answer["basePath"]
    optional = {"basePath": path, "stageName": answer.get("stage", "")}
    shown = {name: value for name, value in optional.items() if value or name in known}
    return {"domainName": ids["domainName"], "restApi": answer["restApiId"], **shown}


def _change_mapping(clients: Clients, mapping_id: str, _: Properties, old: Properties, new: Properties) -> None:
    operations = list(changed(old, new, {"restApi": "/restApiId", "stageName": "/stage"}))
    if operations:
        apigateway(clients, new).update_base_path_mapping(**_mapping_ids(mapping_id), patchOperations=operations)


def _remove_mapping(clients: Clients, mapping_id: str, outputs: Properties) -> None:
    gateway = apigateway(clients, outputs)
    found(lambda: gateway.delete_base_path_mapping(**_mapping_ids(mapping_id)), GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:apigateway/basePathMapping:BasePathMapping",
            make=_make_mapping,
            describe=_describe_mapping,
            change=_change_mapping,
            remove=_remove_mapping,
            required=frozenset({"domainName", "restApi"}),
            replace_on=frozenset({"basePath", "domainName", "domainNameId"}),
        ),
        handler(
            "aws:apigateway/domainName:DomainName",
            make=_make_domain,
            describe=_describe_domain,
            change=_change_domain,
            remove=_remove_domain,
            required=frozenset({"domainName"}),
            replace_on=frozenset(
                {
                    "certificateBody",
                    "certificateChain",
                    "certificateName",
                    "certificatePrivateKey",
                    "domainName",
                    "endpointConfiguration",
                    "mutualTlsAuthentication",
                    "regionalCertificateName",
                }
            ),
        ),
    )
}
