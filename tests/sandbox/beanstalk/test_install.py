"""The script that installs PHP and MariaDB, with stand-ins for the programs that it looks for and calls."""

import os
import subprocess
from pathlib import Path

_SCRIPT = Path(__file__).parents[3] / "sandbox" / "install-web-tier"
_PACKAGES = "php-cli php-mysql mariadb-server-core mariadb-client-core"
_PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "mariadb")


def _run(folder: Path, programs: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the script where only these programs are, each with what it does."""
    for name, body in programs.items():
        program = folder / name
        program.write_text(f"#!/bin/bash\n{body}\n")
        program.chmod(0o755)
    script = folder / "script"
    # The machine's own programs are looked for in these places too.
    script.write_text(_SCRIPT.read_text().replace(":/usr/local/sbin:/usr/sbin:/sbin:/opt/homebrew/bin", ""))
    return subprocess.run(
        ["/bin/bash", str(script)], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )


def test_nothing_is_done_where_all_is_there(tmp_path: Path) -> None:
    present = dict.fromkeys(_PROGRAMS, "") | {"php": "echo PDO; echo pdo_mysql", "apt-get": "exit 1"}
    done = _run(tmp_path, present)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_says_how_where_there_is_no_apt(tmp_path: Path) -> None:
    done = _run(tmp_path, {"php": "echo PDO"})
    assert done.returncode == 0
    assert done.stderr.splitlines()[1].strip() == (
        f"Debian, Ubuntu:  sudo apt-get install --no-install-recommends {_PACKAGES}"
    )


def test_root_installs_and_fetches_the_lists_if_they_are_needed(tmp_path: Path) -> None:
    called = tmp_path / "called"
    apt = f'echo "$DEBIAN_FRONTEND $*" >> {called}; exit 100'
    done = _run(tmp_path, {"apt-get": apt})
    install = f"noninteractive install -qq -y --no-install-recommends {_PACKAGES}"
    wanted = [install, "noninteractive update -qq"] if os.geteuid() == 0 else []
    assert done.returncode == 0
    assert (called.read_text().splitlines() if called.exists() else []) == wanted
    assert ("apt-get could not install" in done.stderr) is bool(wanted)
