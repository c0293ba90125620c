"""What the formats share: Amplify's words for Cognito's, how a file is marked, and how JSON is written."""

import json
from collections.abc import Mapping

from .settings import ClientSettings

MARK = "aws-mobile-client/1"
"""Stands in every file, so that it may be written anew: what makes files like it, and the version of what they say."""
API_NAME = "api"
"""The name by which apps call the API through Amplify."""
AUTHORIZATION = "AWS_IAM"
"""How requests are signed: Signature Version 4, by the identity pool's credentials."""

GEN2_PROVIDERS: Mapping[str, str] = {
    "Facebook": "FACEBOOK",
    "Google": "GOOGLE",
    "LoginWithAmazon": "LOGIN_WITH_AMAZON",
    "SignInWithApple": "SIGN_IN_WITH_APPLE",
}
"""The providers that Gen 2's readers know, by Cognito's names."""
GEN1_PROVIDERS: Mapping[str, str] = {
    "Facebook": "FACEBOOK",
    "Google": "GOOGLE",
    "LoginWithAmazon": "AMAZON",
    "SignInWithApple": "APPLE",
}
"""The same in the words of the first generation."""
POOL_ITSELF = "COGNITO"
FACTORS: Mapping[str, str] = {"sms": "SMS", "totp": "TOTP"}
"""The second factors that readers of every age know; a factor by e-mail makes older ones fail."""


def providers(settings: ClientSettings, words: Mapping[str, str]) -> list[str]:
    """Return the providers of the app client that have a word."""
    return [words[name] for name in settings.sign_in.app.providers if name in words]


def other_providers(settings: ClientSettings) -> list[str]:
    """Return the providers that no format has a word for; apps name them as custom ones."""
    return [name for name in settings.sign_in.app.providers if name not in {*GEN2_PROVIDERS, POOL_ITSELF}]


def factors(settings: ClientSettings) -> list[str]:
    """Return the second factors that every reader knows."""
    return [FACTORS[name] for name in settings.sign_in.mfa_factors if name in FACTORS]


def as_json(document: Mapping[str, object]) -> str:
    """Return a document as text, the same each time; in ASCII, so that it may stand in any program's source."""
    return json.dumps(document, indent=2)
