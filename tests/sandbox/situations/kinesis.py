"""Situations of kinesis."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _stream(world: World) -> tuple[Inputs, Inputs]:
    first = {"shardCount": 2, "retentionPeriod": 48, "tags": TAGS}
    return first, {
        "streamModeDetails": {"streamMode": "ON_DEMAND"},
        "retentionPeriod": 24,
        "encryptionType": "KMS",
        "kmsKeyId": world.key(),
        "shardLevelMetrics": ["IncomingBytes", "IteratorAgeMilliseconds"],
        "tags": OTHER_TAGS,
    }


SITUATIONS: dict[str, Situation] = {"aws:kinesis/stream:Stream": _stream}
