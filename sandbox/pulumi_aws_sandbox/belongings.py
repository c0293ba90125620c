"""What the owner of an account has before a program runs, and a program only names: here it has to be made."""

from pulumi_aws_sandbox.connection import ACCOUNT


def hold_certificate(arn: str, name: str) -> None:
    """Have ACM hold a certificate for `name` under an ARN; only for a sandbox in this process."""
    from moto.acm.models import CertBundle, acm_backends  # noqa: PLC0415 - a preview must not pay for it

    region = arn.split(":")[3]
    kept = acm_backends[ACCOUNT][region]._certificates  # noqa: SLF001 - ACM chooses ARNs itself, and offers no way
    if arn not in kept:
        certificate = CertBundle.generate_cert(name, account_id=ACCOUNT, region=region)
        certificate.arn, certificate.status = arn, "ISSUED"
        kept[arn] = certificate
