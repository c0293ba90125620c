"""What a load balancer counts, for the scaling trigger."""

import threading
import time
from collections import deque

_KEPT = 200_000


class Metrics:
    """Requests with how long each took, by when they came."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._samples: deque[tuple[float, float]] = deque(maxlen=_KEPT)

    def add(self, seconds: float) -> None:
        """Count a request that took so long."""
        with self._lock:
            self._samples.append((time.monotonic(), seconds))

    def between(self, start: float, end: float) -> list[float]:
        """Return how long the requests of a period took, and forget what is older."""
        with self._lock:
            while self._samples and self._samples[0][0] < start:
                self._samples.popleft()
            return [seconds for moment, seconds in self._samples if moment < end]
