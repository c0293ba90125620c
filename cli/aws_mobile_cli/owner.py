"""What an owner of an account does before or beside a program: get certificates, own domains, verify senders."""

from collections.abc import Iterator

from pulumi_aws_mobile.testing import Recording
from pulumi_aws_sandbox.aws import Connection
from pulumi_aws_sandbox.belongings import hold_certificate, hold_zone


def hold_what_is_named(planned: Recording) -> None:
    """Have the sandbox hold the certificates and hosted zones that a program names and does not make."""
    for arn in _certificates(planned):
        hold_certificate(arn, "*.example.com")
    for record in planned.of_type("aws:route53/record:Record"):
        zone_id, name = record.inputs.get("zoneId"), record.inputs.get("name")
        if isinstance(zone_id, str) and zone_id.isalnum() and isinstance(name, str):
            hold_zone(zone_id, ".".join(name.rstrip(".").rsplit(".", 2)[-2:]))


def verify_senders(recording: Recording, clients: Connection) -> None:
    """Have SES send from the identities that user pools name: to verify them is the owner's part, by DNS or e-mail."""
    for pool in recording.of_type("aws:cognito/userPool:UserPool"):
        arn = (pool.inputs.get("emailConfiguration") or {}).get("sourceArn")
        if arn:
            clients("ses", arn.split(":")[3]).verify_domain_identity(Domain=arn.rsplit("/", 1)[-1])


def _certificates(planned: Recording) -> Iterator[str]:
    for environment in planned.of_type("aws:elasticbeanstalk/environment:Environment"):
        for setting in environment.inputs["settings"]:
            if setting["name"] == "SSLCertificateArns" and str(setting["value"]).startswith("arn:"):
                yield setting["value"]
    for domain in planned.of_type("aws:apigateway/domainName:DomainName"):
        arn = domain.inputs.get("regionalCertificateArn")
        if str(arn).startswith("arn:"):
            yield str(arn)
