"""All files of an environment are there, or those that were there before; nothing that something else made is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from components.client_files.building import BACKEND, SITE, changed

from aws_mobile_cli.client_files.writing import write
from aws_mobile_cli.exits import UsageError
from pulumi_aws_mobile.client_files import files, resolve
from pulumi_aws_mobile.errors import ArgsError

OUTPUTS: dict[str, Any] = {
    "client": BACKEND,
    "recovery": {"strategy": "pilot_light", "client": SITE},
    "region": "eu-west-1",
}
NAMES = sorted(files(resolve("dev", BACKEND)))
ALL = sorted([*NAMES, *(f"failover/eu-central-1/{name}" for name in NAMES)])


def here(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refusal(outputs: dict[str, Any], folder: Path) -> str:
    with pytest.raises(UsageError) as refused:
        write(outputs, folder, environment="dev")
    return str(refused.value)


def test_an_environment_and_its_failover_copy_are_written(tmp_path: Path) -> None:
    written = write(OUTPUTS, tmp_path / "apps/dev", environment="dev")
    assert list(written.files) == sorted(here(tmp_path / "apps/dev")) == ALL
    assert (written.environment, written.app, written.folder) == ("dev", "app", tmp_path / "apps/dev")


def test_they_say_what_the_room_says(tmp_path: Path) -> None:
    write({"client": BACKEND}, tmp_path, environment="dev")
    assert here(tmp_path) == files(resolve("dev", BACKEND))


def test_without_a_recovery_region_there_is_no_copy(tmp_path: Path) -> None:
    assert list(write({"client": BACKEND}, tmp_path, environment="dev").files) == NAMES


def test_what_could_not_be_said_is_told(tmp_path: Path) -> None:
    assert write(OUTPUTS, tmp_path, environment="dev").notes[-1] == (
        "notifications are left out for Flutter, whose reader fails on them"
    )


def test_another_deployment_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write(OUTPUTS, tmp_path, environment="dev")
    later = {**OUTPUTS, "client": changed(BACKEND, "api.url", "https://api.example.com")}
    write(later, tmp_path, environment="dev")
    assert here(tmp_path)["aws-exports.js"] == files(resolve("dev", later["client"]))["aws-exports.js"]
    assert sorted(here(tmp_path)) == ALL


def test_a_file_that_says_the_same_is_not_touched(tmp_path: Path) -> None:
    write(OUTPUTS, tmp_path, environment="dev")
    before = {name: (tmp_path / name).stat().st_ino for name in ALL}
    write({**OUTPUTS, "recovery": {"client": changed(SITE, "user_data", value=False)}}, tmp_path, environment="dev")
    after = {name: (tmp_path / name).stat().st_ino for name in ALL}
    assert {name for name in ALL if before[name] != after[name]} == {
        "failover/eu-central-1/amplify_outputs.dart",
        "failover/eu-central-1/amplify_outputs.json",
        "failover/eu-central-1/aws-mobile.json",
    }


def test_the_copy_of_a_region_that_recovers_no_more_is_removed(tmp_path: Path) -> None:
    write(OUTPUTS, tmp_path, environment="dev")
    (tmp_path / "failover/eu-central-1/notes.txt").write_text("mine")
    write({"client": BACKEND}, tmp_path, environment="dev")
    assert sorted(here(tmp_path)) == sorted([*NAMES, "failover/eu-central-1/notes.txt"])
    (tmp_path / "failover/eu-central-1/notes.txt").unlink()
    write({"client": BACKEND}, tmp_path, environment="dev")
    assert not (tmp_path / "failover").exists()


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "main.ts").write_text("app")
    write(OUTPUTS, tmp_path, environment="dev")
    assert here(tmp_path)["main.ts"] == "app"


def test_files_that_something_else_made_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "amplify_outputs.json").write_text('{"version": "1.4"}')
    (tmp_path / "aws-exports.js").write_text("export default {};")
    assert refusal(OUTPUTS, tmp_path) == (
        f"{tmp_path} has files that aws-mobile did not make: amplify_outputs.json, aws-exports.js; "
        "name another folder with --out, or write over them with --force"
    )
    assert sorted(here(tmp_path)) == ["amplify_outputs.json", "aws-exports.js"]


def test_unless_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "amplify_outputs.json").write_text('{"version": "1.4"}')
    write(OUTPUTS, tmp_path, environment="dev", force=True)
    assert sorted(here(tmp_path)) == ALL


def test_a_folder_in_the_place_of_a_file_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "aws-exports.js").mkdir()
    assert refusal(OUTPUTS, tmp_path) == f"{tmp_path} is in the way; name another folder with --out"
    assert here(tmp_path) == {}


def test_a_file_in_the_place_of_a_folder_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "apps").write_text("mine")
    assert refusal(OUTPUTS, tmp_path / "apps/dev") == f"{tmp_path}/apps is in the way; name another folder with --out"
    assert here(tmp_path) == {"apps": "mine"}


def test_a_stack_without_deployment_writes_nothing(tmp_path: Path) -> None:
    assert refusal({}, tmp_path / "dev") == (
        'the stack "dev" has nothing to tell apps: it has no outputs; deploy it with pulumi up, '
        "and export the output client of its MobileBackend under that name"
    )
    assert not (tmp_path / "dev").exists()


def test_a_stack_without_a_backend_writes_nothing(tmp_path: Path) -> None:
    assert refusal({"region": "eu-west-1"}, tmp_path / "dev") == (
        'the stack "dev" has nothing to tell apps: its outputs have no `client`; deploy it with pulumi up, '
        "and export the output client of its MobileBackend under that name"
    )
    assert not (tmp_path / "dev").exists()


@pytest.mark.parametrize(
    "outputs",
    [
        {"client": changed(BACKEND, "api.url", "no URL")},
        {"client": BACKEND, "recovery": {"client": changed(SITE, "region", "nowhere")}},
    ],
)
def test_outputs_that_make_no_files_write_nothing(outputs: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ArgsError):
        write(outputs, tmp_path / "dev", environment="dev")
    assert not (tmp_path / "dev").exists()


Break = Callable[[int], None]


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Return what makes one of the next moves of files fail, as a full disk does."""
    real = Path.replace

    def at(place: int) -> None:
        count = iter(range(1000))

        def replace(source: Path, target: Path) -> Path:
            if next(count) == place:
                raise OSError(28, "No space left on device")
            return real(source, target)

        monkeypatch.setattr(Path, "replace", replace)

    return at


@pytest.mark.parametrize("place", range(10))
def test_a_failure_anywhere_leaves_nothing_of_a_first_set(place: int, breaks: Break, tmp_path: Path) -> None:
    breaks(place)
    assert refusal(OUTPUTS, tmp_path / "dev") == f"cannot write below {tmp_path / 'dev'}: No space left on device"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", range(10))
def test_a_failure_anywhere_leaves_the_set_before(place: int, breaks: Break, tmp_path: Path) -> None:
    write(OUTPUTS, tmp_path, environment="dev")
    before = here(tmp_path)
    breaks(place)
    # Five files are gone, and five change.
    later = {"client": changed(BACKEND, "sign_in.user_pool_id", "eu-west-1_Other")}
    assert refusal(later, tmp_path) == f"cannot write below {tmp_path}: No space left on device"
    assert here(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*NAMES, "failover"])
