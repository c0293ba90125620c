"""A domain of one's own: certificate, domain name, and the records that lead there."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .rest_api import ENDPOINT_ACCESS_MODE, TLS_POLICY
from .settings import Domain

_RECORD_SECONDS = 300
_FAMILIES = ("A", "AAAA")


@dataclass(frozen=True, slots=True)
class Address:
    """Where clients call, and what records of the domain lead to."""

    url: pulumi.Output[str]
    """Without a stage in it where there is a domain."""
    target_name: pulumi.Output[str | None]
    target_zone_id: pulumi.Output[str | None]


def create_domain(
    scope: Scope, domain: Domain | None, rest_api: "aws.apigateway.RestApi", stage: "aws.apigateway.Stage"
) -> Address:
    """Create the domain, if there is to be one, and lead it to the stage."""
    if domain is None:
        nothing: pulumi.Output[str | None] = pulumi.Output.from_input(None)
        return Address(stage.invoke_url, nothing, nothing)
    certificate_arn = domain.certificate_arn or _create_certificate(scope, domain)
    name = aws.apigateway.DomainName(
        scope.child("domain"),
        domain_name=domain.name,
        regional_certificate_arn=certificate_arn,
        security_policy=TLS_POLICY,
        endpoint_access_mode=ENDPOINT_ACCESS_MODE,
        endpoint_configuration={"types": "REGIONAL", "ip_address_type": "dualstack"},
        region=scope.region,
        tags=scope.tags("domain"),
        opts=scope.options(),
    )
    mapping = aws.apigateway.BasePathMapping(
        scope.child("domain-mapping"),
        domain_name=name.domain_name,
        rest_api=rest_api.id,
        stage_name=stage.stage_name,
        region=scope.region,
        opts=scope.options(),
    )
    if domain.records:
        _create_records(scope, domain, name, mapping)
    # Whoever finds the domain finds the API behind it.
    target = pulumi.Output.all(name.regional_domain_name, name.regional_zone_id, mapping.id)
    return Address(
        url=pulumi.Output.concat("https://", name.domain_name),
        target_name=target.apply(lambda found: found[0]),
        target_zone_id=target.apply(lambda found: found[1]),
    )


def _create_records(
    scope: Scope, domain: Domain, name: "aws.apigateway.DomainName", mapping: "aws.apigateway.BasePathMapping"
) -> None:
    """Create the records that lead to this API and no other."""
    for family in _FAMILIES:
        aws.route53.Record(
            scope.child(f"domain-{family.lower()}"),
            zone_id=domain.hosted_zone_id,
            name=domain.name,
            type=family,
            aliases=[
                {
                    "name": name.regional_domain_name,
                    "zone_id": name.regional_zone_id,
                    "evaluate_target_health": False,
                }
            ],
            # Whoever finds the domain finds the API behind it.
            opts=scope.options(depends_on=[mapping]),
        )


def _create_certificate(scope: Scope, domain: Domain) -> pulumi.Output[str]:
    """Create a certificate and prove to ACM whose the domain is; return its ARN once it is valid."""
    certificate = aws.acm.Certificate(
        scope.child("certificate"),
        domain_name=domain.name,
        validation_method="DNS",
        region=scope.region,
        tags=scope.tags("certificate"),
        opts=scope.options(),
    )
    option = certificate.domain_validation_options[0]
    record = aws.route53.Record(
        scope.child("certificate-record"),
        zone_id=domain.hosted_zone_id,
        name=option.resource_record_name,
        type=option.resource_record_type,
        records=[option.resource_record_value],
        ttl=_RECORD_SECONDS,
        # An account's certificates for one domain share this record, whatever their Region.
        allow_overwrite=True,
        opts=scope.options(),
    )
    return aws.acm.CertificateValidation(
        scope.child("certificate-validation"),
        certificate_arn=certificate.arn,
        validation_record_fqdns=[record.fqdn],
        region=scope.region,
        opts=scope.options(),
    ).certificate_arn
