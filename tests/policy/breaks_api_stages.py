"""Every way to break a rule about the stages and domains of APIs, and their certificates, with the whole message."""

from policy.breaks import Break
from policy.compliant_web import LIMITS
from policy.guard_stack import Change, Ref, Specs, add, both, drop, put, remove

SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
STAGE = "aws:apigateway/stage:Stage"
NO_LOG = (
    "accessLogSettings.destinationArn: got nothing; allowed: the ARN of a log group or a stream; name a log "
    "group, and a format with $context.requestId in it"
)
LEVEL = "allowed: ERROR or INFO; set it to ERROR; the account needs a role for API Gateway's logs once"
TRACED = "allowed: false; turn it off; it writes whole requests and answers into logs, with all that users sent"
LIMIT = "allowed: a number above 0; set it; without it one caller can use up what the whole account may ask"
NO_LIMITS = (
    'MethodSettings: got nothing; allowed: one with methodPath "*/*"; add one with settings.throttlingRateLimit '
    "and throttlingBurstLimit"
)
NO_FIREWALL = "WebAclAssociation: got nothing; allowed: one for the stage; add one whose resourceArn is the stage's ARN"
TLS = "allowed: TLS 1.2 or newer; set it to TLS_1_2, or to a policy whose name begins with SecurityPolicy_TLS13_"
CLOSE = "allowed: true; set it; callers who know the API's id get around the domain's own TLS policy and certificate"


def settings(**values: object) -> Change:
    """Replace settings for every method."""

    def change(specs: Specs) -> None:
        specs["api-settings"].properties["settings"].update(values)

    return change


BREAKS = [
    Break("api-access-logs", "none", drop("api-stage", "accessLogSettings"), "api-stage", NO_LOG),
    Break(
        "api-access-logs",
        "none of an HTTP API",
        put("http-stage", accessLogSettings={"format": "a"}),
        "http-stage",
        NO_LOG,
    ),
    Break(
        "api-exec-logs",
        "off",
        settings(loggingLevel="OFF"),
        "api-settings",
        f'settings.loggingLevel: got "OFF"; {LEVEL}',
    ),
    Break(
        "api-exec-logs",
        "absent",
        both(lambda specs: specs["api-settings"].properties["settings"].pop("loggingLevel")),
        "api-settings",
        f"settings.loggingLevel: got nothing; {LEVEL}",
    ),
    Break(
        "api-exec-logs",
        "no settings for every method",
        put("api-settings", methodPath="notes/GET"),
        "api-stage",
        ('MethodSettings: got nothing; allowed: one with methodPath "*/*"; add one with settings.loggingLevel ERROR'),
        also=("api-throttle",),
    ),
    Break(
        "api-exec-logs",
        "none of a WebSocket",
        put("socket-stage", defaultRouteSettings=LIMITS),
        "socket-stage",
        f"defaultRouteSettings.loggingLevel: got nothing; {LEVEL}",
    ),
    Break(
        "api-no-data-trace",
        "on",
        settings(dataTraceEnabled=True),
        "api-settings",
        f"settings.dataTraceEnabled: got true; {TRACED}",
    ),
    Break(
        "api-no-data-trace",
        "on for a stage",
        put("http-stage", defaultRouteSettings={**LIMITS, "dataTraceEnabled": "true"}),
        "http-stage",
        f"defaultRouteSettings.dataTraceEnabled: got true; {TRACED}",
    ),
    Break(
        "api-no-data-trace",
        "on for a route",
        put("http-stage", routeSettings=[{"dataTraceEnabled": True}]),
        "http-stage",
        f"routeSettings[0].dataTraceEnabled: got true; {TRACED}",
    ),
    Break(
        "api-throttle",
        "no rate",
        settings(throttlingRateLimit=None),
        "api-settings",
        f"settings.throttlingRateLimit: got nothing; {LIMIT}",
    ),
    Break(
        "api-throttle",
        "no burst",
        settings(throttlingBurstLimit=-1),
        "api-settings",
        f"settings.throttlingBurstLimit: got -1; {LIMIT}",
    ),
    Break(
        "api-throttle",
        "switched off for a method",
        add(
            "slow",
            SETTINGS,
            restApi=Ref("api"),
            stageName="live",
            methodPath="notes/GET",
            settings={"loggingLevel": "ERROR", "throttlingRateLimit": 0, "throttlingBurstLimit": 5},
        ),
        "slow",
        f"settings.throttlingRateLimit: got 0; {LIMIT}",
    ),
    Break(
        "api-throttle",
        "the settings of another stage",
        put("api-settings", stageName="dark"),
        "api-stage",
        NO_LIMITS,
        also=("api-exec-logs",),
    ),
    Break(
        "api-throttle",
        "the settings of another API",
        put("api-settings", restApi=Ref("plain-api")),
        "api-stage",
        NO_LIMITS,
        also=("api-exec-logs",),
    ),
    Break("api-throttle", "nothing", remove("api-settings"), "api-stage", NO_LIMITS, also=("api-exec-logs",)),
    Break(
        "api-throttle",
        "an HTTP API",
        put("http-stage", defaultRouteSettings={"throttlingRateLimit": 5}),
        "http-stage",
        f"defaultRouteSettings.throttlingBurstLimit: got nothing; {LIMIT}",
    ),
    Break(
        "api-cache-encrypted",
        "off",
        settings(cacheDataEncrypted=False),
        "api-settings",
        "settings.cacheDataEncrypted: got false; allowed: true; set it, or turn caching off",
    ),
    Break(
        "api-xray",
        "off",
        put("api-stage", xrayTracingEnabled=False),
        "api-stage",
        "xrayTracingEnabled: got false; allowed: true; set it",
    ),
    Break(
        "api-xray",
        "absent",
        drop("api-stage", "xrayTracingEnabled"),
        "api-stage",
        "xrayTracingEnabled: got nothing; allowed: true; set it",
    ),
    Break("api-waf", "none", remove("api-firewall"), "api-stage", NO_FIREWALL),
    Break(
        "api-waf",
        "of something else",
        put("api-firewall", resourceArn="arn:aws:elasticloadbalancing:::a"),
        "api-stage",
        NO_FIREWALL,
    ),
    Break(
        "api-tls",
        "an old version",
        put("api-domain", securityPolicy="TLS_1_0"),
        "api-domain",
        f'securityPolicy: got "TLS_1_0"; {TLS}',
    ),
    Break(
        "api-tls",
        "nothing said",
        drop("api-domain", "securityPolicy"),
        "api-domain",
        f"securityPolicy: got nothing; {TLS}",
    ),
    Break(
        "api-tls",
        "an HTTP API",
        put("http-domain", domainNameConfiguration={"securityPolicy": "TLS_1_0"}),
        "http-domain",
        f'domainNameConfiguration.securityPolicy: got "TLS_1_0"; {TLS}',
    ),
    Break(
        "api-tls",
        "an API itself",
        put("plain-api", securityPolicy="TLS_1_0"),
        "plain-api",
        f'securityPolicy: got "TLS_1_0"; {TLS}',
    ),
    Break(
        "acm-key",
        "a weak key",
        put("certificate", keyAlgorithm="RSA_1024"),
        "certificate",
        (
            'keyAlgorithm: got "RSA_1024"; allowed: 2,048 bits or an elliptic curve; leave it out for RSA_2048, or set '
            "it to EC_prime256v1"
        ),
    ),
    Break(
        "acm-key",
        "by e-mail",
        put("certificate", validationMethod="EMAIL"),
        "certificate",
        ('validationMethod: got "EMAIL"; allowed: DNS; set it to DNS; by e-mail somebody has to answer every year'),
    ),
    Break(
        "api-default-endpoint",
        "open",
        put("api", disableExecuteApiEndpoint=False),
        "api",
        f"disableExecuteApiEndpoint: got false; {CLOSE}",
    ),
    Break(
        "api-default-endpoint",
        "an HTTP API",
        drop("http-api", "disableExecuteApiEndpoint"),
        "http-api",
        f"disableExecuteApiEndpoint: got nothing; {CLOSE}",
    ),
    Break(
        "api-default-endpoint",
        "a REST API by the newer mapping",
        put("http-mapping", apiId=Ref("plain-api")),
        "plain-api",
        f"disableExecuteApiEndpoint: got nothing; {CLOSE}",
    ),
]

