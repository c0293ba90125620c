"""What rules about load balancers have in common."""

from aws_mobile_guard.view import UNKNOWN, Node, Unknown

TLS_POLICIES = (
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
)
"""The predefined policies that speak TLS 1.2 and newer only, with forward secrecy and authenticated ciphers.

https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17
"""


def is_application(balancer: Node) -> bool | Unknown:
    """Tell whether a balancer is one for HTTP, as it is where nobody says otherwise."""
    kind = balancer.text("loadBalancerType")
    return UNKNOWN if kind is UNKNOWN else kind in {None, "application"}


def speaks_http(listener: Node) -> bool | Unknown:
    """Tell whether a listener takes requests in the clear: by its protocol, or because it says none."""
    protocol = listener.text("protocol")
    if protocol is UNKNOWN:
        return UNKNOWN
    # Only a gateway load balancer's listener has neither protocol nor port.
    return listener.has("port") if protocol is None else protocol == "HTTP"
