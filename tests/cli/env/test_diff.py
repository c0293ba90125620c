"""`aws-mobile env diff`."""

import json
from pathlib import Path

import pytest

from aws_mobile_cli.__main__ import main

SECRETS = "config:\n  aws:region: eu-west-1\n  other:key: {{secure: {}}}\n"


def diff(home: Path, *words: str) -> int:
    return main(["env", "diff", *words, "--project", str(home)])


def test_an_environment_is_the_same_as_itself(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    assert diff(small_home, "dev", "dev") == 0
    assert capsys.readouterr().out == "dev and dev do the same\n"


def test_options_are_told_with_what_they_mean(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    text = (small_home / "Pulumi.dev.yaml").read_text()
    database = "  aws-mobile:database: {topology: single_zone, protect: false, backups: {retention_days: 7}}\n"
    archive = "  aws-mobile:archive: {retrieval: hours}\n"
    (small_home / "Pulumi.dev.yaml").write_text(f"{text}{archive}")
    (small_home / "Pulumi.qa.yaml").write_text(f"{text}{database}{archive.replace('hours', 'minutes')}")
    assert diff(small_home, "qa", "dev") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "qa, beside dev",
        "database",
        "  topology: single_zone instead of the default (multi_az_instance)",
        "    single_zone: One instance without a standby, for development",
        "  protect: false instead of the default (true)",
        "    Whether Pulumi refuses to delete or replace the database, its replicas, keys and secret",
        "  backups.retention_days: 7 instead of the default (14)",
        "    How many days back a restore can go, 1 to 35",
        "archive",
        "  retrieval: minutes instead of hours",
        "    minutes: 1 to 5 minutes; hours: 3 to 5 hours",
    ]


def test_what_is_given_and_is_the_default_is_no_difference(small_home: Path) -> None:
    text = (small_home / "Pulumi.dev.yaml").read_text()
    (small_home / "Pulumi.qa.yaml").write_text(
        f"{text}  aws-mobile:database: {{topology: multi_az_instance}}\n"
        "  aws-mobile:archive: {archive_after_days: 90}\n"
    )
    assert diff(small_home, "qa", "dev") == 0


def test_resources_that_only_one_has_are_counted_and_named(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    text = (small_home / "Pulumi.dev.yaml").read_text()
    (small_home / "Pulumi.qa.yaml").write_text(f"{text}  aws-mobile:network: {{nat: single}}\n")
    assert diff(small_home, "qa", "dev", "--resources") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[lines.index("Only in dev: 4 resources") :] == [
        "Only in dev: 4 resources",
        "  primary-network",
        "    ec2.Eip primary-network-nat-eu-west-1b-address",
        "    ec2.Eip primary-network-nat-eu-west-1c-address",
        "    ec2.NatGateway primary-network-nat-eu-west-1b",
        "    ec2.NatGateway primary-network-nat-eu-west-1c",
    ]
    diff(small_home, "qa", "dev", "--json")
    document = json.loads(capsys.readouterr().out)
    assert document["options"] == [
        {
            "part": "network",
            "option": "nat",
            "first": "single",
            "default": "a NAT gateway in every zone",
            "meaning": "single: One NAT gateway for all zones",
        }
    ]
    assert [resource["name"] for resource in document["resources"]["dev"]] == [line.split()[-1] for line in lines[-4:]]


def test_secrets_are_not_compared(small_home: Path) -> None:
    (small_home / "Pulumi.one.yaml").write_text(SECRETS.format("v1:one"))
    (small_home / "Pulumi.two.yaml").write_text(SECRETS.format("v1:two"))
    assert diff(small_home, "one", "two") == 0


def test_an_environment_that_does_not_build_is_not_compared(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    (small_home / "Pulumi.bad.yaml").write_text("config:\n  aws:region: eu-west-1\n  aws-mobile:archiv: {}\n")
    assert diff(small_home, "dev", "bad") == 2
    assert capsys.readouterr().err.startswith("aws-mobile: Pulumi.bad.yaml: 1 problem\n")


def test_environments_of_the_project_are_told_apart(home: Path, capsys: pytest.CaptureFixture) -> None:
    assert diff(home, "dev", "prod", "--json") == 1
    document = json.loads(capsys.readouterr().out)
    found = {(entry["part"], entry["option"]): entry for entry in document["options"]}
    assert found["recovery", "strategy"]["second"] == "pilot_light"
    assert found["backend", "identity.tier"]["meaning"] == ("plus: Also threat protection and the record of sign-ins")
    assert {resource["component"] for resource in document["resources"]["prod"]} >= {"recovery", "pair", "database"}
