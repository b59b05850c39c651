"""Links of posts that lead nowhere: to this site's own pages, and to other sites."""

import socket
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from comments import duties
from posts import links, newsroom, other_sites
from posts.models import BrokenLink, OldSlug, Post
from tests.factories import make_author, make_editor, make_photo, make_post, make_section
from tests.posts.test_admin import change_of, fill

pytestmark = pytest.mark.django_db
Status, Why = Post.Status, BrokenLink.Why


def linking(*addresses, **fields):
    body = "".join(f'<p><a href="{each}">there</a></p>' for each in addresses)
    return make_post(body=body, **fields)


def found():
    return {row.address: row.why for row in BrokenLink.objects.sure()}


# This site's own pages


def test_links_to_pages_that_are_there_are_no_problem():
    photo = make_photo()
    make_section("Region")
    make_post("Public", authors=[make_author("Ali")])
    OldSlug.objects.create(slug="of-old", post=make_post("Moved"))
    linking(
        "/", "/archive/", "/a/public/", "/a/public/#forum", "/a/public/comments/feed/", "/a/of-old/",
        "/section/region/", "/author/ali/", "http://127.0.0.1:8000/a/public/", photo.file.url,
        photo.src, "mailto:desk@example.org", "#below", "?page=2", "",
    )  # fmt: skip
    links.check_some()
    assert found() == {}


def test_links_to_pages_that_are_not_there_are_found_with_the_reason():
    make_post("Draft", slug="draft", status=Status.DRAFT)
    make_post("Later", slug="later", published_at=timezone.now() + timedelta(days=1))
    make_post("Wrong", slug="wrong", status=Status.WITHDRAWN)
    OldSlug.objects.create(slug="old-wrong", post=Post.objects.get(slug="wrong"))
    linking(
        "/a/never/", "/a/draft/", "/a/later/", "/a/wrong/", "/a/old-wrong/", "/section/none/",
        "/wp-content/x.html", "http://127.0.0.1:8000/tag/none/", "/media/photos/none.jpg",
        "/a/%D9%BE%D9%84/",
    )  # fmt: skip
    links.check_some()
    assert found() == {
        "/a/never/": Why.NO_PAGE,
        "/a/draft/": Why.NOT_PUBLIC,
        "/a/later/": Why.NOT_PUBLIC,
        "/a/wrong/": Why.WITHDRAWN,
        "/a/old-wrong/": Why.WITHDRAWN,
        "/section/none/": Why.NO_PAGE,
        "/wp-content/x.html": Why.NO_PAGE,
        "http://127.0.0.1:8000/tag/none/": Why.NO_PAGE,
        "/media/photos/none.jpg": Why.NO_PAGE,
        "/a/%D9%BE%D9%84/": Why.NO_PAGE,
    }


@pytest.mark.parametrize(
    "odd", ["/media/../../x", "/media/..%2F..%2Fx", "/media//etc/passwd", "/media/%00", "//[x"]
)
def test_an_odd_address_stops_neither_who_publishes_nor_the_look_at_other_posts(client, odd):
    client.force_login(make_editor())
    post = linking(odd)
    assert fill(client, change_of(post)).status_code == 302
    said = "/media/" in odd  # "//[x" is no address at all: nothing is known of it
    assert (f"A link leads nowhere: {odd}" in client.get("/admin/").text) == said
    linking("/a/none/")
    assert links.check_some() == 2
    assert found() == {"/a/none/": Why.NO_PAGE} | ({odd: Why.NO_PAGE} if said else {})


@pytest.mark.parametrize("beside", ["report", "../other/", "report.pdf", "desk@example.org"])
def test_a_link_beside_the_article_leads_nowhere_and_is_asked_of_no_site(settings, beside):
    settings.CHECK_LINKS = True
    linking(beside)
    links.check_some()
    assert found() == {beside: Why.NO_PAGE}


def test_a_post_that_can_not_be_looked_at_is_logged_without_its_words_and_stops_no_other(
    monkeypatch, caplog
):
    own_problem = links.own_problem

    def stumbling(path):
        if path == "/odd/":
            raise LookupError(path)
        return own_problem(path)

    monkeypatch.setattr(links, "own_problem", stumbling)
    linking("/odd/")
    linking("/a/none/")
    assert links.check_some() == 2
    assert found() == {"/a/none/": Why.NO_PAGE}
    assert [record.message for record in caplog.records] == [
        "Links of a post were not looked at: LookupError"
    ]
    assert links.check_some() == 0  # both had their turn


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.WITHDRAWN},
        {"status": Status.DRAFT},
        {"unpublish_at": timezone.now()},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_links_of_a_post_that_is_public_no_more_are_forgotten_and_those_of_others_stay(hidden):
    gone = linking("/a/one/")
    linking("/a/two/")
    links.check_some()
    assert set(found()) == {"/a/one/", "/a/two/"}
    Post.objects.filter(pk=gone.pk).update(**hidden)
    links.check_some()
    assert set(found()) == {"/a/two/"}


