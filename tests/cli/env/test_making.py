"""`aws-mobile env create` and `env clone`."""

import json
from pathlib import Path

import pytest
import yaml

import stack_settings
from aws_mobile_cli.__main__ import main
from aws_mobile_cli.env.shape import PRIMARY_CIDR, RECOVERY_CIDR
from aws_mobile_cli.project import open_project
from pulumi_aws_sandbox.in_process import PreviewMocks

SECRET = "v1:AAAA"


def env(home: Path, *words: str) -> int:
    return main(["env", *words, "--project", str(home)])


def config(home: Path, stack: str) -> dict:
    return yaml.safe_load((home / f"Pulumi.{stack}.yaml").read_text())["config"]


def untouched(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}


def test_a_small_clone_of_production_is_small_and_unprotected_and_shares_nothing(
    home: Path, capsys: pytest.CaptureFixture
) -> None:
    assert env(home, "clone", "prod", "qa", "--size", "small", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["written"], document["file"]) == (True, "Pulumi.qa.yaml")
    assert document["summary"]["protected"] == 0
    assert document["summary"]["mandatory"] == 0
    written = config(home, "qa")
    assert written["aws-mobile:tags"] == {"environment": "qa"}
    assert written["aws-mobile:policies"] == "development"
    assert written["aws-mobile:network"]["cidr"] == "10.2.0.0/16"
    assert written["aws-mobile:database"] == {
        "topology": "single_zone",
        "instance_class": "db.t4g.medium",
        "backups": {"retention_days": 7, "keep_after_delete": False},
        "protect": False,
        "deletion_protection": False,
        "final_snapshot": False,
    }
    assert written["aws-mobile:backend"]["web_tier"]["instances"] == {"min": 1, "max": 2}
    assert "aws-mobile:recovery" not in written
    assert "object_lock" not in written["aws-mobile:archive"]
    text = (home / "Pulumi.qa.yaml").read_text()
    assert text.splitlines()[:2] == [
        "# yaml-language-server: $schema=./Pulumi.schema.json",
        "# Made after Pulumi.prod.yaml, smaller, with names and addresses of its own.",
    ]
    assert "    # A platform's devices are reached once its credentials are here:\n" in text
    assert "example.com" not in text
    assert "arn:" not in text
    left_out = {change["path"]: change["what"] for change in document["changes"] if change["left_out"]}
    assert left_out["aws-mobile:backend.api.domain"] == (
        "a domain name belongs to one API; --domain gives the new one its own"
    )
    assert left_out["aws-mobile:backend.web_tier.https"] == (
        "a host name belongs to one environment; --host-name and --certificate give the new one"
    )
    project = open_project(home, "qa")
    recording = project.run(PreviewMocks(project.region), preview=True)
    assert not [resource.name for resource in recording if resource.protect]
    assert len([resource for resource in recording if resource.custom]) == document["summary"]["create"]


