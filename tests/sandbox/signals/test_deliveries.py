"""What topics deliver, and whom they ask."""

import json

from sandbox.functions.conftest import Deploy
from sandbox.situations.world import World

from pulumi_aws_sandbox.engine_api import Sandbox
from pulumi_aws_sandbox.runtime import outbox, regions


def test_a_topic_runs_a_function_that_lets_it(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    print('told', event['Records'][0]['Sns']['Message'])\n")
    sns = sandbox.clients("sns")
    arn = sns.create_topic(Name="ops")["TopicArn"]
    sns.subscribe(TopicArn=arn, Protocol="lambda", Endpoint=function.outputs["arn"])
    sns.publish(TopicArn=arn, Message="nobody listens")
    granted = {"StatementId": "topic", "Action": "lambda:InvokeFunction", "SourceArn": arn}
    sandbox.clients("lambda").add_permission(FunctionName=function.name, Principal="sns.amazonaws.com", **granted)
    sns.publish(TopicArn=arn, Message="hello")
    assert [line for line in function.log() if line.startswith("told")] == ["told hello"]


def test_a_topic_reaches_a_queue_whose_policy_lets_it(sandbox: Sandbox) -> None:
    world = World(sandbox)
    topic, queue = world.topic(), world.make("aws:sqs/queue:Queue", {})
    sns, sqs = sandbox.clients("sns"), sandbox.clients("sqs")
    raw = {"RawMessageDelivery": "true"}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue["arn"], Attributes=raw)
    sns.publish(TopicArn=topic, Message="nobody listens")
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue["arn"],
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    world.make("aws:sqs/queuePolicy:QueuePolicy", {"queueUrl": queue["url"], "policy": policy})
    sns.publish(TopicArn=topic, Message="hello")
    got = sqs.receive_message(QueueUrl=queue["url"], MaxNumberOfMessages=10)["Messages"]
    assert [each["Body"] for each in got] == ["hello"]


def test_a_topic_reaches_nobody_in_a_lost_region(sandbox: Sandbox, deploy: Deploy) -> None:
    function = deploy("def handle(event, context):\n    print('told')\n")
    arn = sandbox.clients("sns", "eu-central-1").create_topic(Name="ops")["TopicArn"]
    granted = {"StatementId": "topic", "Action": "lambda:InvokeFunction", "SourceArn": arn}
    sandbox.clients("lambda").add_permission(FunctionName=function.name, Principal="sns.amazonaws.com", **granted)
    away = sandbox.clients("sns", "eu-central-1")
    away.subscribe(TopicArn=arn, Protocol="lambda", Endpoint=function.outputs["arn"])
    with regions.lost("eu-west-1"):
        away.publish(TopicArn=arn, Message="hello")
    assert sandbox.clients("logs").describe_log_groups()["logGroups"] == []


def test_people_get_what_a_topic_says_in_the_way_they_chose(sandbox: Sandbox) -> None:
    sns = sandbox.clients("sns")
    arn = sns.create_topic(Name="ops")["TopicArn"]
    for protocol, endpoint in (("email", "a@example.com"), ("email-json", "b@example.com"), ("sms", "+15550100")):
        sns.subscribe(TopicArn=arn, Protocol=protocol, Endpoint=endpoint)
    sns.publish(TopicArn=arn, Subject="news", Message="hello")
    first, second, third = outbox.messages()
    assert (first.kind, first.subject, first.body) == ("email", "news", "hello")
    assert json.loads(second.body)["Message"] == "hello"
    assert (third.kind, third.to, third.body) == ("sms", "+15550100", "hello")
