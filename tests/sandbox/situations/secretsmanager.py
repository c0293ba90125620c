"""Situations of secretsmanager."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World, document


def _secret(world: World) -> tuple[Inputs, Inputs]:
    first = {"description": "one", "recoveryWindowInDays": 7, "tags": TAGS}
    policy = document("secretsmanager:GetSecretValue", Principal={"AWS": "123456789012"})
    replica = {"region": "eu-central-1", "kmsKeyId": world.key("eu-central-1")}
    return first, {"recoveryWindowInDays": 7, "policy": policy, "replicas": [replica], "tags": OTHER_TAGS}


def _secret_version(world: World) -> tuple[Inputs, Inputs]:
    secret = world.make("aws:secretsmanager/secret:Secret", {})["arn"]
    return {"secretId": secret, "secretString": "a"}, {
        "secretId": secret,
        "secretString": "a",
        "versionStages": ["blue", "AWSCURRENT"],
    }


SITUATIONS: dict[str, Situation] = {
    "aws:secretsmanager/secret:Secret": _secret,
    "aws:secretsmanager/secretVersion:SecretVersion": _secret_version,
}
