"""A domain of one's own: certificate, domain name, and the records that lead there."""

import pulumi
import pulumi_aws as aws

from pulumi_aws_mobile.scope import Scope

from .rest_api import ENDPOINT_ACCESS_MODE, TLS_POLICY
from .settings import Domain

_RECORD_SECONDS = 300
_FAMILIES = ("A", "AAAA")


def create_domain(
    scope: Scope, domain: Domain, rest_api: "aws.apigateway.RestApi", stage: "aws.apigateway.Stage"
) -> pulumi.Output[str]:
    """Create the domain and lead it to the stage; return the URL, which has no stage in it."""
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
    return pulumi.Output.concat("https://", name.domain_name)


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
