"""Run a Pulumi program without an engine and read back exactly what it registered.

Pulumi's own mocks hand a test the inputs of a resource but not its options. `record` keeps both: parents, `protect`,
`retain_on_delete`, aliases, dependencies and secrets, as the engine would have received them.

What this does not prove: provider-side checks and defaults, diffs, and anything that only an engine does.
"""

from .monitor import PlainMocks, RecordingMonitor
from .record import record
from .recording import UNKNOWN, Recorded, Recording, Secret

__all__ = ["UNKNOWN", "PlainMocks", "Recorded", "Recording", "RecordingMonitor", "Secret", "record"]
