"""What a worker takes with a full page cache, and how soon `make run` answers again:
`python -m benchmarks.memory`.

On the grown site of `make bench`, which is made if it isn't there: reads different pages, each with
gzip and with brotli, until the cache must have thrown some away; then starts the site as `make run`
does, for the second time, and waits for the first answer.
"""

import sys
import time
from itertools import chain

from benchmarks import servers
from benchmarks.breaking_news import OF_A_THREAD
from benchmarks.side_by_side import ARTICLE, GROWN, PAGES, POSTS, arguments, site_of

MOST_MEMORY, MOST_SECONDS = 150_000_000, 3.0
# How often the room of the cache is asked for: pages weigh more in it than on the line.
TIMES = 4
LOOK_EVERY = 500
THREADS_ON_A_PAGE = 25


def paths():
    """Thousands of different pages, the forum's largest first."""
    last = GROWN[0] // OF_A_THREAD // THREADS_ON_A_PAGE
    return chain(
        PAGES.values(),
        (f"{ARTICLE}?page={page}&sort={sort}" for page in range(1, last)
         for sort in ("newest", "oldest")),
        (f"/a/made-up-{post}/{view}" for post in range(1, POSTS + 1)
         for view in ("", "?lite=1", "?sort=newest", "comments/feed/")),
        (f"/?page={page}" for page in range(2, POSTS // 20)),
    )  # fmt: skip


def fill(server, room):
    """Read pages until they weigh TIMES the room of the cache; the most (RSS, PSS) seen."""
    read = weight = 0
    most = server.memory()
    print(f"Before the first page: {most[0] / 1e6:.0f} MB RSS")
    for path in paths():
        for coding in ("gzip", "br"):
            status, _headers, body = server.get(path, **{"Accept-Encoding": coding})
            if status != 200:
                break
            read, weight = read + 1, weight + len(body)
            if read % LOOK_EVERY == 0:
                most = max(most, server.memory())
                print(f"{read:6,} pages, {weight / 1e6:5.0f} MB read: {most[0] / 1e6:.0f} MB RSS")
        if weight > TIMES * room:
            break
    return max(most, server.memory())


def seconds_to_answer(site):
    """From the second start of the whole site, as `make run` has it, to its first answer."""
    port = servers.free_port()
    command = [sys.executable, "-m", "gandhara.start"]
    environment = site.environment | {"PORT": str(port), "HOST": "127.0.0.1"}
    begun = time.monotonic()
    with servers.Server("make run", command, port, environment):
        return time.monotonic() - begun


def main():
    asked = arguments()
    site = site_of(asked.folder / "grown", *GROWN)
    room = int(site.run("-c", "from django.conf import settings; print(settings.PAGE_CACHE)"))
    with servers.granian("this application", "gandhara.wsgi:application", site) as server:
        rss, pss = fill(server, room * 1_000_000)
    print(f"A worker: {rss / 1e6:.0f} MB RSS, {pss / 1e6:.0f} MB PSS (aim: 150 MB at most)")
    seconds_to_answer(site)
    taken = min(seconds_to_answer(site) for _each in range(3))
    print(f"`make run` again: first answer after {taken:.1f} s (aim: 3 s at most)")
    sys.exit(rss > MOST_MEMORY or taken > MOST_SECONDS)


if __name__ == "__main__":
    main()
