"""What calls of data sync cost is counted, not guessed. No test here looks at how long anything took."""

from pathlib import Path

from bench.data_sync import SIZES, WRITERS, measure_sync

ROOT = Path(__file__).parents[2]


def test_each_call_makes_as_many_requests_over_any_dataset() -> None:
    found = measure_sync(ROOT, 2)
    requests = {(cost.call, cost.records): cost.requests for cost in found.costs}
    assert {records for _, records in requests} == set(SIZES)
    smallest = {call: made for (call, records), made in requests.items() if records == SIZES[0]}
    assert smallest == {
        "push of 1": 3,
        "push of 10": 3,
        "pull of 10": 3,
        "pull of nothing": 3,
        "pull of everything": 3,
        "list": 1,
        "delete": 2,
    }
    assert all(made == smallest[call] for (call, _), made in requests.items())
    assert [(crowd.datasets, crowd.writers) for crowd in found.crowds] == [
        (datasets, writers) for datasets in ("one", "many") for writers in WRITERS
    ]
    assert all(crowd.taken + crowd.busy == 2 * crowd.writers for crowd in found.crowds)
    assert all(crowd.busy == 0 for crowd in found.crowds if crowd.datasets == "many")
