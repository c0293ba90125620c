"""What a stack file comes to: the arguments of each component, joined as far as nothing has been made yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_aws_mobile.archive_bucket import ArchiveBucketArgs
from pulumi_aws_mobile.dr_pair import DRPair, DRPairArgs
from pulumi_aws_mobile.ha_database import HAdatabase, HAdatabaseArgs
from pulumi_aws_mobile.mobile_backend import MobileBackend, MobileBackendArgs
from pulumi_aws_mobile.network import Network, NetworkArgs
from pulumi_aws_mobile.observability import ObservabilityArgs
from pulumi_aws_mobile.recovery_site import RecoverySite, RecoverySiteArgs
from pulumi_aws_mobile.self_healing import SelfHealingArgs
from stack_pair import Sites, join_pair
from stack_recovery import PRIMARY, RECOVERY, Recovery
from stack_watch import join_healing, join_observability
from stack_wiring import Ground, join_recovery_site, join_web_tier, place_database


@dataclass(frozen=True, slots=True)
class StackSettings:
    """The checked settings of one stack."""

    region: str
    recovery: Recovery | None
    unplaced_backend: Mapping[str, Any]
    """The arguments of the backend but for the network and the database of its web tier."""
    networks: Mapping[str, NetworkArgs]
    """The arguments of one Network per site, `primary` and where there is one `recovery`."""
    archive: ArchiveBucketArgs
    unplaced_database: Mapping[str, Any]
    """The arguments of the database but for the networks that it stands in."""
    unplaced_site: Mapping[str, Any] | None
    """The arguments of the recovery site but for what it is joined to; `None` without one."""
    unjoined_healing: Mapping[str, Any] | None
    """The arguments of what heals but for what is healed; `None` without servers, or without a topic to page."""
    unjoined_observability: Mapping[str, Any] | None
    """The arguments of what watches but for what is watched; `None` likewise."""

    @property
    def recovery_region(self) -> str | None:
        """The recovery Region."""
        return None if self.recovery is None else self.recovery.region

    @property
    def has_recovery_site(self) -> bool:
        """Whether servers and an API stand in the recovery Region too."""
        return self.unplaced_site is not None

    def database(self, networks: Mapping[str, Network]) -> HAdatabaseArgs:
        """Return the database's arguments, placed in the networks that were made."""
        return place_database(self.unplaced_database, networks, self.networks)

    def backend(self, networks: Mapping[str, Network], database: HAdatabase) -> MobileBackendArgs:
        """Return the backend's arguments, its web tier in the primary network, joined to the database and its topic."""
        joined = join_web_tier(
            self.unplaced_backend, networks[PRIMARY], self.networks[PRIMARY], database, self.recovery
        )
        silent = self.unplaced_database.get("alarms", {}).get("enabled") is False
        return joined if silent else {"alarm_topic_arn": database.alarm_topic_arn, **joined}

    def site(self, networks: Mapping[str, Network], database: HAdatabase, backend: MobileBackend) -> RecoverySiteArgs:
        """Return the recovery site's arguments, joined to what was made."""
        assert self.unplaced_site is not None  # noqa: S101 - asked only where there is one
        assert self.recovery is not None  # noqa: S101 - as above
        ground = Ground(networks[RECOVERY], self.networks[RECOVERY], self.networks[PRIMARY]["cidr"], database, backend)
        return join_recovery_site(self.unplaced_site, self.recovery, ground)

    def pair(
        self, networks: Mapping[str, Network], database: HAdatabase, backend: MobileBackend, site: RecoverySite
    ) -> DRPairArgs:
        """Return the pair's arguments, with what stands in both Regions."""
        assert self.recovery is not None  # noqa: S101 - as above
        made = Sites(networks, database, backend, site)
        return join_pair(self.recovery, self.unplaced_backend, self.unplaced_database, self.networks, made)

    def healing(self, database: HAdatabase, backend: MobileBackend) -> SelfHealingArgs:
        """Return the arguments of what heals, with what is healed."""
        assert self.unjoined_healing is not None  # noqa: S101 - asked only where there is something to heal
        own_topic = "topic_arn" not in self.unplaced_database.get("alarms", {})
        return join_healing(self.unjoined_healing, database, backend, own_topic=own_topic)

    def observability(
        self, database: HAdatabase, backend: MobileBackend, there: tuple[RecoverySite, DRPair] | None
    ) -> ObservabilityArgs:
        """Return the arguments of what watches, with what is watched in both Regions."""
        assert self.unjoined_observability is not None  # noqa: S101 - asked only where there is something to watch
        return join_observability(self.unjoined_observability, self.region, database, backend, self.recovery, there)

    @property
    def is_watched(self) -> bool:
        """Whether there are servers to heal and to watch, and somebody to tell."""
        return self.unjoined_healing is not None
