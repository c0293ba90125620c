"""What joins two Regions is in CloudFormation: a failover's state and schedule, health checks, records, replicas."""

from collections.abc import Callable, Mapping
from typing import Any

from .cdk_rules import Counterpart, Folded, Properties, Rule, same


def _in(whole: str, **parts: str) -> dict[str, Callable[[Any], Properties]]:
    """Return inputs that are parts of one property of CloudFormation's."""
    return {name: lambda given, part=part: {whole: {part: given}} for name, part in parts.items()}


def _encrypted(given: Properties) -> Properties:
    key = {"kmsMasterKeyId": given["kmsKeyArn"]} if "kmsKeyArn" in given else {}
    return {"sseSpecification": {"sseEnabled": given["enabled"], "sseType": "KMS", **key}}


def _recovered(given: Properties) -> Properties:
    return {"pointInTimeRecoverySpecification": {"pointInTimeRecoveryEnabled": given["enabled"]}}


def _attributes(given: list[Properties]) -> Properties:
    return {"attributeDefinitions": [{"attributeName": one["name"], "attributeType": one["type"]} for one in given]}


def _indexes(given: list[Properties]) -> Properties:
    """Return the local indexes; they share the table's own partition key, which Pulumi does not repeat."""
    made = [
        {
            "indexName": one["name"],
            "keySchema": [
                {"attributeName": "pk", "keyType": "HASH"},
                {"attributeName": one["rangeKey"], "keyType": "RANGE"},
            ],
            "projection": {"projectionType": one["projectionType"]},
        }
        for one in given
    ]
    return {"localSecondaryIndexes": made}


def _target(inputs: Properties) -> Properties:
    target = {"id": inputs.get("targetId", "target"), "arn": inputs["arn"], "input": inputs["input"]}
    if "retryPolicy" in inputs:
        names = ("maximumEventAgeInSeconds", "maximumRetryAttempts")
        target["retryPolicy"] = {name: inputs["retryPolicy"][name] for name in names}
    return {"targets": [target]}


def queries(given: list[Properties]) -> Properties:
    """Return the terms of a metric's arithmetic."""
    return {"metrics": [_query(one) for one in given]}


def _query(given: Properties) -> Properties:
    query = {name: given[name] for name in ("id", "expression", "label", "returnData", "period") if name in given}
    if "metric" not in given:
        return query
    metric = given["metric"]
    dimensions = [{"name": name, "value": value} for name, value in metric.get("dimensions", {}).items()]
    named = {"namespace": metric["namespace"], "metricName": metric["metricName"], "dimensions": dimensions}
    return {**query, "metricStat": {"metric": named, "period": metric["period"], "stat": metric["stat"]}}


def _suppressed(given: Properties) -> Properties:
    return {
        "actionsSuppressor": given["alarm"],
        "actionsSuppressorExtensionPeriod": given["extensionPeriod"],
        "actionsSuppressorWaitPeriod": given["waitPeriod"],
    }


def _alias(given: list[Properties]) -> Properties:
    (one,) = given
    alias = {"dnsName": one["name"], "hostedZoneId": one["zoneId"], "evaluateTargetHealth": one["evaluateTargetHealth"]}
    return {"aliasTarget": alias}


