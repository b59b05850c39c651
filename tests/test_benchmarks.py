"""What measures must itself be right: the article, the reading of wrk, the page that is written."""

import re
from xml.etree import ElementTree

import pytest

from benchmarks import breaking_news, load, speed_page
from comments.models import Comment
from tests.factories import make_author, make_section, make_tag

WRK = """Running 4s test @ http://127.0.0.1:8000/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   589.11us  312.00us   9.02ms   91.00%
    Req/Sec    25.10k     1.20k   27.00k    70.00%
  Latency Distribution
     50%  584.00us
     75%  700.00us
     90%    0.90ms
     99%    9.02ms
  80532 requests in 4.10s, 1.06GB read
Requests/sec:  19642.00
"""


def line(who, way, value):
    return {
        "who": who, "page": "article", "way": way, "bytes": 56_440, "per_cpu_second": value,
        "cpu_ms": 1_000 / value, "per_second": value, "p50": 1.0, "p99": 2.0,
        "queries": 6 if way == "cold" else None, "to_file": None, "to_django": 1.5,
    }  # fmt: skip


RESULTS = {
    "made_at": "2026-01-01",
    "rounds": 7,
    "with": [("Python", "3.11")],
    "lines": [
        line("a file by nginx", "warm", 36_480),
        line("this application", "warm", 20_110),
        line("plain <Django>", "cold", 4.57),
    ],
    "memory": {"this application": (120e6, 100e6)},
    "aims": [("warm article, to a file by nginx", 0.551, 0.5)],
}


@pytest.mark.django_db
def test_each_page_of_the_article_that_is_measured_has_three_hundred_comments(client):
    make_section("Politics"), make_author("Nobody"), make_tag("Road")
    breaking_news.make(600)
    for page in (1, 2):
        shown = client.get(f"/a/{breaking_news.SLUG}/?page={page}").content.decode()
        assert len(set(re.findall(r'id="comment-(\d+)"', shown))) == 300
    for reply in Comment.objects.filter(depth__gt=0).select_related("parent"):
        assert reply.depth == reply.parent.depth + 1
        assert reply.thread_id == reply.parent.thread_id
    assert Comment.objects.filter(depth=0).count() == 50


def test_wrk_is_read_with_its_units_and_its_errors_stop_the_measuring():
    assert load.heard_by_wrk(WRK) == load.Heard(80_532, 4.1, 0.584, 9.02)
    with pytest.raises(SystemExit, match="Non-2xx or 3xx responses: 7"):
        load.heard_by_wrk(f"{WRK}  Non-2xx or 3xx responses: 7\n")


def test_results_stand_between_the_marks_and_take_the_place_of_earlier_ones(tmp_path, monkeypatch):
    page, plot = tmp_path / "speed.md", tmp_path / "speed.svg"
    monkeypatch.setattr(speed_page, "PAGE", page)
    monkeypatch.setattr(speed_page, "PLOT", plot)
    page.write_text(f"Before.\n\n{speed_page.BEGIN}\nof old\n{speed_page.END}\n\nAfter.\n")
    speed_page.write(RESULTS)
    once = page.read_text()
    speed_page.write(RESULTS)
    assert page.read_text() == once
    assert once.startswith("Before.\n\n")
    assert once.endswith("\n\nAfter.\n")
    assert "of old" not in once
    assert "| article, warm | this application | 20,100 |" in once
    assert "| warm article, to a file by nginx | 0.551 | 0.5 |" in once
    drawn = ElementTree.parse(plot)  # noqa: S314  our own file
    words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert words.index("a file by nginx") < words.index("this application")
    assert {"36,500", "20,100", "plain <Django>", "4.57"} <= set(words)
