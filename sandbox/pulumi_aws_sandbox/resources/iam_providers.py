"""IAM's identity providers: OIDC issuers and SAML metadata."""

from pulumi_aws_sandbox.handler import AutoName, Clients, Properties
from pulumi_aws_sandbox.resources._make import found, handler, tag_changes, tag_list, tags_from
from pulumi_aws_sandbox.resources._shapes import in_known_order

_GONE = "NoSuchEntity"
_SCHEME = "https://"


def _make_oidc(clients: Clients, inputs: Properties) -> str:
    answer = clients("iam").create_open_id_connect_provider(
        Url=inputs["url"],
        ClientIDList=inputs["clientIdLists"],
        ThumbprintList=inputs.get("thumbprintLists", []),
        Tags=tag_list(inputs),
    )
    return answer["OpenIDConnectProviderArn"]


def _describe_oidc(clients: Clients, arn: str, known: Properties) -> Properties | None:
    iam = clients("iam")
    answer = found(lambda: iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn), _GONE)
    if answer is None:
        return None
    # AWS answers without the scheme that it was given.
    stated = known.get("url", "")
    url = stated if stated.removeprefix(_SCHEME) == answer["Url"] else answer["Url"]
    return {
        "arn": arn,
        "url": url,
        "clientIdLists": in_known_order(known.get("clientIdLists", []), answer["ClientIDList"]),
        "thumbprintLists": answer["ThumbprintList"],
        **tags_from(iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"], known),
    }


def _change_oidc(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    iam, provider = clients("iam"), {"OpenIDConnectProviderArn": arn}
    thumbprints = new.get("thumbprintLists")
    if thumbprints is not None and thumbprints != old.get("thumbprintLists"):
        iam.update_open_id_connect_provider_thumbprint(**provider, ThumbprintList=thumbprints)
    before, after = old["clientIdLists"], new["clientIdLists"]
    for audience in after:
        if audience not in before:
            iam.add_client_id_to_open_id_connect_provider(**provider, ClientID=audience)
    for audience in before:
        if audience not in after:
            iam.remove_client_id_from_open_id_connect_provider(**provider, ClientID=audience)
    gone, put = tag_changes(old, new)
    if gone:
        iam.untag_open_id_connect_provider(**provider, TagKeys=gone)
    if put:
        iam.tag_open_id_connect_provider(**provider, Tags=tag_list({"tags": put}))


def _remove_oidc(clients: Clients, arn: str, _: Properties) -> None:
    found(lambda: clients("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=arn), _GONE)


def _make_saml(clients: Clients, inputs: Properties) -> str:
    answer = clients("iam").create_saml_provider(
        Name=inputs["name"], SAMLMetadataDocument=inputs["samlMetadataDocument"], Tags=tag_list(inputs)
    )
    return answer["SAMLProviderArn"]


def _describe_saml(clients: Clients, arn: str, known: Properties) -> Properties | None:
    iam = clients("iam")
    answer = found(lambda: iam.get_saml_provider(SAMLProviderArn=arn), _GONE)
    if answer is None:
        return None
    return {
        "arn": arn,
        "name": arn.rsplit("/", 1)[-1],
        "samlMetadataDocument": answer["SAMLMetadataDocument"],
        "samlProviderUuid": answer["SAMLProviderUUID"],
        "validUntil": answer["ValidUntil"].strftime("%Y-%m-%dT%H:%M:%SZ"),
        **tags_from(iam.list_saml_provider_tags(SAMLProviderArn=arn)["Tags"], known),
    }


def _change_saml(clients: Clients, arn: str, _: Properties, old: Properties, new: Properties) -> None:
    iam = clients("iam")
    if new["samlMetadataDocument"] != old.get("samlMetadataDocument"):
        iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument=new["samlMetadataDocument"])
    gone, put = tag_changes(old, new)
    if gone:
        iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=gone)
    if put:
        iam.tag_saml_provider(SAMLProviderArn=arn, Tags=tag_list({"tags": put}))


def _remove_saml(clients: Clients, arn: str, _: Properties) -> None:
    found(lambda: clients("iam").delete_saml_provider(SAMLProviderArn=arn), _GONE)


HANDLERS = {
    each.token: each
    for each in (
        handler(
            "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
            make=_make_oidc,
            describe=_describe_oidc,
            change=_change_oidc,
            remove=_remove_oidc,
            required=frozenset({"clientIdLists", "url"}),
            replace_on=frozenset({"url"}),
            unordered=frozenset({"clientIdLists"}),
            regional=False,
        ),
        handler(
            "aws:iam/samlProvider:SamlProvider",
            make=_make_saml,
            describe=_describe_saml,
            change=_change_saml,
            remove=_remove_saml,
            required=frozenset({"samlMetadataDocument"}),
            replace_on=frozenset({"name"}),
            auto_name=AutoName("name", 128),
            regional=False,
        ),
    )
}
