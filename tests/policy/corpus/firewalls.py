"""Web ACLs: one with rules, and one that was made and then forgotten."""

import pulumi_aws as aws

EXPECTED = {"empty": "waf-rules"}

SEEN = {"cloudwatch_metrics_enabled": True, "sampled_requests_enabled": True}


def program() -> None:
    aws.wafv2.WebAcl(
        "empty",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config={**SEEN, "metric_name": "empty"},
    )
    addresses = aws.wafv2.IpSet("blocked", scope="REGIONAL", ip_address_version="IPV4", addresses=["198.51.100.0/24"])
    acl = aws.wafv2.WebAcl(
        "shop",
        scope="REGIONAL",
        default_action={"allow": {}},
        rules=[
            {
                "name": "blocked",
                "priority": 0,
                "action": {"block": {}},
                "statement": {"ip_set_reference_statement": {"arn": addresses.arn}},
                "visibility_config": {**SEEN, "metric_name": "blocked"},
            },
            {
                "name": "rate",
                "priority": 1,
                "action": {"block": {}},
                "statement": {"rate_based_statement": {"limit": 2000, "aggregate_key_type": "IP"}},
                "visibility_config": {**SEEN, "metric_name": "rate"},
            },
        ],
        visibility_config={**SEEN, "metric_name": "shop"},
    )
    log = aws.cloudwatch.LogGroup("waf-log", name="aws-waf-logs-shop", retention_in_days=90)
    aws.wafv2.WebAclLoggingConfiguration("shop-logs", resource_arn=acl.arn, log_destination_configs=[log.arn])
