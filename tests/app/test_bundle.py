"""The folder is a source bundle that Elastic Beanstalk can take as it stands."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.app.core_api import APP, PHP

FILES = sorted([*APP.rglob("*.php"), APP / "bin/migrate"])


def test_every_file_is_php_without_errors() -> None:
    script = "foreach (array_slice($argv, 1) as $file) { if (!opcache_compile_file($file)) { exit(1); } }"
    command = [PHP, "-d", "opcache.enable_cli=1", "-r", script, *map(str, FILES)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_strict(path: Path) -> None:
    assert "\ndeclare(strict_types=1);\n" in path.read_text()


def test_every_class_is_where_the_loader_looks() -> None:
    for path in (APP / "src").rglob("[A-Z]*.php"):
        folder = path.relative_to(APP / "src").parent.parts
        text = path.read_text()
        assert f"\nnamespace {chr(92).join(('CoreApi', *folder))};\n" in text
        assert re.search(rf"^final class {path.stem}\b", text, flags=re.MULTILINE)


def test_no_statement_is_put_together_from_input() -> None:
    # Everything goes through Database::run, which prepares; PDO's other ways to run SQL do not occur.
    for path in FILES:
        assert not re.search(r"->(query|exec)\(", path.read_text()), path
        assert path.name == "Database.php" or "new PDO" not in path.read_text()


def test_the_authorities_of_rds_are_put_where_the_app_looks_for_them() -> None:
    files = yaml.safe_load((APP / ".ebextensions/01_database_trust.config").read_text())["files"]
    ((path, file),) = files.items()
    assert f"'{path}'" in (APP / "src/Database/Database.php").read_text()
    assert file["source"] == "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"


def test_one_instance_migrates_before_a_version_answers() -> None:
    commands = yaml.safe_load((APP / ".ebextensions/02_migrate.config").read_text())["container_commands"]
    assert commands == {"01_migrate": {"command": "php bin/migrate", "leader_only": True}}


def test_only_the_front_controller_is_public() -> None:
    assert [path.name for path in (APP / "public").iterdir()] == ["index.php"]


def test_nginx_hands_everything_to_the_front_controller() -> None:
    text = (APP / ".platform/nginx/conf.d/elasticbeanstalk/front_controller.conf").read_text()
    assert "    try_files $uri /index.php$is_args$args;\n" in text
    assert "\nunderscores_in_headers off;\n" in text
    assert text.count("{") == text.count("}")
