"""What carries messages to users and events from them is in CloudFormation: topics' subscribers, streams, the lake."""

from collections.abc import Mapping
from typing import Any

from .cdk_rules import Counterpart, Properties, Rule, same

_CATALOG = "123456789012"
"""The account, which a Glue catalog is named after; Pulumi's provider fills it in."""
_CUSTOM = "arn:aws:lambda:eu-west-1:123456789012:function:{}"
"""CloudFormation has no type for it: a function of one's own makes it."""


def _hosted(given: Properties) -> Properties:
    """Return where Firehose writes, in CloudFormation's spelling."""
    hints = {"intervalInSeconds": given["bufferingInterval"], "sizeInMBs": given["bufferingSize"]}
    conversion = given["dataFormatConversionConfiguration"]
    partitioning = given["dynamicPartitioningConfiguration"]
    return {
        "extendedS3DestinationConfiguration": {
            "bucketArn": given["bucketArn"],
            "bufferingHints": hints,
            "cloudWatchLoggingOptions": given["cloudwatchLoggingOptions"],
            "dataFormatConversionConfiguration": conversion,
            "dynamicPartitioningConfiguration": {
                "enabled": partitioning["enabled"],
                "retryOptions": {"durationInSeconds": partitioning["retryDuration"]},
            },
            "encryptionConfiguration": {"kmsEncryptionConfig": {"awskmsKeyArn": given["kmsKeyArn"]}},
            "errorOutputPrefix": given["errorOutputPrefix"],
            "prefix": given["prefix"],
            "processingConfiguration": given["processingConfiguration"],
            "roleArn": given["roleArn"],
        }
    }


def _table(given: Mapping[str, Any], name: str) -> Properties:
    return {"tableInput": {name: given}}


def _workgroup(given: Properties) -> Properties:
    results = given["resultConfiguration"]
    encryption = results["encryptionConfiguration"]
    configuration = {
        **given,
        "publishCloudWatchMetricsEnabled": given["publishCloudwatchMetricsEnabled"],
        "resultConfiguration": {
            "encryptionConfiguration": {
                "encryptionOption": encryption["encryptionOption"],
                "kmsKey": encryption["kmsKeyArn"],
            },
            "outputLocation": results["outputLocation"],
        },
    }
    del configuration["publishCloudwatchMetricsEnabled"]
    return {"workGroupConfiguration": configuration}


EVENTS: Mapping[str, Rule] = {
    "aws:athena/namedQuery:NamedQuery": Counterpart(
        "AWS::Athena::NamedQuery",
        same("database", "description", "name") | {"query": "queryString", "workgroup": "workGroup"},
        {"id": "attrNamedQueryId"},
    ),
    "aws:athena/workgroup:Workgroup": Counterpart(
        "AWS::Athena::WorkGroup",
        same("description", "tags") | {"configuration": _workgroup},
        {"name": "ref", "id": "ref", "arn": "arn:aws:athena:{region}:123456789012:workgroup/{name}"},
        # CloudFormation wants a name, which Pulumi makes up.
        also={"name": "analytics"},
    ),
    "aws:cloudwatch/logStream:LogStream": Counterpart(
        "AWS::Logs::LogStream", same("logGroupName") | {"name": "logStreamName"}, {"name": "ref"}
    ),
    "aws:glue/catalogDatabase:CatalogDatabase": Counterpart(
        "AWS::Glue::Database",
        {
            "description": lambda given: {"databaseInput": {"description": given}},
            "name": lambda given: {"databaseInput": {"name": given}},
            "tags": "",
        },
        {"name": "ref", "arn": "arn:aws:glue:{region}:123456789012:database/{name}"},
        also={"catalogId": _CATALOG},
    ),
    "aws:glue/catalogTable:CatalogTable": Counterpart(
        "AWS::Glue::Table",
        {
            "databaseName": "databaseName",
            "storageDescriptor": lambda given: {
                "tableInput": {
                    "storageDescriptor": {
                        **{name: value for name, value in given.items() if name != "serDeInfo"},
                        "serdeInfo": given["serDeInfo"],
                    }
                }
            },
            **{
                name: lambda given, name=name: _table(given, name)
                for name in ("description", "name", "parameters", "partitionKeys", "tableType")
            },
        },
        {"name": "ref", "arn": "arn:aws:glue:{region}:123456789012:table/analytics/{name}"},
        also={"catalogId": _CATALOG},
    ),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": Counterpart(
        "AWS::KinesisFirehose::DeliveryStream",
        {
            "destination": "",
            "extendedS3Configuration": _hosted,
            "kinesisSourceConfiguration": "kinesisStreamSourceConfiguration",
            "tags": "tags",
        },
        {"name": "ref"},
        also={"deliveryStreamType": "KinesisStreamAsSource"},
    ),
    "aws:kinesis/stream:Stream": Counterpart(
        "AWS::Kinesis::Stream",
        same("streamModeDetails", "tags")
        | {
            "encryptionType": lambda given: {"streamEncryption": {"encryptionType": given}},
            "kmsKeyId": lambda given: {"streamEncryption": {"keyId": given}},
            "retentionPeriod": "retentionPeriodHours",
        },
        {"name": "ref"},
    ),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": Counterpart(
        "AWS::Lambda::EventInvokeConfig",
        same("destinationConfig", "functionName", "maximumEventAgeInSeconds", "maximumRetryAttempts"),
        also={"qualifier": "$LATEST"},
    ),
    "aws:sns/platformApplication:PlatformApplication": Counterpart(
        "AWS::CloudFormation::CustomResource",
        {
            "applePlatformBundleId": "",
            "applePlatformTeamId": "",
            "eventDeliveryFailureTopicArn": "",
            "eventEndpointUpdatedTopicArn": "",
            "failureFeedbackRoleArn": "",
            "platform": "",
            "platformCredential": "",
            "platformPrincipal": "",
            "successFeedbackRoleArn": "",
            "successFeedbackSampleRate": "",
        },
        {"arn": "ref", "name": "ref"},
        also={"serviceToken": _CUSTOM.format("platform-application")},
    ),
    "aws:sns/smsPreferences:SmsPreferences": Counterpart(
        "AWS::CloudFormation::CustomResource",
        {
            "defaultSmsType": "",
            "defaultSenderId": "",
            "deliveryStatusIamRoleArn": "",
            "deliveryStatusSuccessSamplingRate": "",
            "monthlySpendLimit": "",
        },
        also={"serviceToken": _CUSTOM.format("sms-preferences")},
    ),
    "aws:sns/topicSubscription:TopicSubscription": Counterpart(
        "AWS::SNS::Subscription",
        same("endpoint", "protocol")
        | {"filterPolicy": "filterPolicy", "redrivePolicy": "redrivePolicy", "topic": "topicArn"},
    ),
}
