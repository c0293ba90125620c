"""What the tests of web tiers share: an application, and a cache that is not the user's."""

from pathlib import Path

import pytest
from components.web_tier.building import folder


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep bundles out of the user's cache."""
    place = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    return place


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write an application that works."""
    return folder(tmp_path_factory.mktemp("app"))
