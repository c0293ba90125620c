"""Situations of ses."""

from .world import OTHER_TAGS, TAGS, Inputs, Situation, World


def _email_identity(world: World) -> tuple[Inputs, Inputs]:
    first = {"emailIdentity": "example.com", "tags": TAGS}
    world.sandbox.clients("sesv2").create_configuration_set(ConfigurationSetName="app")
    key = {"nextSigningKeyLength": "RSA_1024_BIT"}
    return first, {**first, "configurationSetName": "app", "dkimSigningAttributes": key, "tags": OTHER_TAGS}


SITUATIONS: dict[str, Situation] = {"aws:sesv2/emailIdentity:EmailIdentity": _email_identity}