def test_forgetting_them_costs_one_query(django_assert_num_queries):
    for status in (Status.WITHDRAWN, Status.PUBLISHED):
        BrokenLink.objects.create(post=linking(status=status), address="/x/", why=Why.NO_PAGE)
    Post.objects.update(links_checked_at=timezone.now())
    # The second asks whose turn it is.
    with django_assert_num_queries(2):
        links.check_some()
    assert BrokenLink.objects.get().post.is_public


def test_a_mended_link_is_forgotten_and_a_lasting_one_keeps_its_day(time_machine):
    time_machine.move_to("2026-01-01T00:00Z", tick=False)
    post = linking("/a/one/", "/a/two/")
    links.check_some()
    time_machine.move_to("2026-01-03T00:00Z", tick=False)
    assert links.check_some() == 0  # it had its turn
    post.body = '<p><a href="/a/two/">there</a></p>'
    post.save()
    assert links.check_some() == 1
    row = BrokenLink.objects.get()
    assert (row.address, row.found_at.day) == ("/a/two/", 1)


def test_only_public_posts_are_looked_at_and_each_again_after_a_week(time_machine):
    time_machine.move_to("2026-01-01T00:00Z", tick=False)
    linking("/a/none/", status=Status.DRAFT)
    assert links.check_some() == 0
    linking("/a/none/")
    assert links.check_some() == 1
    time_machine.move_to("2026-01-07T23:59Z", tick=False)
    assert links.check_some() == 0
    time_machine.move_to("2026-01-08T00:00Z", tick=False)
    assert links.check_some() == 1


def test_a_run_looks_at_a_bounded_number_of_posts_those_just_saved_first(monkeypatch):
    monkeypatch.setattr(links, "POSTS_A_RUN", 2)
    for each in (linking("/a/x1/"), linking("/a/x2/"), linking("/a/x3/")):
        Post.objects.filter(pk=each.pk).update(links_checked_at="2020-01-01T00:00Z")
    linking("/a/new/")
    assert links.check_some() == 2
    assert set(found()) == {"/a/new/", "/a/x1/"}


def test_the_worker_does_it_by_itself_and_the_desk_tells(client):
    post = linking("/a/none/")
    assert "links" in duties.run_due()
    assert [row.post for row in newsroom.broken_links()] == [post]
    client.force_login(make_editor())
    text = client.get("/admin/").text
    assert "/a/none/" in text
    assert "there is no such page here" in text


def test_who_saves_a_public_post_is_told_at_once(client):
    client.force_login(make_editor())
    post = linking("/a/none/")
    fill(client, change_of(post))
    said = "A link leads nowhere: /a/none/ (there is no such page here)."
    assert said in client.get("/admin/").text
    fill(client, change_of(linking("/a/none/", status=Status.DRAFT)))
    assert "leads nowhere" not in client.get("/admin/").text


# Other sites


class Site(BaseHTTPRequestHandler):
    asked: list = []

    def do_GET(self):
        self.asked.append((self.command, self.path))
        step = self.path.strip("/").split("?")[0].rpartition("/")[2]
        if self.command == "HEAD" and self.path.startswith("/get-only"):
            self.send_response(405)
        elif step == "long":
            self.send_response(200)
            for number in range(int(self.path.partition("?")[2])):
                self.send_header(f"X-{number}", "x" * 10_000)
        elif step.isdecimal():
            self.send_response(int(step))
        else:
            self.send_response(302)
            self.send_header("Location", {"loop": "/loop", "in": "http://10.0.0.1/"}[step])
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args):
        pass


@contextmanager
def a_site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Site.asked = []
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site(monkeypatch, settings):
    """A site on this machine, which counts as one of the public Internet's."""
    settings.CHECK_LINKS = True
    count_this_machine_as_public(monkeypatch)
    with a_site() as address:
        yield address


def count_this_machine_as_public(monkeypatch):
    monkeypatch.setattr(other_sites, "is_public", lambda number: number == "127.0.0.1")
    monkeypatch.setattr(other_sites, "PORTS", range(65536))


@contextmanager
def a_drip(first, drop):
    """A site that sends `first` and then drop by drop; gives its port and whether it came to an end.

    It ends by itself after some seconds, so that nobody waits for ever who never leaves.
    """
    left, ended = threading.Event(), threading.Event()

    def serve():
        line, _address = listening.accept()
        with line, suppress(OSError):
            line.sendall(first)
            for _drop in range(100):
                if left.wait(0.05):
                    return
                line.sendall(drop)
            ended.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1], ended
        finally:
            left.set()
            thread.join()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/200", None),
        ("/403", None),  # it answers, only not to programs
        ("/429", None),
        ("/get-only/200", None),
        ("/get-only/404", Why.GONE),
        ("/404", Why.GONE),
        ("/410?a=b%20c&d", Why.GONE),
        ("/500", Why.FAILS),
        ("/in", Why.PRIVATE),
    ],
)
def test_what_another_site_answers_says_whether_a_link_is_broken(site, path, why):
    assert other_sites.problem_of(site + path) == why


