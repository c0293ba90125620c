"""Situations of lb."""

from .elasticbeanstalk import environment, setting, settings
from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _listener(world: World) -> tuple[Inputs, Inputs]:
    off = setting("aws:elbv2:listener:default", "ListenerEnabled", "false")
    made = environment(world, settings=[*settings(world), off])
    redirect = {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}
    first = {
        "loadBalancerArn": made["loadBalancers"][0],
        "port": 80,
        "protocol": "HTTP",
        "defaultActions": [{"type": "redirect", "redirect": redirect}],
        "tags": TAGS,
    }
    response = {"contentType": "text/plain", "messageBody": "closed", "statusCode": "503"}
    return first, {
        **first,
        "port": 8080,
        "defaultActions": [{"type": "fixed-response", "fixedResponse": response}],
        "tags": OTHER_TAGS,
    }


SITUATIONS: dict[str, Situation] = {"aws:lb/listener:Listener": _listener}
