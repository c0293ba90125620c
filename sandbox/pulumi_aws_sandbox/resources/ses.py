"""Identities that SES sends mail from: addresses and domains."""

from typing import Any

from pulumi_aws_sandbox.handler import Clients, Properties
from pulumi_aws_sandbox.resources._make import client_of, found, handler, region_of, tag_changes, tag_list, tags_from
from pulumi_aws_sandbox.resources._shapes import from_shape, to_shape

_GONE = "NotFoundException"
_SIGNING = ("domainSigningPrivateKey", "domainSigningSelector", "nextSigningKeyLength")


def _signing(properties: Properties) -> dict[str, Any]:
    given = properties.get("dkimSigningAttributes", {})
    return to_shape({name: given[name] for name in _SIGNING if name in given}, {})


def _make(clients: Clients, inputs: Properties) -> str:
    request: dict[str, Any] = {"EmailIdentity": inputs["emailIdentity"], "Tags": tag_list(inputs)}
    if _signing(inputs):
        request["DkimSigningAttributes"] = _signing(inputs)
    if "configurationSetName" in inputs:
        request["ConfigurationSetName"] = inputs["configurationSetName"]
    client_of(clients, "sesv2", inputs).create_email_identity(**request)
    return inputs["emailIdentity"]


def _arn(clients: Clients, identity: str, properties: Properties) -> str:
    return f"arn:{clients.partition}:ses:{region_of(clients, properties)}:{clients.account}:identity/{identity}"


def _describe(clients: Clients, identity: str, known: Properties) -> Properties | None:
    ses = client_of(clients, "sesv2", known)
    answer = found(lambda: ses.get_email_identity(EmailIdentity=identity), _GONE)
    if answer is None:
        return None
    signing = answer["DkimAttributes"]
    shown = {name: value for name, value in from_shape(signing, {}).items() if name != "signingEnabled"}
    # The private key is never answered.
    sent = {
        name: known["dkimSigningAttributes"][name]
        for name in _SIGNING[:2]
        if name in known.get("dkimSigningAttributes", {})
    }
    configuration = answer.get("ConfigurationSetName")
    return {
        "arn": _arn(clients, identity, known),
        "emailIdentity": identity,
        "identityType": answer["IdentityType"],
        "verificationStatus": answer["VerificationStatus"],
        "verifiedForSendingStatus": answer["VerifiedForSendingStatus"],
        "dkimSigningAttributes": sent | shown,
        **({"configurationSetName": configuration or ""} if configuration or "configurationSetName" in known else {}),
        **tags_from(answer.get("Tags", []), known),
    }


def _change(clients: Clients, identity: str, outputs: Properties, old: Properties, new: Properties) -> None:
    ses = client_of(clients, "sesv2", new)
    if old.get("configurationSetName") != new.get("configurationSetName"):
        name = new.get("configurationSetName")
        request = {"ConfigurationSetName": name} if name else {}
        ses.put_email_identity_configuration_set_attributes(EmailIdentity=identity, **request)
    if _signing(old) != _signing(new) and _signing(new):
        own = "domainSigningSelector" in new["dkimSigningAttributes"]
        ses.put_email_identity_dkim_signing_attributes(
            EmailIdentity=identity,
            SigningAttributesOrigin="EXTERNAL" if own else "AWS_SES",
            SigningAttributes=_signing(new),
        )
    gone, put = tag_changes(old, new)
    if gone:
        ses.untag_resource(ResourceArn=outputs["arn"], TagKeys=gone)
    if put:
        ses.tag_resource(ResourceArn=outputs["arn"], Tags=tag_list({"tags": put}))


def _remove(clients: Clients, identity: str, outputs: Properties) -> None:
    ses = client_of(clients, "sesv2", outputs)
    found(lambda: ses.delete_email_identity(EmailIdentity=identity), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:sesv2/emailIdentity:EmailIdentity",
            make=_make,
            describe=_describe,
            change=_change,
            remove=_remove,
            required=frozenset({"emailIdentity"}),
            replace_on=frozenset({"emailIdentity"}),
        ),
    )
}
