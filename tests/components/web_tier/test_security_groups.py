"""Who reaches whom: callers the load balancers, these the instances, and they the database."""

from typing import Any

from components.web_tier.building import (
    ACCOUNT,
    CERTIFICATE,
    ENVIRONMENT,
    HOME,
    WEB,
    build,
)

from pulumi_aws_mobile.testing import Recording

HTTPS = {"certificate_arn": CERTIFICATE, "host_name": "core.example.com"}


def rules(recording: Recording, kind: str) -> dict[str, tuple[Any, ...]]:
    """Return the rules of security groups: whose they are, for whom, and the port."""
    found = recording.of_type(f"aws:vpc/securityGroup{kind}Rule:SecurityGroup{kind}Rule")
    return {
        rule.name: (
            rule.inputs["securityGroupId"],
            rule.inputs.get("referencedSecurityGroupId", rule.inputs.get("cidrIpv4")),
            rule.inputs["fromPort"],
            rule.inputs["toPort"],
        )
        for rule in found
    }


def test_only_who_wears_the_link_group_reaches_the_load_balancer(source: str) -> None:
    recording = build({"source": source})
    assert rules(recording, "Ingress") == {
        "web-balancer-from-link-80": ("web-balancer-id", "web-link-id", 80, 80),
        "web-instances-from-balancer": ("web-instances-id", "web-balancer-id", 80, 80),
    }
    assert rules(recording, "Egress") == {
        "web-balancer-to-instances": ("web-balancer-id", "web-instances-id", 80, 80),
        "web-instances-to-aws": ("web-instances-id", "0.0.0.0/0", 443, 443),
        "web-link-to-balancer-80": ("web-link-id", "web-balancer-id", 80, 80),
    }


def test_the_internet_reaches_a_public_load_balancer(source: str) -> None:
    found = rules(build({"source": source, "public": True, "https": HTTPS}), "Ingress")
    assert {name for name, rule in found.items() if rule[1] == "0.0.0.0/0"} == {
        "web-balancer-from-everywhere-80",
        "web-balancer-from-everywhere-443",
    }


def test_the_database_lets_the_instances_in(source: str) -> None:
    recording = build({"source": source, "database": {"security_group_id": "sg-1", "port": 3307}})
    assert rules(recording, "Ingress")["web-database-from-instances"] == ("sg-1", "web-instances-id", 3307, 3307)
    assert rules(recording, "Egress")["web-instances-to-database"] == ("web-instances-id", "sg-1", 3307, 3307)
    waits = recording.only(ENVIRONMENT).dependencies
    assert {recording.named(f"web-{rule}").urn for rule in ("database-from-instances", "instances-to-aws")} <= set(
        waits
    )


def test_a_database_whose_group_cannot_be_named_is_reached_by_its_network(source: str) -> None:
    recording = build({"source": source, "database": {"cidr": "10.1.0.0/16", "port": 3307}})
    assert rules(recording, "Egress")["web-instances-to-network"] == ("web-instances-id", "10.1.0.0/16", 3307, 3307)
    assert "web-database-from-instances" not in rules(recording, "Ingress")


def test_with_https_port_80_redirects(source: str) -> None:
    recording = build({"source": source, "https": HTTPS})
    listener = recording.only("aws:lb/listener:Listener")
    assert listener.name == "web-main-php84-redirect"
    assert listener.inputs == {
        "defaultActions": [
            {"redirect": {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}, "type": "redirect"}
        ],
        "loadBalancerArn": f"arn:aws:elasticloadbalancing:{HOME}:{ACCOUNT}:loadbalancer/app/web-main-php84/1",
        "port": 80,
        "protocol": "HTTP",
        "tags": {"Name": "web-main-php84-redirect"},
    }
    assert recording.component_outputs[WEB]["url"] == "https://core.example.com"


def test_without_a_redirect_port_80_is_closed(source: str) -> None:
    recording = build({"source": source, "https": {**HTTPS, "redirect_http": False}})
    assert recording.of_type("aws:lb/listener:Listener") == []
    assert {rule[2] for name, rule in rules(recording, "Ingress").items() if "balancer-from" in name} == {443}
