"""What each language's package is made of: what was generated, what is written by hand, and its manifest."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import aws_mobile_clients

from .client_document import METHODS, TAG
from .generator import GenerationError, Generator
from .recorded import Document

_HOME = Path(aws_mobile_clients.__file__).parent
_SYNC = _HOME / "sources"
_HELPERS = _HOME / "sdk"
_NO_CODE = shutil.ignore_patterns("node_modules", "dist", "target", "build", "__pycache__")
OPENAPI = "openapi.json"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language's package comes together."""

    generator: Generator
    assemble: Callable[[Path, Path, str], None]
    """Takes what was generated, the package's folder and the package's name."""
    operations: str
    """Where the operations stand in the package."""
    models: str
    """Where the schemas' files stand."""
    ending: str

    def build(self, generated: Path, package: Path, name: str, document: Document) -> None:
        """Make the package; raise `GenerationError` if names differ from the document's."""
        self.assemble(generated, package, name)
        text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)
        (package / OPENAPI).write_text(f"{text}\n", encoding="utf-8")
        lost = [*self._lost_operations(package, document), *self._lost_schemas(package, document)]
        if lost:
            message = f"the generator {self.generator.name} renamed {', '.join(lost)}: rename them in the document"
            raise GenerationError(message)

    def _lost_operations(self, package: Path, document: Document) -> Iterator[str]:
        text = (package / self.operations).read_text(encoding="utf-8")
        for item in document["paths"].values():
            for method in METHODS:
                name = item.get(method, {}).get("operationId")
                if name is not None and not re.search(rf"\b{name}\(", text):
                    yield name

    def _lost_schemas(self, package: Path, document: Document) -> Iterator[str]:
        for name, schema in document["components"]["schemas"].items():
            # A schema of no type of its own, such as a text, is written where it is used.
            if "properties" in schema and not (package / self.models / f"{name}{self.ending}").is_file():
                yield name


def _typescript(generated: Path, package: Path, name: str) -> None:
    shutil.copytree(_HELPERS / "typescript", package, ignore=_NO_CODE)
    shutil.copytree(_SYNC / "typescript/src/data_sync", package / "src/data_sync")
    api = package / "src/api"
    for part in ("apis", "models"):
        shutil.copytree(generated / part, api / part)
    for file in ("index.ts", "runtime.ts"):
        shutil.copy(generated / file, api / file)
    manifest = json.loads((package / "package.json").read_text(encoding="utf-8"))
    (package / "package.json").write_text(json.dumps({**manifest, "name": name}, indent=2) + "\n", encoding="utf-8")


def _kotlin(generated: Path, package: Path, name: str) -> None:
    shutil.copytree(_HELPERS / "kotlin", package, ignore=_NO_CODE)
    home = package / "src/main/kotlin/awsmobile"
    shutil.copytree(_SYNC / "kotlin/src/main/kotlin/awsmobile/datasync", home / "datasync")
    shutil.copytree(generated / "src/main/kotlin/awsmobile/api", home / "api")
    settings = package / "settings.gradle.kts"
    settings.write_text(f'rootProject.name = "{name}"\n', encoding="utf-8")


def _swift(generated: Path, package: Path, name: str) -> None:
    shutil.copytree(_HELPERS / "swift", package, ignore=_NO_CODE)
    shutil.copytree(_SYNC / "swift/Sources/DataSync", package / "Sources/DataSync")
    shutil.copytree(generated / "Sources/BackendApi", package / "Sources/BackendApi")
    manifest = package / "Package.swift"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('name: "backend-client"', f'name: "{name}"'), encoding="utf-8"
    )


LANGUAGES: Mapping[str, Language] = {
    "kotlin": Language(
        Generator(
            "kotlin",
            {
                "packageName": "awsmobile.api",
                "serializationLibrary": "kotlinx_serialization",
                "useCoroutines": True,
                # Times as texts: Android has java.time only from API level 26 on, and kotlinx's own is no standard.
                "dateLibrary": "string",
                "omitGradleWrapper": True,
            },
            library="jvm-okhttp4",
        ),
        _kotlin,
        f"src/main/kotlin/awsmobile/api/apis/{TAG}Api.kt",
        "src/main/kotlin/awsmobile/api/models",
        ".kt",
    ),
    "swift": Language(
        Generator("swift6", {"projectName": "Backend", "swiftPackagePath": "Sources/BackendApi"}),
        _swift,
        f"Sources/BackendApi/APIs/{TAG}API.swift",
        "Sources/BackendApi/Models",
        ".swift",
    ),
    "typescript": Language(
        Generator("typescript-fetch", {"importFileExtension": ".js", "useSingleRequestParameter": True}),
        _typescript,
        f"src/api/apis/{TAG}Api.ts",
        "src/api/models",
        ".ts",
    ),
}
