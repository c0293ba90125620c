"""Situations of lambda."""

from pulumi.asset import Archive, AssetArchive, StringAsset

from .world import OTHER_TAGS, TAGS, TRUST, Inputs, Situation, World, document


def archive(text: str = "def handle(event, context):\n    return event\n") -> Archive:
    return AssetArchive({"index.py": StringAsset(text)})


def function(world: World, **more: object) -> Inputs:
    role = world.make("aws:iam/role:Role", {"assumeRolePolicy": TRUST.replace("rds.", "lambda.")})["arn"]
    return {"code": archive(), "handler": "index.handle", "runtime": "python3.13", "role": role, **more}


def _function(world: World) -> tuple[Inputs, Inputs]:
    first = function(world, environment={"variables": {"A_KEY": "one"}}, publish=True, tags=TAGS)
    group = world.make("aws:cloudwatch/logGroup:LogGroup", {})["name"]
    logging = {"logFormat": "JSON", "logGroup": group, "applicationLogLevel": "DEBUG", "systemLogLevel": "INFO"}
    return first, {
        **first,
        "architectures": ["arm64"],
        "code": archive("def handle(event, context):\n    return 1\n"),
        "description": "two",
        "environment": {"variables": {"B_KEY": "two"}},
        "ephemeralStorage": {"size": 1024},
        "kmsKeyArn": world.key(),
        "loggingConfig": logging,
        "memorySize": 256,
        "reservedConcurrentExecutions": 0,
        "timeout": 10,
        "tracingConfig": {"mode": "Active"},
        "tags": OTHER_TAGS,
    }


def _made(world: World) -> str:
    return world.make("aws:lambda/function:Function", function(world, publish=True))["name"]


def _alias(world: World) -> tuple[Inputs, Inputs]:
    first = {"functionName": _made(world), "functionVersion": "1", "description": "live"}
    return first, {**first, "functionVersion": "$LATEST", "description": "newest"}


def _event_source(world: World) -> tuple[Inputs, Inputs]:
    inputs = function(world)
    for number, action in enumerate(("dynamodb:*", "sqs:SendMessage")):
        policy = {"role": inputs["role"].rsplit("/", 1)[1], "policy": document(action), "name": f"may-{number}"}
        world.make("aws:iam/rolePolicy:RolePolicy", policy)
    table = world.make(
        "aws:dynamodb/table:Table",
        {
            "attributes": [{"name": "pk", "type": "S"}],
            "hashKey": "pk",
            "billingMode": "PAY_PER_REQUEST",
            "streamEnabled": True,
            "streamViewType": "NEW_AND_OLD_IMAGES",
        },
    )
    first = {
        "eventSourceArn": table["streamArn"],
        "functionName": world.make("aws:lambda/function:Function", inputs)["name"],
        "startingPosition": "TRIM_HORIZON",
        "tags": TAGS,
    }
    return first, {
        **first,
        "batchSize": 10,
        "bisectBatchOnFunctionError": True,
        "destinationConfig": {"onFailure": {"destinationArn": world.make("aws:sqs/queue:Queue", {})["arn"]}},
        "enabled": False,
        "filterCriteria": {"filters": [{"pattern": '{"eventName": ["INSERT"]}'}]},
        "functionResponseTypes": ["ReportBatchItemFailures"],
        "maximumBatchingWindowInSeconds": 5,
        "maximumRecordAgeInSeconds": 3600,
        "maximumRetryAttempts": 2,
        "parallelizationFactor": 3,
        "tags": OTHER_TAGS,
    }


def _invoke_config(world: World) -> tuple[Inputs, Inputs]:
    first = {"functionName": _made(world), "maximumRetryAttempts": 1}
    inputs = function(world)
    policy = {"role": inputs["role"].rsplit("/", 1)[1], "policy": document("sqs:SendMessage")}
    world.make("aws:iam/rolePolicy:RolePolicy", policy)
    queue = world.make("aws:sqs/queue:Queue", {})["arn"]
    return first, {
        **first,
        "maximumEventAgeInSeconds": 3600,
        "maximumRetryAttempts": 2,
        "destinationConfig": {"onFailure": {"destination": queue}},
    }


def _permission(world: World) -> tuple[Inputs, None]:
    return {
        "action": "lambda:InvokeFunction",
        "function": _made(world),
        "principal": "cognito-idp.amazonaws.com",
        "sourceArn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc",
    }, None


SITUATIONS: dict[str, Situation] = {
    "aws:lambda/alias:Alias": _alias,
    "aws:lambda/eventSourceMapping:EventSourceMapping": _event_source,
    "aws:lambda/function:Function": _function,
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": _invoke_config,
    "aws:lambda/permission:Permission": _permission,
}
