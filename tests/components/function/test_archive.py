"""The files of a function are the same on every machine."""

from pathlib import Path

from components.function.building import folder

from pulumi_aws_mobile.function import archive


def test_files_are_listed_by_name_in_one_order(tmp_path: Path) -> None:
    folder(tmp_path, {"index.py": "", "app/main.py": "", "a.py": ""})
    assert list(archive.list_files(tmp_path)) == ["a.py", "app/main.py", "index.py"]


def test_what_differs_from_machine_to_machine_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / ".venv" / "lib").mkdir(parents=True)
    for name in ("__pycache__/index.cpython-313.pyc", "old.pyc", ".DS_Store", ".venv/lib/thing.py", "index.py"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert list(archive.list_files(tmp_path)) == ["index.py"]


def test_a_folder_inside_a_hidden_one_has_its_files(tmp_path: Path) -> None:
    inside = tmp_path / ".cache" / "__pycache__"
    folder(inside)
    assert list(archive.list_files(inside)) == ["index.py"]


def test_sizes_are_added_up(tmp_path: Path) -> None:
    folder(tmp_path, {"a.py": "12", "b.py": "345"})
    assert archive.size_bytes(archive.list_files(tmp_path)) == 5
