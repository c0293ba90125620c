"""The page about databases: its programs run, and it names what exists."""

import re
from pathlib import Path

import pytest
from components.ha_database.account import CLUSTER, INSTANCE, Account

from pulumi_aws_mobile.ha_database import HAdatabase, HAdatabaseArgs
from pulumi_aws_mobile.ha_database.nested_args import (
    DatabaseBackupArgs,
    DatabaseReplicaArgs,
    DatabaseRestoreArgs,
)
from pulumi_aws_mobile.testing import record

PAGE = (Path(__file__).parents[3] / "docs" / "components" / "ha-database.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ALARMS = {"cpu", "free-storage", "connections", "replica-lag"}
WORDS = {"password", "general", "general_log", "host", "own", "promoted: true", "-final", "-3", "RandomId", "args.py"}
NAMES = WORDS | ALARMS | {"nested_args.py", "db.m6gd.large", "kms:Decrypt", "<identifier>-instance-1", "HAdatabase"}
PLACES = {"eu-west-1", "eu-central-1", "recovery", "home", "recovery-3", "DRPair", "vpc_security_group_ids"}
CHOICES = {"multi_az_instance", "multi_az_cluster", "single_zone"}
COMMANDS = {"pulumi up", "pulumi refresh", "pulumi destroy --target"}


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("program", PROGRAMS)
def test_each_program_on_the_page_builds_a_database(program: str, preview: bool) -> None:
    recording = record(lambda: exec(program, {}), mocks=Account(), preview=preview)  # noqa: S102 - the page's own programs
    assert recording.of_type(INSTANCE) + recording.of_type(CLUSTER)


def test_the_page_has_programs() -> None:
    assert len(PROGRAMS) == 7


def test_what_the_page_names_exists() -> None:
    options = set(HAdatabaseArgs.__annotations__) | set(HAdatabase.__annotations__)
    nested = (DatabaseBackupArgs, DatabaseReplicaArgs, DatabaseRestoreArgs)
    options |= {name for args in nested for name in args.__annotations__} | {"backups.keep_after_delete"}
    named = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))
    assert named <= options | NAMES | CHOICES | COMMANDS | PLACES
