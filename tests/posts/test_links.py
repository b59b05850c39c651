"""Links of posts that lead nowhere: to this site's own pages, and to other sites."""

import socket
import threading
from contextlib import contextmanager
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
        photo.src, "mailto:desk@example.org", "#below",
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
    monkeypatch.setattr(other_sites, "is_public", lambda number: number == "127.0.0.1")
    with a_site() as address:
        yield address


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


def test_the_public_internet_may_be_asked():
    assert other_sites.is_public("93.184.216.34")
    assert other_sites.is_public("2606:4700::1111")


def test_links_to_other_sites_are_found_where_the_setting_allows_it(site, settings):
    linking(f"{site}/404", f"{site}/200")
    links.check_some()
    assert found() == {f"{site}/404": Why.GONE}


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
