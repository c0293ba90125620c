"""Certificates of ACM, which the sandbox issues at once, and the wait for them."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, tag_changes, tag_list, tags_from

_GONE = "ResourceNotFoundException"
_OPTIONS = {
    "certificateTransparencyLoggingPreference": "CertificateTransparencyLoggingPreference",
    "export": "Export",
}
_IMPORT = {"certificateBody": "Certificate", "certificateChain": "CertificateChain", "privateKey": "PrivateKey"}


def _client(clients: Clients, properties: Properties) -> Any:  # noqa: ANN401 - a boto3 client
    return client_of(clients, "acm", properties)


def _make_certificate(clients: Clients, inputs: Properties) -> str:
    acm = _client(clients, inputs)
    tags = {"Tags": tag_list(inputs)} if inputs.get("tags") else {}
    if "privateKey" in inputs:
        return acm.import_certificate(**_imported(inputs), **tags)["CertificateArn"]
    given: dict[str, Any] = {"DomainName": inputs["domainName"], "ValidationMethod": inputs["validationMethod"]}
    if inputs.get("subjectAlternativeNames"):
        given["SubjectAlternativeNames"] = inputs["subjectAlternativeNames"]
    if inputs.get("options"):
        given["Options"] = {aws: inputs["options"][name] for name, aws in _OPTIONS.items() if name in inputs["options"]}
    return acm.request_certificate(**given, **tags)["CertificateArn"]


def _imported(inputs: Properties) -> dict[str, bytes]:
    return {aws: inputs[name].encode() for name, aws in _IMPORT.items() if name in inputs}


def _describe_certificate(clients: Clients, arn: str, known: Properties) -> Properties | None:
    acm = _client(clients, known)
    answer = found(lambda: acm.describe_certificate(CertificateArn=arn), _GONE)
    if answer is None:
        return None
    certificate = answer["Certificate"]
    domain = certificate["DomainName"]
    names = sorted({domain, *certificate["SubjectAlternativeNames"]})
    given = known.get("subjectAlternativeNames")
    # The provider shows the domain among the names, and reads what the program left out as no difference.
    shown = given if given is not None and {domain, *given} == set(names) else names
    imported = certificate["Type"] == "IMPORTED"
    method = {} if imported else {"validationMethod": known.get("validationMethod", "DNS")}
    options = {name: certificate["Options"][aws] for name, aws in _OPTIONS.items() if aws in certificate["Options"]}
    return {
        **method,
        "arn": arn,
        "domainName": domain,
        "domainValidationOptions": [] if imported else _validations(certificate),
        "keyAlgorithm": certificate["KeyAlgorithm"],
        "notAfter": certificate["NotAfter"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "notBefore": certificate["NotBefore"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        "options": options,
        "pendingRenewal": False,
        "renewalEligibility": certificate["RenewalEligibility"],
        "renewalSummaries": [],
        "status": certificate["Status"],
        "subjectAlternativeNames": shown,
        "type": certificate["Type"],
        "validationEmails": [],
        **tags_from(acm.list_tags_for_certificate(CertificateArn=arn)["Tags"], known),
    }


def _validations(certificate: dict[str, Any]) -> list[Properties]:
    """Return the records that prove the domains; one proves a domain and its wildcard."""
    return [
        {
            "domainName": each["DomainName"],
            "resourceRecordName": each["ResourceRecord"]["Name"],
            "resourceRecordType": each["ResourceRecord"]["Type"],
            "resourceRecordValue": each["ResourceRecord"]["Value"],
        }
        for each in sorted(certificate.get("DomainValidationOptions", []), key=lambda each: each["DomainName"])
    ]


def _change_certificate(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    acm = _client(clients, new)
    gone, put = tag_changes(old, new)
    if gone:
        acm.remove_tags_from_certificate(CertificateArn=arn, Tags=[{"Key": key} for key in gone])
    if put:
        acm.add_tags_to_certificate(CertificateArn=arn, Tags=tag_list({"tags": put}))
    if "privateKey" in new and _imported(old) != _imported(new):
        acm.import_certificate(CertificateArn=arn, **_imported(new))


def _remove_certificate(clients: Clients, arn: str, outputs: Properties) -> None:
    found(lambda: _client(clients, outputs).delete_certificate(CertificateArn=arn), _GONE)


def _problems(inputs: Properties) -> list[tuple[str, str]]:
    if "privateKey" in inputs or "domainName" in inputs:
        return []
    return [("domainName", "one of `domainName, privateKey` must be specified")]


def _await_certificate(clients: Clients, inputs: Properties) -> str:
    arn = inputs["certificateArn"]
    _client(clients, inputs).describe_certificate(CertificateArn=arn)
    return arn


def _describe_validation(clients: Clients, arn: str, known: Properties) -> Properties | None:
    answer = found(lambda: _client(clients, known).describe_certificate(CertificateArn=arn), _GONE)
    return {"certificateArn": arn} if answer is not None and answer["Certificate"]["Status"] == "ISSUED" else None


def _remove_validation(_: Clients, _arn: str, _outputs: Properties) -> None:
    """Do nothing: a certificate stays valid."""


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:acm/certificate:Certificate",
            make=_make_certificate,
            describe=_describe_certificate,
            change=_change_certificate,
            remove=_remove_certificate,
            defaults={},
            replace_on=frozenset(
                {
                    "certificateAuthorityArn",
                    "domainName",
                    "keyAlgorithm",
                    "options",
                    "subjectAlternativeNames",
                    "validationMethod",
                    "validationOptions",
                }
            ),
            unordered=frozenset({"subjectAlternativeNames"}),
            validate=_problems,
        ),
        handler(
            "aws:acm/certificateValidation:CertificateValidation",
            make=_await_certificate,
            describe=_describe_validation,
            remove=_remove_validation,
            required=frozenset({"certificateArn"}),
        ),
    )
}
