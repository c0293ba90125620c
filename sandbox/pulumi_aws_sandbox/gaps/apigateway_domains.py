"""Custom domain names with certificates that exist, that change in place, and their base paths."""

import json
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.connection import ACCOUNT
from pulumi_aws_sandbox.gaps import apigateway_patches as patches
from pulumi_aws_sandbox.gaps.apigateway_refusals import CONFLICT, NOT_FOUND, refuse, require
from pulumi_aws_sandbox.gaps.patching import replace

_KEPT = (
    "endpointAccessMode",
    "mutualTlsAuthentication",
    "ownershipVerificationCertificateArn",
    "policy",
    "routingMode",
)
_POLICIES = {"TLS_1_0", "TLS_1_2"}
_NO_BASE_PATH = "(none)"
_BASE_PATH = "Invalid base path mapping identifier specified"


def fill() -> None:
    """Teach moto's domain names and base path mappings."""
    from moto.apigateway.models import APIGatewayBackend, DomainName  # noqa: PLC0415 - moto loads only when deploying
    from moto.apigateway.responses import APIGatewayResponse  # noqa: PLC0415 - as above

    replace(APIGatewayResponse, "create_domain_name", _creating)
    replace(APIGatewayResponse, "update_domain_name", lambda _: _update)
    replace(APIGatewayBackend, "delete_domain_name", _deleting)
    replace(APIGatewayBackend, "create_base_path_mapping", _mapping)
    replace(APIGatewayBackend, "get_base_path_mapping", lambda _: _get_mapping)
    replace(APIGatewayBackend, "delete_base_path_mapping", lambda _: _delete_mapping)
    replace(APIGatewayBackend, "update_base_path_mapping", lambda _: _update_mapping)
    replace(DomainName, "to_json", _describing)


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = json.loads(self.body)
        name = str(given.get("domainName", ""))
        require(name not in self.backend.domain_names, "The domain name you provided already exists.", CONFLICT)
        types = (given.get("endpointConfiguration") or {}).get("types") or ["EDGE"]
        regional = given.get("regionalCertificateArn")
        arn = regional if "REGIONAL" in types else given.get("certificateArn")
        if arn is None and not given.get("certificateBody"):
            missing = "regionalCertificateArn" if "REGIONAL" in types else "certificateArn"
            refuse(f"A {missing} must be specified for a domain name with the endpoint type {types[0]}")
        _check_certificate(self, arn, name, types)
        policy = given.get("securityPolicy")
        known = policy is None or policy in _POLICIES or str(policy).startswith("SecurityPolicy_")
        require(known, f"Invalid security policy: {policy}")
        answer = original(self)
        domain = self.backend.get_domain_name(name)
        domain.endpoint_configuration = {"ipAddressType": "ipv4", **(domain.endpoint_configuration or {"types": types})}
        domain.security_policy = domain.security_policy or "TLS_1_2"
        domain.sandbox_settings = {key: given[key] for key in _KEPT if given.get(key) is not None}
        domain.sandbox_regional = "REGIONAL" in types
        return answer[0], answer[1], json.dumps(domain.to_json())

    return create


def _check_certificate(self: Any, arn: str | None, domain: str, types: list[str]) -> None:  # noqa: ANN401 - moto's own types
    """Refuse a certificate that is not there, not issued or of other names."""
    from moto.acm.models import acm_backends  # noqa: PLC0415 - moto loads only when deploying

    if arn is None:
        return
    region = self.region if "REGIONAL" in types else "us-east-1"
    found = acm_backends[ACCOUNT][region]._certificates.get(arn)  # noqa: SLF001 - moto offers no way without an error
    if found is None:
        refuse(f"Invalid certificate ARN: {arn}. Certificate must be in '{region}'.")
    require(found.status == "ISSUED", f"The certificate {arn} must be in the state ISSUED.")
    covered = any(_covers(name, domain) for name in {found.common_name, *found.sans})
    require(covered, f"The domain name to be created is not covered by the provided certificate: {domain}")


def _covers(pattern: str, domain: str) -> bool:
    if pattern.startswith("*."):
        return domain.partition(".")[2] == pattern[2:]
    return pattern.lower() == domain.lower()