def test_a_clone_of_the_same_size_takes_names_by_options(home: Path, capsys: pytest.CaptureFixture) -> None:
    certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-1111-1111-1111-111111111111"
    there = "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-1111-1111-1111-111111111111"
    words = ["--domain", "api.qa.example.com", "--host-name", "core.qa.example.com", "--certificate", certificate]
    assert env(home, "clone", "prod", "qa", *words, "--recovery-certificate", there, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    ours, theirs = config(home, "qa"), config(home, "prod")
    assert ours["aws-mobile:backend"]["api"]["domain"] == {
        "name": "api.qa.example.com",
        "hosted_zone_id": "Z00000000EXAMPLE",
    }
    assert ours["aws-mobile:backend"]["web_tier"]["https"] == {
        "certificate_arn": certificate,
        "host_name": "core.qa.example.com",
    }
    assert ours["aws-mobile:recovery"]["network"]["cidr"] == "10.3.0.0/16"
    assert ours["aws-mobile:database"] == theirs["aws-mobile:database"]
    assert ours["aws-mobile:archive"] == theirs["aws-mobile:archive"]
    assert document["summary"]["protected"] > 100
    assert document["shared"]["aws-mobile:backend.api.domain.hosted_zone_id"] == "Z00000000EXAMPLE"


def test_what_a_mandatory_policy_refuses_is_not_written(home: Path, capsys: pytest.CaptureFixture) -> None:
    before = untouched(home)
    assert env(home, "clone", "prod", "qa") == 1
    assert "Pulumi.qa.yaml was not written: mandatory policies refuse what it would deploy" in capsys.readouterr().out
    assert untouched(home) == before


def test_secrets_are_never_copied_and_the_commands_that_set_them_are_printed(
    home: Path, capsys: pytest.CaptureFixture
) -> None:
    assert env(home, "clone", "local", "qa", "--sign-in-prefix", "qa-sign-in") == 0
    out = capsys.readouterr().out
    text = (home / "Pulumi.qa.yaml").read_text()
    assert "secure" not in text
    assert "encryptionsalt" not in text
    assert "v1:" not in text
    commands = [line.strip() for line in out.splitlines() if " config set " in line]
    start = "pulumi config set --stack qa --secret --path aws-mobile:backend."
    assert commands == [
        f"{start}identity.providers.google.client_secret",
        f"{start}push.platforms.apns.private_key",
        f"{start}push.platforms.fcm.service_account",
        f"{start}push.platforms.adm.client_secret",
    ]
    # What had only a secret in it asks for it again.
    assert config(home, "qa")["aws-mobile:backend"]["push"]["platforms"]["fcm"] == {}


def test_secrets_in_plain_and_under_other_keys_are_left_out_too(
    small_home: Path, capsys: pytest.CaptureFixture
) -> None:
    text = (
        "secretsprovider: awskms://alias/our-key?region=eu-west-1\nencryptedkey: AAAA\n"
        "config:\n  aws:region: eu-west-1\n  aws-mobile:policies: development\n"
        f'  other:list: [{{secure: {SECRET}}}]\n  other:db: {{"a.b": {{password: hunter2}}}}\n'
        f"  aws:secretKey: {{secure: {SECRET}}}\n"
        "environment: [our-organisation/shared]\n"
    )
    (small_home / "Pulumi.dev.yaml").write_text(text)
    assert env(small_home, "clone", "dev", "qa") == 0
    written = (small_home / "Pulumi.qa.yaml").read_text()
    assert not any(word in written for word in ("hunter2", "AAAA", "awskms", "secure"))
    printed = capsys.readouterr().out.splitlines()
    assert '  environment: ["our-organisation/shared"]' in printed
    lines = [line.strip() for line in printed if line.startswith("  pulumi ")]
    assert lines == [
        "pulumi stack init qa --secrets-provider 'awskms://alias/our-key?region=eu-west-1'",
        "pulumi config set --stack qa --secret --path 'other:list[0]'",
        """pulumi config set --stack qa --secret --path 'other:db["a.b"].password'""",
        "pulumi config set --stack qa --secret --path aws:secretKey",
        "pulumi up --stack qa",
    ]


def test_what_happened_to_the_source_did_not_happen_to_the_clone(home: Path) -> None:
    file = home / "Pulumi.local.yaml"
    file.write_text(file.read_text().replace("strategy: pilot_light\n", "strategy: pilot_light\n    takeovers: 1\n"))
    assert env(home, "clone", "local", "qa", "--sign-in-prefix", "qa-sign-in") == 0
    assert "takeovers" not in config(home, "qa")["aws-mobile:recovery"]


def test_a_clone_that_would_not_build_is_refused_with_its_problems(home: Path, capsys: pytest.CaptureFixture) -> None:
    before = untouched(home)
    assert env(home, "clone", "local", "qa", "--json") == 2
    problems = {problem["path"]: problem["fix"] for problem in json.loads(capsys.readouterr().out)["problems"]}
    assert problems["aws-mobile:backend.identity.domain"] == (
        "give domain.prefix (a sign-in domain belongs to one user pool; --sign-in-prefix gives the new one its own)"
    )
    assert untouched(home) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["clone", "nope", "qa"], "there is no stack file Pulumi.nope.yaml; the stacks here are: dev"),
        (["clone", "dev", "dev"], "there is a stack file Pulumi.dev.yaml already; nothing was changed"),
        (
            ["create", "DEV", "--region", "eu-west-1"],
            (
                '"DEV" and the stack "dev" would be one name to AWS, where some names are lower case with underscores; '
                "choose another one"
            ),
        ),
        (
            ["clone", "dev", "../qa"],
            (
                'a stack cannot be called "../qa"; allowed: 1 to 100 letters, digits, hyphens, underscores and '
                "periods, a letter or digit first"
            ),
        ),
        (
            ["clone", "dev", "q" * 101],
            (
                f'a stack cannot be called "{"q" * 101}"; allowed: 1 to 100 letters, digits, hyphens, underscores and '
                "periods, a letter or digit first"
            ),
        ),
        (
            ["clone", "dev", "qa", "--cidr", "10.0.128.0/17"],
            "--cidr 10.0.128.0/17 overlaps 10.0.0.0/16 of the stack dev; leave it out for one that is free",
        ),
        (
            ["clone", "dev", "qa", "--cidr", "10.2.0.1/16"],
            (
                '--cidr: got "10.2.0.1/16"; allowed: a block of IPv4 addresses such as 10.2.0.0/16; 10.2.0.1/16 has '
                "host bits set"
            ),
        ),
        (
            ["clone", "dev", "qa", "--host-name", "a.example.com"],
            "--host-name and --certificate belong together: give both or neither",
        ),
        (
            ["clone", "dev", "qa", "--domain", "a.example.com"],
            "the environment to take after has no aws-mobile:backend.api.domain, so there is nothing to rename",
        ),
        (
            ["create", "qa", "--size", "full", "--region", "eu-west-1"],
            "a full environment has a copy of its data in a second Region; name one by --recovery-region",
        ),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    small_home: Path, capsys: pytest.CaptureFixture, words: list[str], message: str
) -> None:
    before = untouched(small_home)
    assert env(small_home, *words) == 2
    assert capsys.readouterr() == ("", f"aws-mobile: {message}\n")
    assert untouched(small_home) == before


