"""What a value that is only known after deployment means for APIs, web servers and load balancers."""

from policy.breaks_api import document, operation
from policy.breaks_api_stages import SETTINGS, settings
from policy.breaks_balancers import FORWARD
from policy.breaks_web_tier import (
    ACCESS_LOGS,
    ASG,
    BALANCER,
    COMMAND,
    HTTP,
    HTTPS,
    LAUNCH,
    LOGS,
    PROPERTIES,
    SECRETS,
    UPDATES,
    VPC,
    option,
    without,
)
from policy.compliant_web import LIMITS
from policy.guard_stack import Change, add, both, put

from aws_mobile_guard.view import UNKNOWN_TEXT as LATER

BODY = {"openapi": "3.0.3", "paths": {"/notes": {"get": {}}}}

UNDECIDED: list[tuple[str, Change, str, str]] = [
    ("api-method-auth", put("api", body=LATER), "api", "body"),
    ("api-method-auth", document(operation("/notes", "get")), "api", "body"),
    ("api-method-auth", put("method", authorization=LATER), "method", "authorization"),
    ("api-method-auth", put("method", authorization="NONE", httpMethod=LATER), "method", "httpMethod"),
    ("api-route-auth", put("http-route", authorizationType=LATER), "http-route", "authorizationType"),
    ("api-route-auth", put("http-route", authorizationType="NONE", routeKey=LATER), "http-route", "routeKey"),
    ("api-route-auth", put("http-api", body=LATER), "http-api", "body"),
    ("api-validator", put("api", body=LATER), "api", "body"),
    ("api-exec-logs", settings(loggingLevel=LATER), "api-settings", "settings.loggingLevel"),
    ("api-exec-logs", put("api-settings", methodPath=LATER), "api-stage", "MethodSettings"),
    ("api-exec-logs", put("api-settings", stageName=LATER), "api-stage", "MethodSettings"),
    (
        "api-exec-logs",
        put("socket-stage", defaultRouteSettings=LATER),
        "socket-stage",
        "defaultRouteSettings.loggingLevel",
    ),
    ("api-no-data-trace", put("api-settings", settings=LATER), "api-settings", "settings.dataTraceEnabled"),
    ("api-no-data-trace", put("http-stage", routeSettings=LATER), "http-stage", "routeSettings"),
    ("api-no-data-trace", put("http-stage", routeSettings=[LATER]), "http-stage", "routeSettings"),
    (
        "api-no-data-trace",
        put("http-stage", routeSettings=[{"dataTraceEnabled": LATER}]),
        "http-stage",
        "routeSettings[0].dataTraceEnabled",
    ),
    ("api-throttle", settings(throttlingBurstLimit=LATER), "api-settings", "settings.throttlingBurstLimit"),
    ("api-throttle", put("api-settings", restApi=LATER), "api-stage", "MethodSettings"),
    (
        "api-throttle",
        put("http-stage", defaultRouteSettings={**LIMITS, "throttlingRateLimit": LATER}),
        "http-stage",
        "defaultRouteSettings.throttlingRateLimit",
    ),
    ("api-cache-encrypted", settings(cacheDataEncrypted=LATER), "api-settings", "settings.cacheDataEncrypted"),
    (
        "api-cache-encrypted",
        settings(cachingEnabled=LATER, cacheDataEncrypted=False),
        "api-settings",
        "settings.cachingEnabled",
    ),
    ("api-xray", put("api-stage", xrayTracingEnabled=LATER), "api-stage", "xrayTracingEnabled"),
    ("api-waf", put("api-firewall", resourceArn=LATER), "api-stage", "WebAclAssociation"),
    ("api-tls", put("api-domain", securityPolicy=LATER), "api-domain", "securityPolicy"),
    (
        "api-tls",
        put("http-domain", domainNameConfiguration=LATER),
        "http-domain",
        "domainNameConfiguration.securityPolicy",
    ),
    ("api-default-endpoint", put("api", disableExecuteApiEndpoint=LATER), "api", "disableExecuteApiEndpoint"),
    ("acm-key", put("certificate", keyAlgorithm=LATER), "certificate", "keyAlgorithm"),
    ("acm-key", put("certificate", validationMethod=LATER), "certificate", "validationMethod"),
    (
        "eb-vpc",
        both(option(VPC, "VPCId"), put("environment", templateName="saved")),
        "environment",
        f"settings.{VPC}.VPCId",
    ),
    ("eb-rolling", put("environment", settings=LATER), "environment", f"settings.{COMMAND}.DeploymentPolicy"),
    (
        "eb-vpc",
        option(VPC, "AssociatePublicIpAddress", LATER),
        "environment",
        f"settings.{VPC}.AssociatePublicIpAddress",
    ),
    (
        "eb-managed-updates",
        both(option(UPDATES, "ManagedActionsEnabled"), put("environment", templateName="saved")),
        "environment",
        f"settings.{UPDATES}.ManagedActionsEnabled",
    ),
    (
        "eb-enhanced-health",
        put("environment", settings=[LATER]),
        "environment",
        "settings.aws:elasticbeanstalk:healthreporting:system.SystemType",
    ),
    ("eb-stream-logs", option(LOGS, "RetentionInDays", LATER), "environment", f"settings.{LOGS}.RetentionInDays"),
    (
        "eb-logs-s3",
        put("environment", settings=[{"namespace": LATER, "name": "StreamLogs", "value": "true"}]),
        "environment",
        "settings.aws:elasticbeanstalk:hostmanager.LogPublicationControl",
    ),
    (
        "eb-access-logs",
        option(ACCESS_LOGS, "AccessLogsS3Enabled", LATER),
        "environment",
        f"settings.{ACCESS_LOGS}.AccessLogsS3Enabled",
    ),
    ("eb-https", option(HTTPS, "Protocol", LATER), "environment", f"settings.{HTTPS}.Protocol"),
    ("eb-https", option(HTTPS, "SSLPolicy", LATER), "environment", f"settings.{HTTPS}.SSLPolicy"),
    ("eb-https", option(HTTP, "ListenerEnabled", LATER), "environment", f"settings.{HTTP}.ListenerEnabled"),
    ("eb-https", option(BALANCER, "LoadBalancerType", LATER), "environment", f"settings.{BALANCER}.LoadBalancerType"),
    (
        "eb-imdsv2",
        both(option(LAUNCH, "DisableIMDSv1"), put("environment", solutionStackName=LATER)),
        "environment",
        "solutionStackName",
    ),
    (
        "eb-imdsv2",
        both(option(LAUNCH, "DisableIMDSv1"), put("environment", platformArn=LATER)),
        "environment",
        "platformArn",
    ),
    ("eb-imdsv2", option(LAUNCH, "DisableIMDSv1", LATER), "environment", f"settings.{LAUNCH}.DisableIMDSv1"),
    ("eb-multi-az", option(ASG, "MinSize", LATER), "environment", f"settings.{ASG}.MinSize"),
    ("eb-multi-az", option(VPC, "Subnets", LATER), "environment", f"settings.{VPC}.Subnets"),
    ("eb-no-plain-secrets", put("environment", settings=LATER), "environment", "settings"),
    (
        "eb-no-plain-secrets",
        option(PROPERTIES, "RDS_PASSWORD", LATER),
        "environment",
        f"settings.{PROPERTIES}.RDS_PASSWORD",
    ),
    ("eb-rolling", option(COMMAND, "DeploymentPolicy", LATER), "environment", f"settings.{COMMAND}.DeploymentPolicy"),
    (
        "eb-rolling",
        option(COMMAND, "DeploymentPolicy", "Immutable", LATER),
        "environment",
        f"settings.{COMMAND}.DeploymentPolicy",
    ),
    ("lb-https", put("http-listener", defaultActions=LATER), "http-listener", "defaultActions"),
    ("lb-https", put("http-listener", defaultActions=[LATER]), "http-listener", "defaultActions"),
    (
        "lb-https",
        put("http-listener", defaultActions=[{"type": "redirect", "redirect": {"protocol": LATER}}]),
        "http-listener",
        "defaultActions",
    ),
    ("lb-https", put("http-listener", protocol=LATER, defaultActions=FORWARD), "http-listener", "defaultActions"),
    ("lb-https", put("listener-rule", listenerArn=LATER), "listener-rule", "actions"),
    ("lb-tls-policy", put("listener", sslPolicy=LATER), "listener", "sslPolicy"),
    ("lb-tls-policy", put("listener", protocol=LATER), "listener", "protocol"),
    ("lb-headers", put("balancer", dropInvalidHeaderFields=LATER), "balancer", "dropInvalidHeaderFields"),
    ("lb-headers", put("balancer", loadBalancerType=LATER), "balancer", "loadBalancerType"),
    ("lb-headers", put("balancer", desyncMitigationMode=LATER), "balancer", "desyncMitigationMode"),
    ("lb-delete-protect", put("balancer", enableDeletionProtection=LATER), "balancer", "enableDeletionProtection"),
    ("lb-logs", put("balancer", accessLogs={"bucket": "b", "enabled": LATER}), "balancer", "accessLogs.enabled"),
    ("lb-logs", put("balancer", loadBalancerType=LATER), "balancer", "loadBalancerType"),
]

