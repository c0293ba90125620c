"""Finding a project and reading its stack file, without running anything."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from aws_mobile_cli.exits import UsageError
from aws_mobile_cli.project import open_project


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: app\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("")
    return tmp_path


def stack(home: Path, text: str, name: str = "dev") -> None:
    (home / f"Pulumi.{name}.yaml").write_text(text)


def test_a_project_is_found_from_a_folder_inside_it(home: Path) -> None:
    inside = home / "a" / "b"
    inside.mkdir(parents=True)
    assert open_project(inside, "dev").folder == home.resolve()


def test_values_reach_the_program_as_pulumi_hands_them_over(home: Path) -> None:
    stack(home, 'config:\n  aws:region: eu-west-1\n  size: 3\n  app:on: true\n  app:net: {cidr: "10.0.0.0/16"}\n')
    assert open_project(home, "dev").config == {
        "aws:region": "eu-west-1",
        "app:size": "3",
        "app:on": "true",
        "app:net": '{"cidr": "10.0.0.0/16"}',
    }


def test_the_projects_own_values_and_defaults_count_unless_the_stack_says_otherwise(home: Path) -> None:
    (home / "Pulumi.yaml").write_text(
        "name: app\nruntime: {name: python}\n"
        "config:\n  a: {type: string, default: x}\n  b: {value: y}\n  c: z\n  d: {type: string}\n"
    )
    stack(home, "config:\n  app:a: w\n")
    assert open_project(home, "dev").config == {"app:a": "w", "app:b": "y", "app:c": "z"}


def test_secrets_get_a_stand_in_and_stay_secret(home: Path) -> None:
    stack(home, "config:\n  app:key:\n    secure: v1:abc\n  app:deep: {a: {secure: v1:abc}, b: [1, {secure: x}]}\n")
    project = open_project(home, "dev")
    assert project.config["app:key"] == "a-secret-of-the-sandbox"
    assert project.config["app:deep"] == '{"a": "a-secret-of-the-sandbox", "b": [1, "a-secret-of-the-sandbox"]}'
    assert project.secret_keys == ("app:key", "app:deep")


def test_a_platforms_credentials_get_stand_ins_that_the_platform_would_take(home: Path) -> None:
    stack(home, "config:\n  app:push: {apns: {private_key: {secure: x}}}\n  app:fcm_service_account: {secure: x}\n")
    config = open_project(home, "dev").config
    key = load_pem_private_key(json.loads(config["app:push"])["apns"]["private_key"].encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    assert key.curve.name == "secp256r1"
    account = json.loads(config["app:fcm_service_account"])
    assert (account["type"], account["project_id"]) == ("service_account", "sandbox")


def test_a_project_without_stack_files_has_an_empty_configuration(home: Path) -> None:
    assert open_project(home, "any").config == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("config: [1]\n", "Pulumi.dev.yaml: config must be a mapping of keys to values"),
        ("- 1\n", "Pulumi.dev.yaml must be a mapping"),
    ],
)
def test_a_stack_file_of_the_wrong_shape_is_refused(home: Path, text: str, message: str) -> None:
    stack(home, text)
    with pytest.raises(UsageError) as raised:
        open_project(home, "dev")
    assert str(raised.value) == message


def test_a_key_that_stands_twice_is_refused(home: Path) -> None:
    stack(home, "config:\n  app:a: 1\n  app:a: 2\n")
    with pytest.raises(UsageError) as raised:
        open_project(home, "dev")
    assert str(raised.value) == (
        'Pulumi.dev.yaml is not valid YAML: line 3: the key "app:a" stands there twice; remove one'
    )


def test_broken_yaml_is_refused_with_its_place(home: Path) -> None:
    stack(home, "config: {a: [}\n")
    with pytest.raises(UsageError, match=r"Pulumi\.dev\.yaml is not valid YAML: (?s:.*)line 1, column 14"):
        open_project(home, "dev")


def test_an_unknown_stack_lists_those_there_are(home: Path) -> None:
    stack(home, "config: {}\n")
    stack(home, "config: {}\n", "prod.eu")
    with pytest.raises(UsageError) as raised:
        open_project(home, "stage")
    assert str(raised.value) == "there is no stack file Pulumi.stage.yaml; the stacks here are: dev, prod.eu"


def test_a_folder_without_a_project_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        open_project(tmp_path, "dev")
    assert str(raised.value) == (
        f"no Pulumi.yaml in {tmp_path.resolve()} or above it; go to a Pulumi project or name one with --project"
    )


def test_a_project_in_another_language_is_refused(home: Path) -> None:
    (home / "Pulumi.yaml").write_text("name: app\nruntime: nodejs\n")
    with pytest.raises(UsageError) as raised:
        open_project(home, "dev")
    assert str(raised.value) == (
        f"{home.resolve() / 'Pulumi.yaml'}: name and runtime must be given, and the runtime must be python"
    )


def test_a_project_without_a_program_is_refused(home: Path) -> None:
    (home / "__main__.py").unlink()
    with pytest.raises(UsageError) as raised:
        open_project(home, "dev")
    assert str(raised.value) == f"{home.resolve()} has no __main__.py; the sandbox runs programs that start there"