def test_a_new_environment_is_small_and_leaves_no_trace(home: Path) -> None:
    assert env(home, "create", "qa", "--region", "eu-north-1") == 0
    assert (home / "Pulumi.qa.yaml").read_text() == (
        "# yaml-language-server: $schema=./Pulumi.schema.json\n"
        "# Small, in one zone, and gone without a trace after `pulumi destroy`.\n"
        "config:\n"
        "  aws:region: eu-north-1\n"
        "  aws-mobile:tags:\n"
        "    environment: qa\n"
        "  aws-mobile:policies: development\n"
        "  aws-mobile:network:\n"
        "    nat: single\n"
        "    cidr: 10.2.0.0/16\n"
        "  aws-mobile:database:\n"
        "    topology: single_zone\n"
        "    instance_class: db.t4g.medium\n"
        "    backups: {retention_days: 7, keep_after_delete: false}\n"
        "    protect: false\n"
        "    deletion_protection: false\n"
        "    final_snapshot: false\n"
        "  aws-mobile:backend:\n"
        "    identity: {protect: false, deletion_protection: false}\n"
        "    user_files: {protect: false, empty_on_destroy: true}\n"
        "  aws-mobile:archive:\n"
        "    protect: false\n"
        "    empty_on_destroy: true\n"
    )


def test_a_full_environment_passes_the_policies_of_production(home: Path, capsys: pytest.CaptureFixture) -> None:
    words = ["--size", "full", "--region", "eu-west-1", "--recovery-region", "eu-central-1", "--json"]
    assert env(home, "create", "qa", *words) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["summary"]["mandatory"] == 0
    assert document["summary"]["protected"] > 50
    assert config(home, "qa")["aws-mobile:recovery"] == {
        "strategy": "backup_restore",
        "region": "eu-central-1",
        "network": {"cidr": "10.3.0.0/16"},
    }


def test_a_region_that_is_none_is_a_problem_of_the_file(small_home: Path, capsys: pytest.CaptureFixture) -> None:
    assert env(small_home, "create", "qa", "--region", "Europe: west") == 2
    assert 'aws:region: got "Europe: west"' in capsys.readouterr().err
    assert not (small_home / "Pulumi.qa.yaml").exists()


def test_protection_can_be_turned_off_and_on(small_home: Path) -> None:
    assert env(small_home, "create", "safe", "--region", "eu-west-1", "--protection", "on") == 0
    assert "protect" not in (small_home / "Pulumi.safe.yaml").read_text()
    assert env(small_home, "clone", "safe", "open", "--protection", "off") == 0
    assert config(small_home, "open")["aws-mobile:archive"] == {"protect": False, "empty_on_destroy": True}
    assert env(small_home, "clone", "open", "shut", "--protection", "on") == 0
    assert config(small_home, "shut")["aws-mobile:archive"] == {"protect": True, "empty_on_destroy": False}
    assert config(small_home, "shut")["aws-mobile:database"]["backups"]["keep_after_delete"] is True


def test_the_blocks_of_networks_that_files_do_not_name_are_those_of_the_program() -> None:
    assert (PRIMARY_CIDR, RECOVERY_CIDR) == (stack_settings._PRIMARY_CIDR, stack_settings._RECOVERY_CIDR)


def test_no_part_of_a_file_is_ever_there(
    small_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def fail(*_: object) -> None:
        message = "no space left"
        raise OSError(message)

    before = untouched(small_home)
    monkeypatch.setattr("os.fsync", fail)
    assert env(small_home, "create", "qa", "--region", "eu-west-1") == 2
    assert capsys.readouterr().err == "aws-mobile: Pulumi.qa.yaml cannot be written: no space left\n"
    assert untouched(small_home) == before
