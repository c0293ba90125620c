"""Situations of lambda."""

from pulumi.asset import Archive, AssetArchive, StringAsset

from .world import OTHER_TAGS, TAGS, TRUST, Inputs, Situation, World


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


def _permission(world: World) -> tuple[Inputs, None]:
    return {
        "action": "lambda:InvokeFunction",
        "function": _made(world),
        "principal": "cognito-idp.amazonaws.com",
        "sourceArn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc",
    }, None


SITUATIONS: dict[str, Situation] = {
    "aws:lambda/alias:Alias": _alias,
    "aws:lambda/function:Function": _function,
    "aws:lambda/permission:Permission": _permission,
}
