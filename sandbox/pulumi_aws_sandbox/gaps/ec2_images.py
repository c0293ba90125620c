"""Machine images, loaded when a Region's images are first asked for: loading them all takes moto most of a second."""

from collections.abc import Callable
from typing import Any

from pulumi_aws_sandbox.gaps.patching import replace


def fill() -> None:
    """Put off the loading of images."""
    from moto.ec2.models.amis import AmiBackend  # noqa: PLC0415 - moto loads only when something is deployed

    load = AmiBackend._load_amis  # noqa: SLF001 - there is no public way
    replace(AmiBackend, "_load_amis", lambda _: _later)
    replace(AmiBackend, "describe_images", lambda original: _loading(original, load))


def _later(self: Any) -> None:  # noqa: ANN401 - moto's own types
    self.images_loaded = False


def _loading(original: Callable[..., Any], load: Callable[[Any], None]) -> Callable[..., Any]:
    def describe(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own types
        if not self.images_loaded:
            self.images_loaded = True
            load(self)
        return original(self, *args, **kwargs)

    return describe
