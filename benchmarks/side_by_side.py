"""How near pages come to a ready file, and how far plain Django is: `make bench`.

Starts the same site five ways, each as a real server with one worker, and measures them in turn, so
that a noisy machine is as unkind to one as to the other: a file by nginx, nginx with a proxy cache
before this application, this application, and the article as plain Django shows it, with Django's
own cache middleware and without (`benchmarks.plain`). Everything is asked for with gzip.

warm: what was asked for before. 304: the same by somebody who has it. cold: after a change that
was made before each request. Prints requests a second of the servers' processor time, and keeps
the results, unless it is `--quick`, in benchmarks/side_by_side.json and docs/speed.md.
"""

import argparse
import json
import os
import platform
import re
import statistics
import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import load, servers, speed_page
from benchmarks.breaking_news import SLUG
from benchmarks.sites import ROOT, Site

NGINX_FILE = ROOT / "deploy" / "nginx" / "gandhara.conf"
RESULTS = Path(__file__).with_suffix(".json")
COMMENTS = 300
# What the grown site has: as many comments under the article, and in all.
GROWN = 50_000, 1_000_000
POSTS = 300
ARTICLE = f"/a/{SLUG}/"
PAGES = {
    "article": ARTICLE,
    "front page": "/",
    "section": "/section/politics/",
    "feed": "/feed/",
    "sitemap": "/sitemap-posts-0.xml",
}
# Where a changed headline must be seen at once.
SHOW_HEADLINES = ("article", "front page", "section", "feed")
IN_PLAIN = {"DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings"}
GZIP = {"Accept-Encoding": "gzip"}
FILE, FRONT, APP, CACHED, PLAIN, BIG = (
    "a file by nginx",
    "nginx before this application",
    "this application",
    "Django's cache middleware",
    "plain Django",
    "this application, grown",
)


def arguments(given=None):
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__.partition("\n")[0],
        epilog="Give these as in: make bench ARGS=--quick",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="a minute or two; nothing is kept")
    parser.add_argument("--rounds", type=int, help="how often everything is measured (7, or 3)")
    parser.add_argument("--seconds", type=int, help="how long each time (4, or 1)")
    parser.add_argument("--changes", type=int, help="cold requests each time (40, or 15)")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "data" / "benchmarks", help="where its sites are kept"
    )
    asked = parser.parse_args(given)
    for name, whole, quick in (("rounds", 7, 3), ("seconds", 4, 1), ("changes", 40, 15)):
        setattr(asked, name, getattr(asked, name) or (quick if asked.quick else whole))
    return asked


@dataclass(frozen=True)
class Sample:
    """One measurement: answers, the processor's seconds that they took, and the clock's."""

    answers: int
    cpu: float
    seconds: float
    p50: float = 0
    p99: float = 0