RECOVERY: Mapping[str, Rule] = {
    "aws:acm/certificate:Certificate": Counterpart(
        "AWS::CertificateManager::Certificate",
        same("domainName", "validationMethod", "tags"),
        {
            "arn": "ref",
            "certificateArn": "ref",
            # CloudFormation makes the records of a validation itself, and tells nobody what is in them.
            "domainValidationOptions.0.resourceRecordName": "_validation.{inputs[domainName]}",
            "domainValidationOptions.0.resourceRecordType": "=CNAME",
            "domainValidationOptions.0.resourceRecordValue": "validation.{inputs[domainName]}",
        },
    ),
    "aws:acm/certificateValidation:CertificateValidation": Folded(
        "certificateArn", "ValidationMethod", lambda _inputs: {"validationMethod": "DNS"}
    ),
    "aws:apigateway/domainName:DomainName": Counterpart(
        "AWS::ApiGateway::DomainName",
        same("domainName", "endpointAccessMode", "regionalCertificateArn", "securityPolicy", "tags")
        | {"endpointConfiguration": lambda given: {"endpointConfiguration": {**given, "types": [given["types"]]}}},
        {"regionalDomainName": "attrRegionalDomainName", "regionalZoneId": "attrRegionalHostedZoneId"},
    ),
    "aws:apigateway/basePathMapping:BasePathMapping": Counterpart(
        "AWS::ApiGateway::BasePathMapping",
        {"domainName": "domainName", "restApi": "restApiId", "stageName": "stage"},
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": Counterpart(
        "AWS::CloudWatch::CompositeAlarm",
        same("alarmActions", "okActions", "alarmDescription", "alarmName", "alarmRule")
        | {"actionsSuppressor": _suppressed, "tags": ""},
        {"name": "ref", "alarmName": "ref"},
    ),
    "aws:cloudwatch/dashboard:Dashboard": Counterpart(
        "AWS::CloudWatch::Dashboard", same("dashboardBody", "dashboardName"), {"dashboardName": "ref"}
    ),
    "aws:cloudwatch/eventRule:EventRule": Counterpart(
        "AWS::Events::Rule", same("description", "scheduleExpression") | {"tags": ""}, {"name": "ref"}
    ),
    "aws:cloudwatch/eventTarget:EventTarget": Folded("rule", "Targets", _target),
    "aws:dynamodb/table:Table": Counterpart(
        "AWS::DynamoDB::Table",
        same("billingMode", "deletionProtectionEnabled", "tags")
        | {
            "attributes": _attributes,
            "hashKey": lambda given: {"keySchema": [{"attributeName": given, "keyType": "HASH"}]},
            "rangeKey": lambda given: {"keySchema": [{"attributeName": given, "keyType": "RANGE"}]},
            "localSecondaryIndexes": _indexes,
            "streamViewType": lambda given: {"streamSpecification": {"streamViewType": given}},
            # CloudFormation has them in a type of its own; the app goes without, which makes it smaller.
            "replicas": "",
            "streamEnabled": "",
            "pointInTimeRecovery": _recovered,
            "serverSideEncryption": _encrypted,
            "ttl": "timeToLiveSpecification",
        },
        {
            "name": "ref",
            "streamArn": "attrStreamArn",
            "replicas.0.streamArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/{name}/stream/of-the-replica",
        },
    ),
    "aws:iam/policy:Policy": Counterpart(
        "AWS::IAM::ManagedPolicy",
        {"description": "description", "policy": "policyDocument", "tags": ""},
        {"arn": "ref"},
    ),
    "aws:kms/replicaKey:ReplicaKey": Counterpart(
        "AWS::KMS::ReplicaKey",
        same("description", "primaryKeyArn", "tags") | {"deletionWindowInDays": "pendingWindowInDays"},
        {"keyId": "ref"},
        # Without a policy Pulumi's provider leaves AWS's own, which CloudFormation wants said.
        also={
            "keyPolicy": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                        "Action": "kms:*",
                        "Resource": "*",
                    }
                ],
            }
        },
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": Counterpart(
        "AWS::Lambda::EventSourceMapping",
        same(
            "batchSize",
            "bisectBatchOnFunctionError",
            "destinationConfig",
            "eventSourceArn",
            "filterCriteria",
            "functionName",
            "functionResponseTypes",
            "maximumBatchingWindowInSeconds",
            "maximumRecordAgeInSeconds",
            "maximumRetryAttempts",
            "parallelizationFactor",
            "startingPosition",
            "tags",
        ),
    ),
    "aws:sqs/queue:Queue": Counterpart(
        "AWS::SQS::Queue",
        same("sqsManagedSseEnabled", "tags") | {"messageRetentionSeconds": "messageRetentionPeriod"},
        {"name": "attrQueueName", "url": "ref"},
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Counterpart(
        "AWS::SQS::QueuePolicy", {"policy": "policyDocument", "queueUrl": lambda given: {"queues": [given]}}
    ),
    "aws:route53/healthCheck:HealthCheck": Counterpart(
        "AWS::Route53::HealthCheck",
        {
            **_in(
                "healthCheckConfig",
                type="type",
                insufficientDataHealthStatus="insufficientDataHealthStatus",
                fqdn="fullyQualifiedDomainName",
                port="port",
                resourcePath="resourcePath",
                enableSni="enableSni",
                requestInterval="requestInterval",
                failureThreshold="failureThreshold",
                childHealthchecks="childHealthChecks",
                childHealthThreshold="healthThreshold",
            ),
            "cloudwatchAlarmName": lambda given: {"healthCheckConfig": {"alarmIdentifier": {"name": given}}},
            "cloudwatchAlarmRegion": lambda given: {"healthCheckConfig": {"alarmIdentifier": {"region": given}}},
            "tags": "",
        },
        {"id": "attrHealthCheckId"},
    ),
    "aws:route53/record:Record": Counterpart(
        "AWS::Route53::RecordSet",
        same("name", "type", "setIdentifier", "healthCheckId")
        | {
            "zoneId": "hostedZoneId",
            "records": "resourceRecords",
            "ttl": lambda given: {"ttl": str(given)},
            "aliases": _alias,
            "failoverRoutingPolicies": lambda given: {"failover": given[0]["type"]},
            "allowOverwrite": "",
        },
        {"fqdn": "ref"},
    ),
}
