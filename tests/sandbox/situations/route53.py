"""Situations of route53's health checks."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _check(world: World) -> tuple[Inputs, Inputs]:
    del world
    first = {
        "type": "HTTPS",
        "fqdn": "api.example.com",
        "port": 443,
        "resourcePath": "/live/health",
        "requestInterval": 10,
        "failureThreshold": 3,
        "tags": TAGS,
    }
    return first, {**first, "resourcePath": "/live/ready", "failureThreshold": 5, "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {"aws:route53/healthCheck:HealthCheck": _check}
