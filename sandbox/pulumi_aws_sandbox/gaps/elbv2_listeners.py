"""Load balancers that have one listener for each port, and none with a certificate that does not exist."""

from collections.abc import Callable
from typing import Any, NoReturn

from pulumi_aws_sandbox.gaps.patching import replace

_WITH_CERTIFICATE = {"HTTPS", "TLS"}


def fill() -> None:
    """Refuse what Elastic Load Balancing refuses of a listener."""
    from moto.elbv2.models import ELBv2Backend  # noqa: PLC0415 - moto loads only when something is deployed

    replace(ELBv2Backend, "create_listener", _checked)
    replace(ELBv2Backend, "delete_load_balancer", _deleting)


def _checked(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(  # noqa: PLR0913, PLR0917 - moto's own signature
        self: Any,  # noqa: ANN401 - moto's own types
        load_balancer_arn: str,
        protocol: str,
        port: int | str,
        ssl_policy: str | None,
        certificate: str | None,
        actions: list[dict[str, Any]],
        alpn_policy: list[str] | None = None,
        tags: list[dict[str, str]] | None = None,
    ) -> Any:  # noqa: ANN401 - moto's own types
        from moto.elbv2.exceptions import DuplicateListenerError  # noqa: PLC0415 - moto loads late

        balancer = self.load_balancers.get(load_balancer_arn)
        if balancer is not None and any(str(each.port) == str(port) for each in balancer.listeners.values()):
            raise DuplicateListenerError
        if protocol in _WITH_CERTIFICATE:
            if not certificate:
                _refuse("ValidationError", "A certificate must be specified for HTTPS listeners")
            if not self._certificate_exists(certificate):
                _refuse("CertificateNotFound", f"Certificate '{certificate}' not found")
        elif not certificate:
            ssl_policy = None
        return original(self, load_balancer_arn, protocol, port, ssl_policy, certificate, actions, alpn_policy, tags)

    return create


def _deleting(original: Callable[..., Any]) -> Callable[..., Any]:
    def delete(self: Any, arn: str) -> None:  # noqa: ANN401 - moto's own types
        balancer = self.load_balancers.get(arn)
        if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
            _refuse(
                "OperationNotPermitted",
                f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
            )
        original(self, arn)
        for group in self.target_groups.values():
            group.load_balancer_arns = [each for each in group.load_balancer_arns if each != arn]

    return delete


def _refuse(code: str, reason: str) -> NoReturn:
    from moto.elbv2.exceptions import ELBClientError  # noqa: PLC0415 - moto loads late

    raise ELBClientError(code, reason)
