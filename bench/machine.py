"""What the figures were measured on and with."""

import datetime as dt
import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from .peers import Peers


def facts(peers: Peers) -> list[tuple[str, str]]:
    """Return date, machine and versions."""
    package = peers.javascript / "node_modules" / "aws-cdk-lib" / "package.json"
    cdk = json.loads(package.read_text(encoding="utf-8"))["version"]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        ("Date", dt.datetime.now(tz=dt.UTC).date().isoformat()),
        ("Machine", f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()} {platform.machine()}"),
        ("Python", f"{platform.python_version()}, pulumi {version('pulumi')}, pulumi-aws {version('pulumi-aws')}"),
        ("AWS CDK", f"aws-cdk-lib {cdk} from npm and from PyPI, Node {node}"),
    ]


def load() -> str:
    """Return how busy the machine is."""
    return f"{os.getloadavg()[0]:.1f}"


def results_file() -> Path:
    """Return the file that keeps the last results."""
    return Path(__file__).resolve().parent / "RESULTS.md"
