"""Which files there are, and what they could not say. Pure: settings in, texts out."""

from .gen1 import configuration, script
from .gen2 import dart, outputs
from .own import document
from .settings import ClientSettings
from .words import GEN2_PROVIDERS, MARK, as_json, other_providers

OWN_FILE = "aws-mobile.json"
FAILOVER = "failover"
"""The folder beside an environment's files that has those of its recovery Region, in a folder named after that."""


FILES = ("amplify_outputs.json", "amplify_outputs.dart", "amplifyconfiguration.json", "aws-exports.js", OWN_FILE)
"""The names of all files."""


def files(settings: ClientSettings) -> dict[str, str]:
    """Return the text of each file by its name: the same settings give the same texts."""
    return {
        "amplify_outputs.json": f"{as_json(outputs(settings))}\n",
        "amplify_outputs.dart": f"// {MARK}\n{dart(settings)}\n",
        "amplifyconfiguration.json": f"{as_json(configuration(settings))}\n",
        "aws-exports.js": script(settings),
        OWN_FILE: f"{as_json(document(settings))}\n",
    }


def notes(settings: ClientSettings) -> list[str]:
    """Return, in words, what a format does not say that the deployment would have had to say."""
    sign_in, found = settings.sign_in, []
    if sign_in.hosted_domain and sign_in.app.callback_urls and not sign_in.app.logout_urls:
        found.append(
            f"the hosted pages are left out: Amplify wants a place to land after signing out; "
            f"give identity.clients.{sign_in.app.key}.logout_urls"
        )
    if "email" in sign_in.mfa_factors:
        found.append(f"the second factor by e-mail is in {OWN_FILE} only: older clients fail on it")
    if others := other_providers(settings):
        known = ", ".join(sorted(GEN2_PROVIDERS.values()))
        found.append(f"{', '.join(others)}: in {OWN_FILE} only, since Amplify's formats name {known} alone")
    if settings.api is not None and settings.api.needs_key:
        found.append("the API wants a key in the header x-api-key, which no file has: hand it out as the app needs it")
    if settings.push is not None and settings.push.amplify:
        found.append("notifications are left out for Flutter, whose reader fails on them")
    return found
