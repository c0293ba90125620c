"""The Regions and zones of the sandbox's AWS, kept in `zones.json` so that a preview loads neither boto3 nor moto.

Write the file anew with `python -m pulumi_aws_sandbox.zones`.
"""

import json
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("zones.json")


@cache
def zones() -> dict[str, dict[str, str]]:
    """Return the zone ids by zone name, by Region."""
    return json.loads(_FILE.read_text())


def from_moto() -> dict[str, dict[str, str]]:
    """Return what moto says now, its availability zones only."""
    from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend  # noqa: PLC0415 - slow to load

    return {
        region: {zone.name: zone.zone_id for zone in listed if zone.zone_type == "availability-zone"}
        for region, listed in sorted(RegionsAndZonesBackend.zones.items())
    }


if __name__ == "__main__":
    _FILE.write_text(json.dumps(from_moto(), indent=1) + "\n")
