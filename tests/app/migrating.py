"""Runs bin/migrate as Elastic Beanstalk does."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.app.core_api import APP, PHP


def migrate(environment: Mapping[str, str], app: Path = APP, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the migrations to their end."""
    return subprocess.run(
        [PHP, "bin/migrate", *arguments],
        cwd=app,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
