"""Looks at a deployed system as an operator would: through AWS's own API, with nothing that the program said of it."""

from collections.abc import Iterator

from pulumi_aws_mobile.testing import Recording

from .ahead import started_ahead
from .archive import check_archives
from .check import Check, Clients, Days
from .client_files import check_client_files
from .database import check_databases
from .healing import check_healing
from .identity import check_identities
from .network import check_networks
from .system import System

__all__ = ["Check", "Days", "System", "run_checks"]


def run_checks(recording: Recording, clients: Clients, pass_days: Days) -> Iterator[Check]:
    """Check everything that was deployed and that there is a check for; `pass_days` lets days go by."""
    with started_ahead(recording, clients):
        yield from check_client_files(recording, clients)
        yield from check_identities(recording, clients)
        yield from check_networks(recording, clients)
        yield from check_databases(recording, clients)
        yield from check_archives(recording, clients, pass_days)
        yield from check_healing(recording, clients)
