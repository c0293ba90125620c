"""Databases behind RDS endpoints, spoken to as a PHP application does: PDO, over TLS."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sandbox.beanstalk.stage import until_true

from pulumi_aws_sandbox.connection import Connection
from pulumi_aws_sandbox.runtime import databases
from pulumi_aws_sandbox.runtime.databases import LocalDatabase, UnservedError, certificates

_PASSWORD = "it's a \\ password; --"
_PHP = """
$options = $argv[2] ? [PDO::MYSQL_ATTR_SSL_CA => $argv[2], PDO::MYSQL_ATTR_SSL_VERIFY_SERVER_CERT => true] : [];
$options[PDO::ATTR_ERRMODE] = PDO::ERRMODE_EXCEPTION;
try {
    $database = new PDO("mysql:host=127.0.0.1;port=$argv[1];dbname=notes", 'owner', $argv[3], $options);
    foreach (array_slice($argv, 4) as $statement) {
        foreach ($database->query($statement)->fetchAll(PDO::FETCH_NUM) as $row) { echo implode(' ', $row), "\n"; }
    }
} catch (PDOException $error) { echo $error->getMessage(); }
"""


def _create(clients: Connection, name: str = "notes", **about: Any) -> str:  # noqa: ANN401 - any parameters of RDS's
    """Create an instance, and return the host name of its endpoint."""
    request = {
        "DBInstanceIdentifier": name,
        "DBInstanceClass": "db.t4g.micro",
        "Engine": "mysql",
        "AllocatedStorage": 20,
        "MasterUsername": "owner",
        "DBName": "notes",
        "BackupRetentionPeriod": 1,
        **({} if "ManageMasterUserPassword" in about else {"MasterUserPassword": _PASSWORD}),
        **about,
    }
    clients("rds").create_db_instance(**request)
    return _host(clients, name)


def _host(clients: Connection, name: str) -> str:
    (found,) = clients("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    return found["Endpoint"]["Address"]


def _query(local: LocalDatabase, *statements: str, password: str = _PASSWORD, ca: Path | None = None) -> list[str]:
    command = ["php", "-r", _PHP, str(local.port), str(ca or local.ca_file), password, *statements]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize("engine", ["mysql", "mariadb"])
def test_an_instance_has_its_user_password_and_database(clients: Connection, engine: str) -> None:
    local = databases.local(_create(clients, Engine=engine))
    assert _query(local, "SELECT CURRENT_USER(), DATABASE()") == ["owner@% notes"]
    assert _query(local, "SELECT 1", password="wrong") == [
        "SQLSTATE[HY000] [1045] Access denied for user 'owner'@'127.0.0.1' (using password: YES)"
    ]


def test_the_same_endpoint_is_the_same_server(clients: Connection) -> None:
    host = _create(clients)
    assert databases.local(host) == databases.local(f"{host.upper()}.")


def test_the_connection_is_encrypted_and_the_certificate_is_of_this_authority(
    clients: Connection, tmp_path: Path
) -> None:
    local = databases.local(_create(clients))
    (cipher,) = _query(local, "SHOW STATUS LIKE 'Ssl_cipher'")
    assert cipher.startswith("Ssl_cipher TLS_")
    other = tmp_path / "other.pem"
    other.write_bytes(certificates.make().authority)
    assert "Cannot connect to MySQL using SSL" in " ".join(_query(local, "SELECT 1", ca=other))


def test_a_connection_without_encryption_is_refused(clients: Connection) -> None:
    local = databases.local(_create(clients))
    plain = _PHP.replace("$argv[2] ?", "false ?")
    command = ["php", "-r", plain, str(local.port), "", _PASSWORD, "SELECT 1"]
    assert "SQLSTATE[HY000] [" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_nobody_else_gets_in(clients: Connection) -> None:
    local = databases.local(_create(clients))
    users = _query(local, "SELECT User, Host FROM mysql.user ORDER BY 1, 2")
    assert users == ["mariadb.sys localhost", "owner %", "rdsadmin localhost"]
    grants = " ".join(_query(local, "SHOW GRANTS"))
    assert "SUPER" not in grants
    assert "FILE" not in grants


def test_a_server_is_not_roots(clients: Connection) -> None:
    databases.local(_create(clients))
    listed = subprocess.run(
        ["/bin/ps", "-C", "mariadbd", "-o", "uid="], capture_output=True, text=True, check=True
    ).stdout
    assert os.geteuid() != 0 or "0" not in listed.split()


def test_a_password_that_rds_manages_is_the_one_in_the_secret(clients: Connection) -> None:
    import json

    host = _create(clients, ManageMasterUserPassword=True)
    (found,) = clients("rds").describe_db_instances(DBInstanceIdentifier="notes")["DBInstances"]
    secret = clients("secretsmanager").get_secret_value(SecretId=found["MasterUserSecret"]["SecretArn"])
    password = json.loads(secret["SecretString"])["password"]
    assert _query(databases.local(host), "SELECT 1", password=password) == ["1"]


def test_a_changed_password_holds_while_the_server_runs(clients: Connection) -> None:
    local = databases.local(_create(clients))
    clients("rds").modify_db_instance(
        DBInstanceIdentifier="notes", MasterUserPassword="another one", ApplyImmediately=True
    )
    until_true(lambda: _query(local, "SELECT 1", password="another one") == ["1"])
    assert _query(local, "SELECT 1") != ["1"]


def test_data_outlive_a_reboot(clients: Connection) -> None:
    host = _create(clients)
    local = databases.local(host)
    _query(local, "CREATE TABLE t (i INT)", "INSERT INTO t VALUES (7)")
    databases.reboot(host)
    assert databases.local(host) == local
    assert _query(local, "SELECT i FROM t") == ["7"]


def test_data_outlive_a_server_that_is_killed(clients: Connection) -> None:
    host = _create(clients)
    local = databases.local(host)
    _query(local, "CREATE TABLE t (i INT)", "INSERT INTO t VALUES (7)")
    served = databases.servers._current.require()._served
    (one,) = served.values()
    assert one.server._child is not None
    os.kill(one.server._child.pid, 9)
    until_true(lambda: _query(local, "SELECT i FROM t") == ["7"])


def test_a_deleted_instance_has_no_server(clients: Connection) -> None:
    host = _create(clients)
    local = databases.local(host)
    clients("rds").delete_db_instance(DBInstanceIdentifier="notes", SkipFinalSnapshot=True)
    until_true(lambda: _query(local, "SELECT 1") != ["1"])
    with pytest.raises(UnservedError) as raised:
        databases.local(host)
    assert str(raised.value) == f'no database of this sandbox has the endpoint "{host}"'


def test_a_replica_follows_takes_no_writes_and_is_on_its_own_once_promoted(clients: Connection) -> None:
    source = databases.local(_create(clients))
    _query(source, "CREATE TABLE t (i INT)", "INSERT INTO t VALUES (7)")
    rds = clients("rds")
    rds.create_db_instance_read_replica(DBInstanceIdentifier="copy", SourceDBInstanceIdentifier="notes")
    replica = databases.local(_host(clients, "copy"))
    assert replica.port != source.port
    until_true(lambda: _query(replica, "SELECT i FROM t") == ["7"])
    assert "read-only" in _query(replica, "INSERT INTO t VALUES (8)")[0]
    rds.promote_read_replica(DBInstanceIdentifier="copy")
    until_true(lambda: _query(replica, "INSERT INTO t VALUES (8)") == [])
    assert _query(source, "SELECT i FROM t") == ["7"]


def test_a_cluster_is_one_server_for_its_writer_and_readers(clients: Connection) -> None:
    (cluster,) = (
        clients("rds").create_db_cluster(
            DBClusterIdentifier="notes",
            Engine="mysql",
            DBClusterInstanceClass="db.m6gd.large",
            AllocatedStorage=100,
            StorageType="io1",
            Iops=1000,
            MasterUsername="owner",
            MasterUserPassword=_PASSWORD,
            DatabaseName="notes",
        )["DBCluster"],
    )
    local = databases.local(cluster["Endpoint"])
    assert _query(local, "SELECT DATABASE()") == ["notes"]
    assert databases.local(cluster["ReaderEndpoint"]) == local


def test_a_restored_instance_keeps_a_password_that_nobody_knows_until_one_is_set(clients: Connection) -> None:
    _create(clients)
    rds = clients("rds")
    rds.create_db_snapshot(DBSnapshotIdentifier="kept", DBInstanceIdentifier="notes")
    rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="again", DBSnapshotIdentifier="kept")
    local = databases.local(_host(clients, "again"))
    assert _query(local, "SELECT 1", password="") != ["1"]
    rds.modify_db_instance(DBInstanceIdentifier="again", MasterUserPassword="a new one", ApplyImmediately=True)
    databases.local(_host(clients, "again"))
    assert _query(local, "SELECT 1", password="a new one") == ["1"]


def test_the_second_database_begins_as_the_first_did(clients: Connection) -> None:
    tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'mysql'"
    users = "SELECT COUNT(*) FROM mysql.global_priv"
    first = databases.local(_create(clients))
    _query(first, "CREATE TABLE of_the_first (number INT)")
    second = databases.local(_create(clients, "others"))
    assert _query(second, "SHOW TABLES") == []
    assert _query(second, tables, users) == _query(first, tables, users)


def test_postgresql_is_not_served(clients: Connection) -> None:
    host = _create(clients, Engine="postgres")
    with pytest.raises(UnservedError) as raised:
        databases.local(host)
    assert str(raised.value) == '"notes" is a postgres database; the sandbox serves mysql and mariadb'


def test_without_mariadb_the_way_to_get_it_is_told(clients: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    from pulumi_aws_sandbox.runtime.databases import software

    monkeypatch.setattr(software, "program", lambda _: None)
    assert databases.missing() == ("mariadb-server",)
    with pytest.raises(FileNotFoundError) as raised:
        databases.local(_create(clients))
    assert str(raised.value) == (
        "mariadb-install-db is not on this machine; run sandbox/install-web-tier, or install the MariaDB server"
    )


def test_no_sandbox_has_no_databases() -> None:
    with pytest.raises(RuntimeError) as raised:
        databases.reboot("notes")
    assert str(raised.value) == "no sandbox is running: start one with aws.in_process or serve.serving"
