"""Writes the conformance vectors anew: `python -m clients.data_sync.record_vectors` in the folder of the tests."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .model_server import ModelServer
from .recording import Recorder
from .scenarios import LIMITS, SCENARIOS, SETTINGS

VECTORS = Path(__file__).parents[3] / "clients" / "conformance" / "data_sync"


def recorded(name: str, folder: Path) -> dict[str, Any]:
    """Go through one scenario against the model and return its vector."""
    recorder = Recorder(ModelServer(**LIMITS[name]), folder, **SETTINGS[name])
    SCENARIOS[name](recorder)
    vector = recorder.document(name)
    about = " ".join((SCENARIOS[name].__doc__ or "").split())
    return {"name": vector.pop("name"), "about": about, **vector}


def as_text(vector: dict[str, Any]) -> str:
    """Return the vector as its file holds it."""
    return json.dumps(vector, indent=1) + "\n"


def vectors() -> Iterator[tuple[str, str]]:
    """Give each vector's file name and text."""
    for name in SCENARIOS:
        with tempfile.TemporaryDirectory() as folder:
            yield f"{name}.json", as_text(recorded(name, Path(folder)))


if __name__ == "__main__":
    for file, text in vectors():
        (VECTORS / file).write_text(text)
