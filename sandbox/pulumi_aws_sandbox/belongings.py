"""What the owner of an account has before a program runs, and a program only names: here it has to be made."""

from typing import Any

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


def hold_zone(zone_id: str, name: str) -> None:
    """Have Route 53 hold a public hosted zone under an id; only for a sandbox in this process."""
    from moto.route53.models import FakeZone, route53_backends  # noqa: PLC0415 - a preview must not pay for it

    zones: Any = route53_backends[ACCOUNT]["aws"].zones
    if zone_id not in zones:
        zones[zone_id] = FakeZone(f"{name.rstrip('.')}.", zone_id, private_zone=False, caller_reference=zone_id)