def test_a_chain_of_redirects_without_an_end_is_left(site):
    assert other_sites.problem_of(f"{site}/loop") == Why.FAILS
    assert len(Site.asked) == other_sites.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("scheme", "first", "drop"),
    [
        ("http", b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        ("http", b"HTTP/1.1 200 ", b"O"),
        ("http", b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ("https", b"\x16\x03\x03\x40\x00", b"\x00"),  # the head of a record of the handshake
    ],
)
def test_a_site_that_drips_is_left_when_patience_is_over(monkeypatch, scheme, first, drop):
    count_this_machine_as_public(monkeypatch)
    monkeypatch.setattr(other_sites, "PATIENCE", 0.3)
    with a_drip(first, drop) as (port, ended):
        assert other_sites.problem_of(f"{scheme}://127.0.0.1:{port}/") == Why.SILENT
        assert not ended.is_set()


def test_a_site_that_drips_and_ends_in_time_is_heard_out(monkeypatch):
    count_this_machine_as_public(monkeypatch)
    with a_drip(b"HTTP/1.1 200 OK\r\nX: y", b"\r\n") as (port, _ended):
        assert other_sites.problem_of(f"http://127.0.0.1:{port}/") is None


@pytest.mark.parametrize(("lines", "why"), [(5, None), (8, Why.SILENT)])
def test_an_answer_is_read_up_to_a_bounded_number_of_bytes(site, lines, why):
    assert other_sites.problem_of(f"{site}/long?{lines}") == why


def test_other_ports_than_those_of_the_web_are_not_asked_and_nothing_is_said_of_them(
    site, monkeypatch
):
    assert other_sites.problem_of(f"{site}/404") == Why.GONE
    Site.asked.clear()
    monkeypatch.setattr(other_sites, "PORTS", (80, 443))
    assert other_sites.problem_of(f"{site}/404") is None
    assert other_sites.problem_of("http://10.0.0.1:8080/") == Why.PRIVATE
    assert Site.asked == []


def test_a_site_that_does_not_exist_or_not_answer_is_said_so(site, monkeypatch):
    with a_site() as other:
        pass
    assert other_sites.problem_of(f"{other}/200") == Why.SILENT

    def unknown(*_args, **_options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert other_sites.problem_of("http://no.such.example/") == Why.NO_SITE


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://10.1.2.3/", "http://192.168.0.1/", "http://169.254.169.254/",
        "http://[::1]/", "http://0.0.0.0/", "http://localhost/", "http://[fe80::1]/",
        "http://100.64.0.1/",
    ],
)  # fmt: skip
def test_nobody_is_led_into_the_newsrooms_own_network(address):
    assert other_sites.problem_of(address) == Why.PRIVATE


@pytest.mark.parametrize(
    "address", ["http://", "http://[", "http://a:99999/", "ftp://example.org/"]
)
def test_what_is_no_address_breaks_nothing(address):
    assert other_sites.problem_of(address) in (Why.NO_SITE, Why.SILENT)


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "2606:4700::1111", "2001:4860:4860::8888", "2a00:1450::1%eth0"]
)
def test_the_public_internet_may_be_asked(number):
    assert other_sites.is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        "2002:7f00:1::", "2001::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b:1::1", "::127.0.0.1",
        "::ffff:127.0.0.1", "::ffff:0:7f00:1", "fec0::1", "fc00::1", "ff02::1", "ff0e::1",
        "224.0.0.1", "239.1.1.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_what_leads_into_a_network_by_another_name_or_to_many_machines_is_not_public(number):
    assert not other_sites.is_public(number)


def test_links_to_other_sites_are_found_where_the_setting_allows_it(site, settings):
    linking(f"{site}/404", f"{site}/200")
    links.check_some()
    assert found() == {f"{site}/404": Why.GONE}


def test_an_address_that_can_not_be_asked_for_stops_no_other(site, monkeypatch, caplog):
    problem_of = other_sites.problem_of

    def stumbling(address):
        if address.endswith("/odd"):
            raise LookupError(address)
        return problem_of(address)

    monkeypatch.setattr(other_sites, "problem_of", stumbling)
    linking(f"{site}/odd", f"{site}/404")
    links.check_some()
    assert found() == {f"{site}/404": Why.GONE}
    assert [record.message for record in caplog.records] == [
        "An address was not asked for: LookupError"
    ]


def test_without_the_setting_no_other_site_is_asked(site, settings):
    settings.CHECK_LINKS = False
    linking(f"{site}/404", "/a/none/")
    links.check_some()
    assert set(found()) == {"/a/none/"}
    assert Site.asked == []


def test_a_site_that_fails_once_is_asked_again_the_next_day_before_anybody_is_told(
    site, time_machine
):
    time_machine.move_to("2026-01-01T00:00Z", tick=False)
    linking(f"{site}/500")
    links.check_some()
    assert found() == {}
    assert links.check_some() == 0
    time_machine.move_to("2026-01-02T00:00Z", tick=False)
    links.check_some()
    assert found() == {f"{site}/500": Why.FAILS}
