"""The closed sets that an `HAdatabase`'s options choose from."""

from enum import Enum


class DatabaseEngine(str, Enum):
    """The database engine."""

    MYSQL = "mysql"
    """MySQL Community Edition, the usual one under PHP."""
    POSTGRES = "postgres"
    """PostgreSQL."""
    MARIADB = "mariadb"
    """MariaDB."""


class DatabaseTopology(str, Enum):
    """How many copies of the data answer, and where they are."""

    MULTI_AZ_INSTANCE = "multi_az_instance"
    """One instance and a synchronous standby in another zone, which takes over within minutes and cannot be read."""
    MULTI_AZ_CLUSTER = "multi_az_cluster"
    """One writer and two readable standbys in three zones, which take over within about 35 seconds."""
    SINGLE_ZONE = "single_zone"
    """One instance without a standby, for development."""


class DatabaseStorage(str, Enum):
    """The kind of storage."""

    GP3 = "gp3"
    """General purpose SSD; a base of IOPS and throughput is included."""
    IO1 = "io1"
    """Provisioned IOPS SSD."""
    IO2 = "io2"
    """Provisioned IOPS SSD with higher durability, Block Express."""


class DatabaseCredentials(str, Enum):
    """Who makes, keeps and rotates the master user's password."""

    MANAGED = "managed"
    """RDS does, in a secret that it rotates about weekly and deletes with the database."""
    OWN = "own"
    """The component does: a random password in a secret of its own, copied to the Regions that need it."""


class DatabaseInsights(str, Enum):
    """How much CloudWatch Database Insights shows."""

    STANDARD = "standard"
    """Load and top statements, a week of history included in the price."""
    ADVANCED = "advanced"
    """Everything, with 15 months of history; billed per vCPU."""
    OFF = "off"
    """Nothing."""
