"""Certificates that ACM issues at once; the record that proves a domain is the same each time it is asked for."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Issue certificates when they are requested."""
    from moto.acm.models import AWSCertificateManagerBackend  # noqa: PLC0415 - moto loads only when deploying

    replace(AWSCertificateManagerBackend, "request_certificate", _requesting)


def _requesting(original: Callable[..., Any]) -> Callable[..., Any]:
    def request(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        arn = original(self, *args, **kwargs)
        self._certificates[arn].status = "ISSUED"
        return arn

    return request
