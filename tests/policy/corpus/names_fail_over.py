"""A name that fails over from one Region's load balancer to another's, and one that only seems to."""

import pulumi_aws as aws

EXPECTED = {
    "half-primary": "dr-failover-pair dr-record-ttl",
    "same-primary": "dr-failover-pair",
    "same-secondary": "dr-region-split",
}

HERE = "shop-1a2b3c4d.eu-west-1.elb.amazonaws.com"
THERE = "shop-5e6f7a8b.eu-central-1.elb.amazonaws.com"


def _record(zone: aws.route53.Zone, name: str, pair: tuple[str, str], target: str, ttl: int, **more: object) -> None:
    host, role = pair
    aws.route53.Record(
        name,
        zone_id=zone.zone_id,
        name=host,
        type="CNAME",
        ttl=ttl,
        records=[target],
        set_identifier=f"{host}-{role}",
        failover_routing_policies=[{"type": role}],
        **more,
    )


def program() -> None:
    zone = aws.route53.Zone("zone", name="example.com")
    check = aws.route53.HealthCheck(
        "shop-check",
        type="HTTPS",
        fqdn=HERE,
        port=443,
        resource_path="/health",
        request_interval=10,
        failure_threshold=3,
    )
    _record(zone, "good-primary", ("www.example.com", "PRIMARY"), HERE, 30, health_check_id=check.id)
    _record(zone, "good-secondary", ("www.example.com", "SECONDARY"), THERE, 30)
    _record(zone, "half-primary", ("api.example.com", "PRIMARY"), HERE, 3600, health_check_id=check.id)
    _record(zone, "same-primary", ("old.example.com", "PRIMARY"), HERE, 60)
    _record(zone, "same-secondary", ("old.example.com", "SECONDARY"), HERE, 60)
    aws.route53.Record("mail", zone_id=zone.zone_id, name="example.com", type="MX", ttl=3600, records=["10 mail"])
