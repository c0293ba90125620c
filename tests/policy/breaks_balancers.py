"""Every way to break a rule about load balancers, with the whole message."""

from policy.breaks import Break
from policy.guard_stack import Change, Specs, add, both, drop, put

FORWARD = [{"type": "forward", "targetGroupArn": "arn:t"}]
HTTP = [{"type": "redirect", "redirect": {"port": "8080", "statusCode": "HTTP_302"}}]
REDIRECT = "allowed: a redirect to HTTPS; set type redirect with redirect.protocol HTTPS"
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
POLICIES = f"allowed: {' or '.join(TLS_POLICIES)}; set one of these; without one, TLS 1.0 is spoken too"


def old(name: str, token: str) -> Change:
    """Give a resource one of the older type tokens."""

    def change(specs: Specs) -> None:
        specs[name].type = token

    return change


BREAKS = [
    Break(
        "lb-https",
        "passed on in the clear",
        put("http-listener", defaultActions=FORWARD),
        "http-listener",
        f'defaultActions: got "forward"; {REDIRECT}',
    ),
    Break(
        "lb-https",
        "a redirect to HTTP",
        put("http-listener", defaultActions=HTTP),
        "http-listener",
        f"defaultActions: got a redirect that stays with HTTP; {REDIRECT}",
    ),
    Break(
        "lb-https",
        "an answer in the clear",
        put("http-listener", defaultActions={"type": "fixed-response"}),
        "http-listener",
        f'defaultActions: got "fixed-response"; {REDIRECT}',
    ),
    Break(
        "lb-https",
        "no protocol",
        both(drop("http-listener", "protocol"), put("http-listener", defaultActions=FORWARD)),
        "http-listener",
        f'defaultActions: got "forward"; {REDIRECT}',
    ),
    Break(
        "lb-https",
        "a rule that passes on",
        put("redirect-rule", actions=FORWARD),
        "redirect-rule",
        f'actions: got "forward"; {REDIRECT}',
    ),
    Break(
        "lb-https",
        "by an older token",
        both(old("http-listener", "aws:alb/listener:Listener"), put("http-listener", defaultActions=FORWARD)),
        "http-listener",
        f'defaultActions: got "forward"; {REDIRECT}',
    ),
    Break(
        "lb-tls-policy",
        "an old policy",
        put("listener", sslPolicy="ELBSecurityPolicy-2016-08"),
        "listener",
        f'sslPolicy: got "ELBSecurityPolicy-2016-08"; {POLICIES}',
    ),
    Break(
        "lb-tls-policy",
        "nothing said",
        drop("listener", "sslPolicy"),
        "listener",
        f"sslPolicy: got nothing; {POLICIES}",
    ),
    Break(
        "lb-tls-policy",
        "of a network load balancer",
        put("listener", protocol="TLS", sslPolicy="ELBSecurityPolicy-TLS13-1-0-2021-06"),
        "listener",
        f'sslPolicy: got "ELBSecurityPolicy-TLS13-1-0-2021-06"; {POLICIES}',
    ),
    Break(
        "lb-headers",
        "kept",
        put("balancer", dropInvalidHeaderFields=False),
        "balancer",
        "dropInvalidHeaderFields: got false; allowed: true; set it",
    ),
    Break(
        "lb-headers",
        "nothing said",
        drop("balancer", "dropInvalidHeaderFields"),
        "balancer",
        "dropInvalidHeaderFields: got nothing; allowed: true; set it",
    ),
    Break(
        "lb-headers",
        "nothing said by one that says it is for HTTP",
        both(drop("balancer", "dropInvalidHeaderFields"), put("balancer", loadBalancerType="application")),
        "balancer",
        "dropInvalidHeaderFields: got nothing; allowed: true; set it",
    ),
    Break(
        "lb-headers",
        "ambiguous requests only counted",
        put("balancer", desyncMitigationMode="monitor"),
        "balancer",
        ('desyncMitigationMode: got "monitor"; allowed: defensive or strictest; leave it out, or set it to strictest'),
    ),
    Break(
        "lb-delete-protect",
        "off",
        put("balancer", enableDeletionProtection=False),
        "balancer",
        (
            "enableDeletionProtection: got false; allowed: true; set it; a balancer that is made anew has another"
            " address"
        ),
    ),
    Break(
        "lb-delete-protect",
        "nothing said",
        drop("balancer", "enableDeletionProtection"),
        "balancer",
        (
            "enableDeletionProtection: got nothing; allowed: true; set it; a balancer that is made anew has "
            "another address"
        ),
    ),
    Break(
        "lb-logs",
        "off",
        put("balancer", accessLogs={"bucket": "b", "enabled": False}),
        "balancer",
        "accessLogs.enabled: got false; allowed: true; set it",
    ),
    Break(
        "lb-logs",
        "nowhere",
        put("balancer", accessLogs={"enabled": True}),
        "balancer",
        "accessLogs.bucket: got nothing; allowed: a bucket; name one that Elastic Load Balancing may write to",
    ),
]

KEEPS = {
    "a network load balancer": both(
        put("balancer", loadBalancerType="network"),
        drop("balancer", "dropInvalidHeaderFields", "accessLogs"),
        put("listener", protocol="TCP"),
        drop("listener", "sslPolicy"),
    ),
    "the strictest way with ambiguous requests": put("balancer", desyncMitigationMode="strictest"),
    "the usual way with ambiguous requests": drop("balancer", "desyncMitigationMode"),
    "a listener of a gateway load balancer": add("appliance", "aws:lb/listener:Listener", defaultActions=FORWARD),
    "a rule of somebody else's listener": add(
        "rule", "aws:lb/listenerRule:ListenerRule", listenerArn="arn:l", actions=FORWARD
    ),
}