KEEPS = {
    "the stage's own name": put("api-settings", stageName=Ref("api-stage", "stageName")),
    "a stage by its literal API": both(
        put("api-settings", restApi="a1b2"),
        put("api-stage", restApi="a1b2"),
        put("api-mapping", restApi="a1b2"),
    ),
    "no cache": settings(cachingEnabled=False, cacheDataEncrypted=False),
    "a newer policy": both(
        put("api-domain", securityPolicy="SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"),
        put("api", securityPolicy="SecurityPolicy_TLS13_1_3_2025_09"),
    ),
    "an API without a domain": both(remove("http-mapping"), drop("http-api", "disableExecuteApiEndpoint")),
    "an imported certificate": both(
        drop("certificate", "validationMethod"), put("certificate", certificateBody="-----BEGIN CERTIFICATE-----")
    ),
    "a certificate of a private authority": both(
        drop("certificate", "validationMethod"), put("certificate", certificateAuthorityArn="arn:aws:acm-pca:a")
    ),
    "a second stage with settings of its own": both(
        add(
            "dark",
            STAGE,
            restApi=Ref("api"),
            stageName="dark",
            accessLogSettings={"destinationArn": "arn:l"},
            xrayTracingEnabled=True,
        ),
        add(
            "dark-settings",
            SETTINGS,
            restApi=Ref("api"),
            stageName=Ref("dark", "stageName"),
            methodPath="*/*",
            settings={**LIMITS, "loggingLevel": "INFO"},
        ),
        add("dark-firewall", "aws:wafv2/webAclAssociation:WebAclAssociation", resourceArn=Ref("dark", "arn")),
    ),
}
