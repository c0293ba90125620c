"""Asks the provider of a CAPTCHA whether it was solved. Whatever goes wrong on the way, it was not."""

import json
import logging
import math
import os
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError

from .clients import client_for

_LOG = logging.getLogger(__name__)

_SECONDS = 3
_LONGEST_ANSWER_BYTES = 64 * 1024
_LONGEST_TOKEN = 8192
_WRONG_SECRET = "invalid-input-secret"  # noqa: S105 - the error that every provider gives

_kept: dict[str, str] = {}
"""The secret keys by ARN, kept while the function stays warm."""


class CaptchaConfig:
    """What is asked of whom, as this function was deployed."""

    def __init__(self) -> None:
        """Read it from the environment."""
        told = json.loads(os.environ["CAPTCHA"])
        self.provider: str = told["provider"]
        self.site_key: str = told["site_key"]
        self.verify_url: str = told["verify_url"]
        self.hostnames: frozenset[str] = frozenset(told["hostnames"])
        self.action: str | None = told["action"]
        self.minimum_score: float | None = told["minimum_score"]

    def shown(self) -> dict[str, str]:
        """Return what an app needs to draw the CAPTCHA."""
        return {"provider": self.provider, "site_key": self.site_key} | ({"action": self.action} if self.action else {})


def solved(token: str) -> bool:
    """Tell whether `token` is the proof that a CAPTCHA was solved where, for what and as well as it has to be."""
    if not token or len(token) > _LONGEST_TOKEN:
        return False
    config = CaptchaConfig()
    try:
        answer = _ask(config, token)
    except (OSError, HTTPException, ValueError, BotoCoreError, ClientError) as error:
        _LOG.error("the CAPTCHA could not be verified: %s", type(error).__name__)
        return False
    reason = _refusal(config, answer)
    if reason:
        _LOG.warning("the CAPTCHA was refused: %s", reason)
    return reason is None


def _ask(config: CaptchaConfig, token: str) -> Mapping[str, Any]:
    """Return the provider's answer; a secret key that it does not know may have been changed, and is read again."""
    secret = _secret_key()
    answer = _post(config, token, secret)
    if _WRONG_SECRET in _errors(answer):
        _kept.clear()
        if (fresh := _secret_key()) != secret:
            answer = _post(config, token, fresh)
    return answer


def _secret_key() -> str:
    arn = os.environ["CAPTCHA_SECRET_ARN"]
    if arn not in _kept:
        _kept[arn] = client_for("secretsmanager", arn).get_secret_value(SecretId=arn)["SecretString"].strip()
    return _kept[arn]


def _post(config: CaptchaConfig, token: str, secret: str) -> Mapping[str, Any]:
    fields = {"secret": secret, "response": token}
    if config.provider == "hcaptcha":
        fields["sitekey"] = config.site_key  # otherwise a token for any site of the account would do
    request = urllib.request.Request(  # noqa: S310 - https, or the loopback: the settings allow nothing else
        config.verify_url, data=urllib.parse.urlencode(fields).encode(), method="POST"
    )
    with urllib.request.build_opener(_NoRedirects).open(request, timeout=_SECONDS) as reply:
        answer = json.loads(reply.read(_LONGEST_ANSWER_BYTES))
    if not isinstance(answer, dict):
        message = "not an object"
        raise ValueError(message)  # noqa: TRY004 - as for any answer that is not what providers give
    return answer


def _refusal(config: CaptchaConfig, answer: Mapping[str, Any]) -> str | None:
    """Return why the answer is not good enough, in words that hold nothing of what the client sent."""
    place = answer.get("hostname") or answer.get("apk_package_name")
    if answer.get("success") is not True:
        return ", ".join(_errors(answer)) or "not solved"
    if config.hostnames and place not in config.hostnames:
        return "solved elsewhere"
    if config.action is not None and answer.get("action") != config.action:
        return "solved for another action"
    if config.minimum_score is not None and not _score(answer) >= config.minimum_score:
        return "scored too low"
    return None


def _errors(answer: Mapping[str, Any]) -> list[str]:
    errors = answer.get("error-codes")
    return [error[:64] for error in errors[:8] if isinstance(error, str)] if isinstance(errors, list) else []


def _score(answer: Mapping[str, Any]) -> float:
    """Return the score; an answer without one has the lowest."""
    score = answer.get("score")
    known = isinstance(score, (int, float)) and not isinstance(score, bool) and not math.isnan(score)
    return float(score) if known else 0.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows nowhere: the secret key goes to the provider only."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - the signature of the base class
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Make no further request, so that the redirect is an error."""