def site_of(folder, comments, all_comments):
    """A site with the article in a folder, made if it isn't there."""
    site = Site(folder)
    made = site.folder / "made"
    if not made.exists():
        print(f"Making a site in {site.folder} ...", flush=True)
        site.make()
        others = max(0, all_comments - comments)
        site.run(
            "-m", "benchmarks.make_site", "--posts", str(POSTS), "--comments", str(others),
            "--waiting", str(others // 20),
        )  # fmt: skip
        site.run("-m", "benchmarks.breaking_news", "make", str(comments))
        made.touch()
    else:
        site.make()
    return site


class Changer:
    """Changes the article before each cold request, in a process of its own."""

    def __init__(self, site):
        self.process = site.talk_to("-m", "benchmarks.breaking_news", "edit")
        self.number = 0

    def __enter__(self):
        return self

    def __exit__(self, *_raised):
        self.process.stdin.close()
        self.process.wait()

    def change(self):
        """Give the article a new headline, which is stored when this returns; gives it."""
        self.number += 1
        headline = f"The road over the pass is open again: {self.number}"
        self.process.stdin.write(f"{headline}\n")
        self.process.stdout.readline()
        return headline


class Race:
    """The servers, and what was measured of each: {(who, page, way): [Sample]}."""

    def __init__(self, asked, stack):
        self.asked, self.samples, self.sizes = asked, defaultdict(list), {}
        self.site = site_of(asked.folder / "small", COMMENTS, COMMENTS)
        self.grown = None if asked.quick else site_of(asked.folder / "grown", *GROWN)
        self.stack, self.servers, self.changers = stack, {}, {}
        for who, site in ((APP, self.site), (BIG, self.grown)):
            if site:
                self._start(servers.granian(who, "gandhara.wsgi:application", site))
                self.changers[who] = stack.enter_context(Changer(site))
        for who, cache in ((CACHED, "on"), (PLAIN, "off")):
            plain = "benchmarks.plain.wsgi:application"
            self._start(servers.granian(who, plain, self.site, **IN_PLAIN, PLAIN_CACHE=cache))
        if servers.NGINX:
            self._start(self._files())
            self._start(self._front())
        else:
            print("nginx isn't installed (apt-get install nginx): its lines are left out.")
        if not load.WRK:
            print("wrk isn't installed (apt-get install wrk): Python asks, which is slower.")

    def _start(self, server):
        self.servers[server.name] = self.stack.enter_context(server)

    def _files(self):
        """nginx with the pages of the application as files, packed by the application."""
        folder = self.asked.folder / "files"
        folder.mkdir(exist_ok=True)
        places = []
        for number, path in enumerate(PAGES.values()):
            _status, headers, packed = self.servers[APP].get(path, **GZIP)
            (folder / f"{number}.gz").write_bytes(packed)
            (folder / f"{number}").write_bytes(self.servers[APP].get(path)[2])
            kind = headers["Content-Type"].partition(";")[0]
            places.append(
                f"location = {path} {{ root {folder}; gzip_static on; gzip_vary on; "
                f"default_type {kind}; charset utf-8; try_files /{number} =404; }}"
            )
        port = servers.free_port()
        says = f"server {{ listen 127.0.0.1:{port}; {' '.join(places)} }}"
        return servers.nginx(FILE, self.asked.folder, port, says)

    def _front(self):
        """nginx as deploy/nginx/ has it, only with the ports and folders of this run."""
        port, said = servers.free_port(), NGINX_FILE.read_text()
        for was, becomes in (
            (r"127\.0\.0\.1:8000", f"127.0.0.1:{self.servers[APP].port}"),
            (r"listen 80;", f"listen 127.0.0.1:{port};"),
            (r"listen \[::\]:80;", ""),
            (r"/dev/shm/\w+", str(self.asked.folder / "proxy_cache")),  # noqa: S108
            (r"root [^;]+;", f"root {self.site.folder};"),
            (r"error_log [^;]+;", ""),
            # A module that few have.
            (r"brotli_static on;", ""),
        ):
            said = re.sub(was, becomes, said)
        return servers.nginx(FRONT, self.asked.folder, port, said)

    def counted(self, who):
        """The servers whose time an answer of this one takes."""
        return [self.servers[each] for each in ((FRONT, APP) if who == FRONT else (who,))]

    def round(self):
        for page, path in PAGES.items():
            for who in (FILE, FRONT, APP, CACHED):
                if who in self.servers and (who != CACHED or page == "article"):
                    self.under_load(who, page, path, "warm", GZIP)
            etag = self.servers[APP].get(path, **GZIP)[1]["ETag"]
            self.under_load(APP, page, path, "304", GZIP | {"If-None-Match": etag})
        for page, path in PAGES.items():
            self.one_by_one(APP, page, path)
            if page == "article":
                self.one_by_one(PLAIN, page, path)
                if self.grown:
                    self.one_by_one(BIG, page, path)

    def under_load(self, who, page, path, way, headers):
        server = self.servers[who]
        status, _headers, body = server.get(path, **headers)
        if status != (304 if way == "304" else 200):
            sys.exit(f"{who} answered {status} to {path}.")
        self.sizes[who, page, way] = len(body)
        before = self.cpu(who)
        heard = load.ask(server.port, path, headers, self.asked.seconds)
        # Where no answer came in time, one was on its way.
        answers = max(1, heard.answers)
        self.samples[who, page, way].append(
            Sample(answers, self.cpu(who) - before, heard.seconds, heard.p50, heard.p99)
        )

    def one_by_one(self, who, page, path):
        """Cold requests, a change before each; SystemExit if one is answered with an old page."""
        server, changer, times = self.servers[who], self.changers.get(who), []
        before = self.cpu(who)
        for _each in range(self.asked.changes):
            headline = changer.change() if changer else ""
            milliseconds, words = load.once(server.port, path)
            times.append(milliseconds)
            if page in SHOW_HEADLINES and headline not in words:
                sys.exit(f"{who} gave an old page at {path}.")
        cpu = self.cpu(who) - before
        self.sizes[who, page, "cold"] = len(server.get(path, **GZIP)[2])
        self.samples[who, page, "cold"].append(
            Sample(len(times), cpu, sum(times) / 1_000, statistics.median(times), max(times))
        )

    def cpu(self, who):
        return sum(server.cpu() for server in self.counted(who))

    def results(self):
        """All that was measured, as medians of the rounds, for JSON."""
        queries = self.queries()
        lines = []
        for of, samples in self.samples.items():
            who, page, way = of
            line = {
                "who": who, "page": page, "way": way, "bytes": self.sizes[of],
                "per_cpu_second": self.median(samples, lambda x: x.answers / x.cpu),
                "cpu_ms": self.median(samples, lambda x: x.cpu / x.answers * 1_000),
                "per_second": self.median(samples, lambda x: x.answers / x.seconds),
                "p50": self.median(samples, lambda x: x.p50),
                "p99": self.median(samples, lambda x: x.p99),
                "queries": queries.get((who, page)) if way == "cold" else None,
                "to_file": None if way == "cold" else self.ratio(of, (FILE, page, "warm")),
                "to_django": self.to_django(of),
            }  # fmt: skip
            lines.append(line)
        return {
            "made_at": datetime.now(UTC).date().isoformat(),
            "with": self.versions(),
            "rounds": self.asked.rounds,
            "lines": sorted(lines, key=_place),
            "memory": {who: self.servers[who].memory() for who in (APP, CACHED, PLAIN)},
            "aims": self.aims(),
        }

    @staticmethod
    def median(samples, figure):
        return round(statistics.median(map(figure, samples)), 4)

    def ratio(self, one, other):
        """How many times more answers `one` gives with the same processor time than `other`.

        The median of the rounds' own ratios; None where one of them wasn't measured.
        """
        pairs = list(zip(self.samples.get(one, ()), self.samples.get(other, ()), strict=False))
        if not pairs:
            return None
        return round(
            statistics.median((a.answers / a.cpu) / (b.answers / b.cpu) for a, b in pairs), 3
        )

    def to_django(self, of):
        """The ratio to Django's article: of its cache middleware, or cold to one without."""
        _who, page, way = of
        if way != "cold":
            return self.ratio(of, (CACHED, "article", "warm"))
        return self.ratio(of, (PLAIN, page, "cold"))

    def queries(self):
        """{(who, page): queries of a cold page}."""
        counted = self.site.run("-m", "benchmarks.queries", *PAGES.values()).split()
        found = {(APP, page): int(number) for page, number in zip(PAGES, counted, strict=True)}
        plain = {"DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings"}
        found[PLAIN, "article"] = int(self.site.run("-m", "benchmarks.queries", ARTICLE, **plain))
        if self.grown:
            found[BIG, "article"] = int(self.grown.run("-m", "benchmarks.queries", ARTICLE))
        return found

    def versions(self):
        """What was measured with: (name, version)."""
        return [
            ("Python", platform.python_version()),
            *((name, metadata.version(name.lower())) for name in ("Django", "granian")),
            *([("nginx", servers.nginx_version())] if servers.NGINX else []),
            ("processors", str(os.cpu_count())),
        ]

    def aims(self):
        """[(what is aimed at, the number that was reached, the aim, "at least" or "at most")]."""
        warm = APP, "article", "warm"
        aims = [
            ("warm article, to a file by nginx", warm, (FILE, "article", "warm"), 0.5),
            ("warm article, to Django's cache middleware", warm, (CACHED, "article", "warm"), 10),
            (
                "warm article behind nginx, to a file by nginx",
                (FRONT, "article", "warm"), (FILE, "article", "warm"), 0.9,
            ),
            ("304 of the article, to the whole", (APP, "article", "304"), warm, 1),
            (
                "cold article, to plain Django",
                (APP, "article", "cold"), (PLAIN, "article", "cold"), 6,
            ),
            (
                "cold article, with 50,000 comments and a million on the site, to 300 and none",
                (BIG, "article", "cold"), (APP, "article", "cold"), round(1 / 1.2, 2),
            ),
        ]  # fmt: skip
        for page in list(PAGES)[1:]:
            file = FILE, page, "warm"
            aims += [
                (f"warm {page}, to a file by nginx", (APP, page, "warm"), file, 0.5),
                (
                    f"warm {page}, to Django's cache middleware",
                    (APP, page, "warm"), (CACHED, "article", "warm"), 10,
                ),
                (
                    f"warm {page} behind nginx, to a file by nginx",
                    (FRONT, page, "warm"), file, 0.9,
                ),
            ]  # fmt: skip
        reached = [(what, self.ratio(one, other), aim) for what, one, other, aim in aims]
        return [each for each in reached if each[1] is not None]


def _place(line):
    """Cold after warm, the pages in their order, the fastest first."""
    ways = "warm", "304", "cold"
    return ways.index(line["way"]), list(PAGES).index(line["page"]), -line["per_cpu_second"]


def main():
    asked = arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        race = Race(asked, stack)
        for number in range(asked.rounds):
            print(f"Round {number + 1} of {asked.rounds} ...", flush=True)
            race.round()
        results = race.results()
    print(speed_page.as_text(results))
    if not asked.quick:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        speed_page.write(results)


if __name__ == "__main__":
    main()
