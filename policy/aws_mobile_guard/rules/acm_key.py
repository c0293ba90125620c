"""A certificate cannot be forged, and is renewed without anybody's help."""

from collections.abc import Iterator

from aws_mobile_guard.aws_types import CERTIFICATE
from aws_mobile_guard.resources import Resource
from aws_mobile_guard.rule import Answer, Level, Options, Pack, Problem, Rule, Severity, Undecided
from aws_mobile_guard.view import UNKNOWN

_WEAK = "RSA_1024"


def _check(certificate: Resource, _: Options) -> Iterator[Answer]:
    algorithm = certificate.text("keyAlgorithm")
    if algorithm is UNKNOWN:
        yield Undecided("keyAlgorithm")
    elif algorithm == _WEAK:
        fix = "leave it out for RSA_2048, or set it to EC_prime256v1"
        yield Problem("keyAlgorithm", algorithm, "2,048 bits or an elliptic curve", fix)
    # Imported ones are nobody's to renew but yours, and those of a private authority need no proof.
    if certificate.has("certificateBody") or certificate.has("certificateAuthorityArn"):
        return
    method = certificate.text("validationMethod")
    if method is UNKNOWN:
        yield Undecided("validationMethod")
    elif method != "DNS":
        fix = "set it to DNS; by e-mail somebody has to answer every year"
        yield Problem("validationMethod", method, "DNS", fix)


RULE = Rule(
    id="acm-key",
    pack=Pack.SECURITY,
    description="A certificate has a strong key, and is renewed by DNS.",
    severity=Severity.HIGH,
    level=Level.ADVISORY,
    types=(CERTIFICATE,),
    frameworks=("FSBP ACM.2",),
    remediation="Set validationMethod to DNS and add the record that the certificate asks for.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-2",
    check=_check,
)
