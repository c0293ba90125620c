"""The reports of a drill: the page needs nothing else, and says what the figures say."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cli.drill.fake_world import PRIMARY, RECOVERY, FakeWorld, stage

from aws_mobile_cli.drill.outcome import Outcome, clock
from aws_mobile_cli.drill.records import Moment
from aws_mobile_cli.drill.report_html import page, write_html
from aws_mobile_cli.drill.report_text import show_outcome
from aws_mobile_cli.drill.story import lose_primary


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Return what came out of a drill in the small world."""
    there = stage(FakeWorld())
    lose_primary(there)
    return Outcome(
        project="app",
        stack="dev",
        strategy="pilot_light",
        primary=PRIMARY,
        recovery=RECOVERY,
        lost=PRIMARY,
        game_day=None,
        about="the loss of eu-west-1",
        changes=("the strategy is pilot_light",),
        tick_seconds=5,
        approval_seconds=120,
        objectives=there.deployed.objectives(),
        failover=there.deployed.phases("failover"),
        failback=there.deployed.phases("failback"),
        diary=there.course.diary,
        real_seconds=3,
    )


class Balance(HTMLParser):
    """Counts what is opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is opened, and what it would load."""
        self.asked += [str(value) for name, value in attrs if name in {"src", "href", "xlink:href", "data"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is left open."""

    def handle_endtag(self, tag: str) -> None:
        """Close the last one."""
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(outcome: Outcome) -> None:
    """No script, no font, no picture from elsewhere."""
    text = page(outcome)
    parser = Balance()
    parser.feed(text)
    assert parser.open == []
    assert parser.asked == []
    assert not re.search(r"https?://|<script|@import|url\(", text)
    assert "prefers-color-scheme:dark" in text


def test_the_page_says_what_the_figures_say(outcome: Outcome) -> None:
    """RTO and RPO stand beside the model's."""
    text = page(outcome)
    assert "<span>RTO seen</span><b>" in text
    assert "2 writes lost; model: 5 s, plan for 5 min" in text
    assert '<span class="verdict good">every expectation held</span>' in text
    assert "For the rehearsal the strategy is pilot_light." in text


def test_what_was_said_cannot_become_a_part_of_the_page(outcome: Outcome) -> None:
    """A detail is text, whatever is in it."""
    diary = replace(outcome.diary, moments=[Moment(0, "cut", "<script>alert(1)</script>")])
    text = page(replace(outcome, diary=diary))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_page_is_written_to_a_file(outcome: Outcome, tmp_path: Path) -> None:
    """As it is."""
    write_html(outcome, tmp_path / "drill.html")
    assert (tmp_path / "drill.html").read_text(encoding="utf-8") == page(outcome)


def test_the_document_is_json_with_every_figure(outcome: Outcome) -> None:
    """Scripts read it."""
    found = json.loads(json.dumps(outcome.document()))
    assert found["passed"] is True
    assert found["lost_writes"] == 2
    assert [act["act"] for act in found["acts"]] == ["calm", "loss", "return", "way back", "end"]
    assert {row["step"] for row in found["steps"]["loss"]} >= {"detection", "guard", "promote", "flip", "dns"}
    assert found["model"]["rto_seconds"] > 0


def test_the_terminal_sums_it_up(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    """Acts, steps, objectives and expectations."""
    show_outcome(outcome)
    out = capsys.readouterr().out
    assert "The failover, beside the recovery model" in out
    assert "ok     the failover runs to its end (r1 is done)" in out
    assert f"{len(outcome.diary.expectations)} of {len(outcome.diary.expectations)} expectations held; " in out


def test_times_are_shown_as_clocks_do() -> None:
    """With hours where there are any."""
    assert [clock(seconds) for seconds in (0, 61.4, 3600, 7322)] == ["0:00", "1:01", "1:00:00", "2:02:02"]
