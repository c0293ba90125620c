"""SES identities that are verified at once, sign their mail and keep their tags and configuration set.

Nobody answers the mail or sets the DNS records that AWS waits for, so the sandbox takes both as done.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_PATHS = (
    "{0}/v2/email/identities/(?P<EmailIdentity>[^/]+)/dkim/signing$",
    "{0}/v2/email/identities/(?P<EmailIdentity>[^/]+)/configuration-set$",
)
_TOKENS = 3
_KEY_LENGTHS = {"RSA_1024_BIT", "RSA_2048_BIT"}


def fill() -> None:
    """Teach moto's identities."""
    from moto.ses.models import EmailIdentity  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.sesv2 import urls  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.sesv2.models import SESV2Backend  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.sesv2.responses import SESV2Response  # noqa: PLC0415 - moto loads only when something is deployed

    for path in _PATHS:
        urls.url_paths.setdefault(path, SESV2Response.dispatch)
    replace(SESV2Backend, "delete_email_identity", _deleting)
    replace(EmailIdentity, "__init__", _beginning)
    replace(SESV2Response, "create_email_identity", _creating)
    replace(SESV2Response, "get_email_identity", _getting)
    replace(SESV2Response, "put_email_identity_configuration_set_attributes", lambda _: _put_configuration_set)
    replace(SESV2Response, "put_email_identity_dkim_signing_attributes", lambda _: _put_signing)


def _refuse(code: str, reason: str) -> None:
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415 - moto loads only when something is deployed

    raise JsonRESTError(code, reason)


def _beginning(original: Callable[..., Any]) -> Callable[..., Any]:
    def begin(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, *args, **kwargs)
        self.verified_for_sending_status = True
        self.dkim_attributes = _signing(self.email_identity, self.dkim_signing_attributes)

    return begin


def _signing(identity: str, given: Any) -> dict[str, Any]:  # noqa: ANN401 - what a request holds
    asked = given if isinstance(given, dict) else {}
    length = asked.get("NextSigningKeyLength", "RSA_2048_BIT")
    if length not in _KEY_LENGTHS:
        _refuse("BadRequestException", f"NextSigningKeyLength must be one of {sorted(_KEY_LENGTHS)}: {length}.")
    own = "DomainSigningSelector" in asked
    tokens = [hashlib.sha256(f"{identity} {number}".encode()).hexdigest()[:32] for number in range(_TOKENS)]
    facts = {
        "SigningEnabled": True,
        "Status": "SUCCESS",
        "SigningAttributesOrigin": "EXTERNAL" if own else "AWS_SES",
        "Tokens": [asked["DomainSigningSelector"]] if own else tokens,
    }
    return facts if own else facts | {"CurrentSigningKeyLength": length, "NextSigningKeyLength": length}


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        given = json.loads(self.body)
        name = given["EmailIdentity"]
        if name in self.sesv2_backend.core_backend.email_identities:
            _refuse("AlreadyExistsException", f"Email identity {name} already exists.")
        answer = original(self)
        # moto tags what is created under an ARN that AWS does not have.
        if given.get("Tags"):
            self.sesv2_backend.core_backend.tagger.tag_resource(_arn(self.sesv2_backend, name), given["Tags"])
        return answer

    return create


def _arn(backend: Any, name: str) -> str:  # noqa: ANN401 - moto's own types
    return f"arn:{backend.partition}:ses:{backend.region_name}:{backend.account_id}:identity/{name}"


def _getting(original: Callable[..., Any]) -> Callable[..., Any]:
    def get(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        answer = json.loads(original(self))
        backend = self.sesv2_backend
        arn = _arn(backend, self._get_param("EmailIdentity"))
        tags = backend.core_backend.tagger.get_tag_dict_for_resource(arn)
        answer["Tags"] = [{"Key": key, "Value": value} for key, value in tags.items()]
        return json.dumps({name: value for name, value in answer.items() if value is not None})

    return get


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, email_identity: str) -> None:  # noqa: ANN401 - moto's own types
        self.get_email_identity(email_identity)
        original(self, email_identity)
        self.core_backend.tagger.delete_all_tags_for_resource(_arn(self, email_identity))

    return delete


def _put_configuration_set(self: Any) -> str:  # noqa: ANN401 - moto's own types
    identity = self.sesv2_backend.get_email_identity(self._get_param("EmailIdentity"))
    identity.configuration_set_name = self._get_param("ConfigurationSetName")
    return json.dumps({})


def _put_signing(self: Any) -> str:  # noqa: ANN401 - moto's own types
    identity = self.sesv2_backend.get_email_identity(self._get_param("EmailIdentity"))
    identity.dkim_signing_attributes = json.loads(self.body).get("SigningAttributes")
    identity.dkim_attributes = _signing(identity.email_identity, identity.dkim_signing_attributes)
    answer = {"DkimStatus": identity.dkim_attributes["Status"], "DkimTokens": identity.dkim_attributes["Tokens"]}
    return json.dumps(answer)
