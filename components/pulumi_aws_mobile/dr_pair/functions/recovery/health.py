"""Whether a site answers at its health URL."""

import http.client
import time
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from .clients import Stopwatch

_SECONDS = 4
_GOOD = range(200, 300)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Takes a redirection for an answer, and a wrong one: the site itself has to answer."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - urllib's own
        """Follow nothing."""


def answers(url: str, times: int = 1) -> bool:
    """Tell whether the URL answers 2xx, so many times in a row."""
    if urlsplit(url).scheme not in {"http", "https"}:
        message = f"not a health URL: {url}"
        raise ValueError(message)
    return all(_answers_once(url) for _ in range(times))


def _answers_once(url: str) -> bool:
    opener = urllib.request.build_opener(_StayHere)
    request = urllib.request.Request(url, headers={"Cache-Control": "no-store"})  # noqa: S310 - the scheme is checked above
    began = time.perf_counter()
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            return answer.status in _GOOD
    except (OSError, http.client.HTTPException):
        return False
    finally:
        Stopwatch.seconds += time.perf_counter() - began
