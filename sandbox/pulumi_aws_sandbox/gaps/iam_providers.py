"""IAM's OIDC and SAML providers: audiences that change, thumbprints that AWS finds, tags, refusals of duplicates."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace

_MOST_AUDIENCES = 100
_THUMBPRINT = 40


def fill() -> None:
    """Teach moto's providers."""
    from moto.iam.models import IAMBackend, SAMLProvider  # noqa: PLC0415 - moto loads only when something is deployed
    from moto.iam.responses import IamResponse  # noqa: PLC0415 - moto loads only when something is deployed

    replace(IAMBackend, "create_open_id_connect_provider", _creating_oidc)
    replace(IAMBackend, "create_saml_provider", _creating_saml)
    replace(IamResponse, "add_client_id_to_open_id_connect_provider", lambda _: _add_audience)
    replace(IamResponse, "remove_client_id_from_open_id_connect_provider", lambda _: _remove_audience)
    replace(IamResponse, "create_saml_provider", _tagging_saml)
    replace(IamResponse, "tag_saml_provider", lambda _: _tag_saml)
    replace(IamResponse, "untag_saml_provider", lambda _: _untag_saml)
    replace(IamResponse, "list_saml_provider_tags", lambda _: _list_saml_tags)
    replace(SAMLProvider, "__init__", _beginning_saml)


def _refuse(code: str, reason: str) -> None:
    from moto.core.exceptions import ServiceException  # noqa: PLC0415 - moto loads only when something is deployed

    error = ServiceException(reason)
    error.code = code
    raise error


def _creating_oidc(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(
        self: Any,  # noqa: ANN401 - moto's own types
        url: str,
        thumbprint_list: list[str],
        client_id_list: list[str],
        tags: list[dict[str, str]],
    ) -> Any:  # noqa: ANN401 - moto's own types
        if not url.startswith("https://"):
            _refuse("InvalidInput", f"Invalid Open ID Connect Provider URL: {url}")
        if any(len(each) != _THUMBPRINT for each in thumbprint_list):
            _refuse("InvalidInput", f"A thumbprint has {_THUMBPRINT} characters: {thumbprint_list}")
        # AWS asks the issuer for its certificate where no thumbprint is given.
        found = thumbprint_list or [hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()]
        return original(self, url, found, client_id_list, tags)

    return create


def _add_audience(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - moto loads only when something is deployed

    provider = self.backend.get_open_id_connect_provider(self._get_param("OpenIDConnectProviderArn"))
    audience = self._get_param("ClientID")
    if audience not in provider.client_id_list:
        if len(provider.client_id_list) >= _MOST_AUDIENCES:
            _refuse("LimitExceeded", f"An OIDC provider has at most {_MOST_AUDIENCES} audiences")
        provider.client_id_list = [*provider.client_id_list, audience]
    return EmptyResult()


def _remove_audience(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - moto loads only when something is deployed

    provider = self.backend.get_open_id_connect_provider(self._get_param("OpenIDConnectProviderArn"))
    gone = self._get_param("ClientID")
    provider.client_id_list = [each for each in provider.client_id_list if each != gone]
    return EmptyResult()


def _beginning_saml(original: Callable[..., Any]) -> Callable[..., Any]:
    def begin(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - moto's own types
        original(self, *args, **kwargs)
        self.tags = []
        self.saml_provider_uuid = f"{uuid.uuid4().hex[:21].upper()}"

    return begin


def _creating_saml(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any, name: str, saml_metadata_document: str) -> Any:  # noqa: ANN401 - moto's own types
        if name in self.saml_providers:
            _refuse("EntityAlreadyExists", f"SAML provider {name} exists already")
        if "EntityDescriptor" not in saml_metadata_document:
            _refuse("InvalidInput", "Could not parse metadata")
        return original(self, name, saml_metadata_document)

    return create


def _tagging_saml(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(self: Any) -> Any:  # noqa: ANN401 - moto's own types
        answer = original(self)
        self.backend.saml_providers[self._get_param("Name")].tags = self._get_param("Tags", [])
        return answer

    return create


def _saml(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    return self.backend.get_saml_provider(self._get_param("SAMLProviderArn"))


def _tag_saml(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - moto loads only when something is deployed

    provider, put = _saml(self), self._get_param("Tags", [])
    keys = {each["Key"] for each in put}
    provider.tags = [*(each for each in provider.tags if each["Key"] not in keys), *put]
    return EmptyResult()


def _untag_saml(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import EmptyResult  # noqa: PLC0415 - moto loads only when something is deployed

    provider, gone = _saml(self), self._get_param("TagKeys", [])
    provider.tags = [each for each in provider.tags if each["Key"] not in gone]
    return EmptyResult()


def _list_saml_tags(self: Any) -> Any:  # noqa: ANN401 - moto's own types
    from moto.core.responses import ActionResult  # noqa: PLC0415 - moto loads only when something is deployed

    return ActionResult({"Tags": _saml(self).tags, "IsTruncated": False})