NO_MATTER: dict[str, Change] = {
    "an authorizer that is made here": put("method", authorization="CUSTOM", authorizerId=LATER),
    "a validator that is made here": put("method", requestValidatorId=LATER),
    "a log group that is made here": put("api-stage", accessLogSettings=LATER),
    "a cache that may be on, and is encrypted": settings(cachingEnabled=LATER),
    "settings for one method of a stage that is not known yet": add(
        "more",
        SETTINGS,
        restApi=LATER,
        stageName=LATER,
        methodPath="notes/GET",
        settings={**LIMITS, "loggingLevel": "INFO"},
    ),
    "a VPC and a certificate that are made here": both(
        option(VPC, "VPCId", LATER), option(HTTPS, "SSLCertificateArns", LATER)
    ),
    "properties and secrets that are not known yet": both(
        option(PROPERTIES, "RDS_HOSTNAME", LATER), option(SECRETS, "RDS_PASSWORD", LATER)
    ),
    "a listener that may be off, and is for HTTPS": option(HTTPS, "ListenerEnabled", LATER),
    "a saved configuration behind what is said here": put("environment", templateName="saved"),
    "a listener that may speak HTTP, and redirects": put("http-listener", protocol=LATER),
    "a bucket for logs that is made here": put("balancer", accessLogs={"bucket": LATER, "enabled": True}),
    "a shared balancer": both(option(BALANCER, "LoadBalancerIsShared", "true"), without(HTTPS)),
    "a key that is rotated, whatever it is for": put("key", keyUsage=LATER),
}
