"""The executables that the engine finds on PATH, as processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_aws_sandbox.plugin.install import install

_LONGEST_WAIT = 30


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    install(tmp_path / "bin")
    return tmp_path / "bin"


def test_there_is_one_executable_per_package(plugins: Path) -> None:
    assert sorted(path.name for path in plugins.iterdir()) == ["pulumi-resource-aws", "pulumi-resource-random"]
    assert all(os.access(path, os.X_OK) for path in plugins.iterdir())


def test_they_can_be_installed_over_old_ones(plugins: Path) -> None:
    assert [path.name for path in install(plugins)] == ["pulumi-resource-aws", "pulumi-resource-random"]


def test_a_plugin_prints_its_port_answers_and_ends_when_the_engine_interrupts_it(plugins: Path) -> None:
    process = subprocess.Popen([plugins / "pulumi-resource-random", "127.0.0.1:1"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            info = provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(empty_pb2.Empty())
        assert info.version
        process.send_signal(signal.SIGINT)
        assert process.wait(_LONGEST_WAIT) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_plugin_ends_when_the_engine_that_started_it_is_gone(plugins: Path) -> None:
    # The shell stands for an engine that was killed: it ends at once and leaves the plugin behind.
    command = f"{plugins / 'pulumi-resource-random'} & read -r line"
    with subprocess.Popen(
        ["/bin/sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as engine:
        assert engine.stdout is not None
        assert engine.stdin is not None
        int(engine.stdout.readline())
        engine.stdin.write("go\n")
        engine.stdin.close()
        # The pipe ends only when the plugin, which also holds it, has ended.
        assert engine.stdout.read() == ""


def test_a_plugin_is_not_confused_by_modules_of_the_program(plugins: Path, tmp_path: Path) -> None:
    (tmp_path / "grpc.py").write_text("raise RuntimeError('the wrong module')\n")
    process = subprocess.Popen(
        [plugins / "pulumi-resource-random"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip().isdigit()
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=_LONGEST_WAIT)
    assert errors == ""


def test_an_unknown_package_is_refused() -> None:
    command = [sys.executable, "-m", "pulumi_aws_sandbox.plugin", "gcp"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "invalid choice: 'gcp' (choose from 'aws', 'random')" in answer.stderr