def _update(self: Any) -> str:  # noqa: ANN401 - moto's own types
    domain = self.backend.get_domain_name(self.path.split("/")[2])
    types = (domain.endpoint_configuration or {}).get("types", ["EDGE"])

    def certificate(attribute: str) -> patches.Apply:
        def do(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
            _check_certificate(self, value, domain.domain_name, types)
            setattr(domain, attribute, value)

        return do

    def setting(name: str) -> patches.Apply:
        def do(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
            kept = {key: each for key, each in vars(domain).get("sandbox_settings", {}).items() if key != name}
            domain.sandbox_settings = kept if kind == "remove" else {**kept, name: value}

        return do

    known = {
        "/certificateArn": certificate("certificate_arn"),
        "/certificateName": patches.text(domain, "certificate_name"),
        "/regionalCertificateArn": certificate("regional_certificate_arn"),
        "/regionalCertificateName": patches.text(domain, "regional_certificate_name"),
        "/securityPolicy": patches.text(domain, "security_policy"),
        **{f"/{name}": setting(name) for name in _KEPT if name != "mutualTlsAuthentication"},
    }
    patches.apply(self._get_param("patchOperations"), known)
    return json.dumps(domain.to_json())


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, domain_name: str) -> None:  # noqa: ANN401 - moto's own types
        original(self, domain_name)
        self.base_path_mappings.pop(domain_name, None)

    return delete


def _mapping(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, domain_name: str, rest_api_id: str, base_path: str, stage: str) -> Any:  # noqa: ANN401 - moto's own types
        taken = (base_path or _NO_BASE_PATH) in self.base_path_mappings.get(domain_name, {})
        require(not taken, "Base path already exists for this domain name", CONFLICT)
        return original(self, domain_name, rest_api_id, None if base_path == _NO_BASE_PATH else base_path, stage)

    return create


def _get_mapping(self: Any, domain_name: str, base_path: str) -> Any:  # noqa: ANN401 - moto's own types
    self.get_domain_name(domain_name)
    found = self.base_path_mappings.get(domain_name, {}).get(base_path or _NO_BASE_PATH)
    if found is None:
        refuse(_BASE_PATH, NOT_FOUND)
    return found


def _delete_mapping(self: Any, domain_name: str, base_path: str) -> None:  # noqa: ANN401 - moto's own types
    found = self.get_base_path_mapping(domain_name, base_path)
    self.base_path_mappings[domain_name].pop(found.base_path)


def _update_mapping(self: Any, domain_name: str, base_path: str, operations: Any) -> Any:  # noqa: ANN401 - moto's own types
    found = self.get_base_path_mapping(domain_name, base_path)
    before = found.base_path

    def api(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        require(value in self.apis, "Invalid REST API identifier specified")
        found.rest_api_id = value

    def stage(kind: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        known = kind == "remove" or not value or value in self.apis[found.rest_api_id].stages
        require(known, "Invalid stage identifier specified")
        found.stage = None if kind == "remove" else value or None

    def path(_: str, value: Any) -> None:  # noqa: ANN401 - any JSON
        wanted = value or _NO_BASE_PATH
        taken = wanted != before and wanted in self.base_path_mappings[domain_name]
        require(not taken, "Base path already exists for this domain name", CONFLICT)
        found.base_path = wanted

    # API Gateway writes the API's id in both ways.
    patches.apply(operations, {"/basePath": path, "/restApiId": api, "/restapiId": api, "/stage": stage})
    mappings = self.base_path_mappings[domain_name]
    mappings.pop(before)
    mappings[found.base_path] = found
    return found


def _describing(original: Callable[..., Any]) -> Callable[..., Any]:
    def to_json(self: Any) -> dict[str, Any]:  # noqa: ANN401 - moto's own types
        answer = {**original(self), **vars(self).get("sandbox_settings", {})}
        gone = (
            ("distributionDomainName", "distributionHostedZoneId", "certificateUploadDate")
            if vars(self).get("sandbox_regional")
            else ("regionalDomainName", "regionalHostedZoneId")
        )
        answer["domainNameArn"] = f"arn:aws:apigateway:{_region(self)}::/domainnames/{self.domain_name}"
        return {name: value for name, value in answer.items() if name not in gone and value is not None}

    return to_json


def _region(domain: Any) -> str:  # noqa: ANN401 - moto's own types
    return domain.regional_domain_name.split(".")[2]
