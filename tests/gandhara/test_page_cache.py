"""The page cache: what it keeps and what it leaves alone, and that no page in it is ever old."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from comments.models import Comment, Figures, Forum, Policy
from comments.redaction import redact
from gandhara.page_cache import Page, Shelf
from posts import hearing, placing, versions
from posts.models import Blog, Correction, Post, PublicChange
from tests.factories import (
    make_author,
    make_blog,
    make_comment,
    make_forum,
    make_photo,
    make_post,
    make_section,
    make_tag,
    make_user,
)
from tests.gandhara.test_compression import UNPACK
from tests.served import HearsAtOnce, Served

pytestmark = pytest.mark.django_db
ARTICLE = "/a/road/"


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(hearing, "here", HearsAtOnce())
    monkeypatch.setattr(hearing, "LEASE", 0)
    return Served()


@pytest.fixture
def post():
    make_blog()
    return make_post("The road", slug="road")


# Hits


def test_a_page_is_made_once_and_then_comes_from_memory_the_same(served, post):
    first, second = served.get(ARTICLE), served.get(ARTICLE)
    assert served.made == [ARTICLE]
    assert (first.status, first.content) == (200, second.content)
    assert "The road" in first.text
    assert first["etag"] == second["etag"]
    assert second["content-length"] == str(len(second.content))
    assert second["vary"] == "Accept-Encoding"
    assert second["cache-control"] == "public, max-age=0, must-revalidate"
    assert "default-src 'none'" in second["content-security-policy"]


@pytest.mark.parametrize(
    "address", ["/", ARTICLE, "/feed/", "/sitemap.xml", "/robots.txt", "/ps/", "/search/?q=road"]
)
def test_pages_of_every_kind_are_kept(served, post, address):
    assert served.get(address).content == served.get(address).content
    assert len(served.made) == 1


@pytest.mark.parametrize("encoding", UNPACK)
def test_each_browser_gets_the_encoding_it_takes_of_one_page_that_was_made_once(
    served, post, encoding
):
    plain = served.get(ARTICLE)
    packed = served.get(ARTICLE, accept_encoding=encoding)
    assert packed["content-encoding"] == encoding
    assert UNPACK[encoding](packed.content) == plain.content
    assert packed["etag"] != plain["etag"]
    assert served.made == [ARTICLE]


def test_a_page_that_is_asked_for_some_seconds_later_is_packed_more_tightly_under_another_name(
    served, post
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = served.get(ARTICLE, accept_encoding="br")
        assert served.get(ARTICLE, accept_encoding="br").content == first.content
        clock.shift(6)
        later = served.get(ARTICLE, accept_encoding="br")
    assert len(later.content) < len(first.content)
    assert UNPACK["br"](later.content) == UNPACK["br"](first.content)
    assert later["etag"] != first["etag"]
    assert served.get(ARTICLE, if_none_match=first["etag"], accept_encoding="br").status == 304


def test_head_has_the_headers_without_the_page(served, post):
    asked = served.get(ARTICLE, "HEAD")
    assert (asked.status, asked.content) == (200, b"")
    assert asked.headers == served.get(ARTICLE).headers


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_page_already_is_told_so_and_sent_no_page(served, post, form):
    etag = served.get(ARTICLE, accept_encoding="gzip")["etag"]
    again = served.get(ARTICLE, accept_encoding="gzip", if_none_match=form.format(etag))
    assert (again.status, again.content) == (304, b"")
    assert again["etag"] == etag
    assert "content-security-policy" in again.headers
    assert "content-length" not in again.headers
    other = served.get(ARTICLE, accept_encoding="br", if_none_match=form.format(etag))
    assert other.status == 304


@pytest.mark.parametrize("etag", ['"other"', "", '"', "nonsense"])
def test_who_has_another_page_gets_this_one(served, post, etag):
    assert served.get(ARTICLE, if_none_match=etag).status == 200


def test_a_date_is_believed_only_once_no_other_page_can_have_the_same(served, post):
    with time_machine.travel("2031-03-01T12:00:00.2Z", tick=False) as clock:
        first = served.get(ARTICLE)
        assert served.get(ARTICLE, if_modified_since=first["last-modified"]).status == 200
        post.headline = "Another headline"
        post.save()
        assert served.get(ARTICLE, if_modified_since=first["last-modified"]).status == 200
        clock.shift(3)
        later = served.get(ARTICLE)
        assert "Another headline" in later.text
        assert served.get(ARTICLE, if_modified_since=first["last-modified"]).status == 200
        assert served.get(ARTICLE, if_modified_since=later["last-modified"]).status == 304
        clock.shift(3)
        assert served.get(ARTICLE, if_modified_since=later["last-modified"]).status == 304
        for wrong in ("nonsense", "", "Sun, 99 Nov 2026 00:00:00 GMT"):
            assert served.get(ARTICLE, if_modified_since=wrong).status == 200


# Keys


@pytest.mark.parametrize(
    "query", ["?x=1", "?x=2&x=3", "?utm_source=mail&fbclid=9", "?", "?sort2=a"]
)
def test_what_no_page_knows_in_an_address_makes_no_other_page(served, post, query):
    plain = served.get(ARTICLE)
    assert served.get(ARTICLE + query).content == plain.content
    assert served.made == [ARTICLE]


def test_a_name_that_another_page_knows_makes_no_other_page_here(served, post):
    assert served.get("/").content == served.get("/?sort=newest&since=2026&q=a").content
    assert len(served.made) == 1


@pytest.mark.parametrize("query", ["?lite=1", "?x=1&lite=1"])
def test_the_lite_view_is_another_page(served, post, query):
    assert served.get(ARTICLE).content != served.get(ARTICLE + query).content
    assert len(served.made) == 2
    assert served.get(ARTICLE + "?lite=0").content == served.get(ARTICLE).content


def test_what_a_page_knows_makes_another_page_of_it(served, post):
    comments = [make_comment(make_forum(post)), make_comment(post.forum)]
    oldest, newest = served.get(ARTICLE), served.get(ARTICLE + "?sort=newest&x=1")
    positions = [newest.text.index(each.text) for each in comments]
    assert positions[0] > positions[1]
    assert oldest.content != newest.content
    # The links of the page carry nothing on that it does not know.
    assert "x=1" not in newest.text


def test_no_header_of_a_browser_reaches_a_page_that_others_will_get(served, post):
    asked = {"accept_language": "ur", "user_agent": "<b>", "x_forwarded_proto": "https"}
    first = served.get(ARTICLE, cookie="desk=fa|Asia/Kabul; other=1", **asked)
    assert first.content == served.get(ARTICLE).content
    assert "set-cookie" not in first.headers


def test_hosts_that_are_allowed_share_pages_and_others_get_none(served, post, settings):
    settings.ALLOWED_HOSTS = ["testserver", ".example.org"]
    page = served.get(ARTICLE)
    assert served.get(ARTICLE, host="mirror.example.org").content == page.content
    assert served.get(ARTICLE, host="evil.example.com").status == 400
    assert served.get(ARTICLE, host="").status == 400
    assert len(served.made) == 3


# What is left alone


def test_who_has_a_sessions_cookie_passes_by(served, post, client):
    served.get(ARTICLE)
    client.force_login(make_user(is_staff=True))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    seen = served.get(ARTICLE, cookie=cookie)
    assert (seen["cache-control"], seen["vary"]) == ("private, no-store", "Cookie, Accept-Encoding")
    assert served.made == [ARTICLE, ARTICLE]
    assert "private" not in served.get(ARTICLE)["cache-control"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/a/nothing/", 404),
        ("/?page=99", 404),
        ("/a/road", 301),
        ("/a/road/comments/", 200),
        ("/admin/login/", 200),
        ("/nowhere/%00", 404),
    ],
)
def test_only_public_pages_that_are_there_are_kept(served, post, address, status):
    for _time in range(2):
        assert served.get(address).status == status
    assert len(served.made) == 2
    assert len(served.cache.shelf) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "public", "Vary": "Cookie"},
        {"Cache-Control": "public", "Set-Cookie": "a=b"},
    ],
)
def test_an_answer_that_is_not_for_everybody_is_never_kept(served, post, headers):
    def application(environ, start_response):
        served.made.append(1)
        start_response("200 OK", [("Content-Type", "text/html"), *headers.items()])
        return [b"<p>mine"]

    served.cache.application = application
    for _time in range(2):
        assert served.get(ARTICLE).content == b"<p>mine"
    assert len(served.made) == 2


def test_a_page_that_fails_is_not_kept_and_the_next_one_is_made(served, post):
    inner = served.cache.application

    def fails(environ, start_response):
        raise RuntimeError("no page")

    served.cache.application = fails
    with pytest.raises(RuntimeError):
        served.get(ARTICLE)
    served.cache.application = inner
    assert served.get(ARTICLE).status == 200


# Never old


def approve(post):
    Comment.objects.filter(text="Waiting.").moderate(Comment.Status.APPROVED)


def remove(post):
    Comment.objects.filter(text="Shown.").moderate(Comment.Status.REJECTED)


def set_fields(model, **fields):
    def change(post):
        row = model.objects.first()
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()

    return change


def redact_some(post):
    redact(Comment.objects.get(text="Shown."), "Shown", make_user())


CHANGES = {
    "a headline is edited": (
        set_fields(Post, headline="Newer words"), [ARTICLE, "/", "/feed/", "/search/?q=newer"]
    ),
    "a post is withdrawn": (
        lambda post: Post.objects.filter(pk=post.pk).update(status="withdrawn"),
        [ARTICLE, "/", "/feed/", "/sitemap-posts-0.xml"],
    ),
    "a post is published": (lambda post: make_post("Newer words"), ["/", "/feed/", "/sitemap-posts-0.xml"]),
    "a post is deleted": (lambda post: post.delete(), [ARTICLE, "/"]),
    "a body is edited": (set_fields(Post, body="<p>Newer words</p>"), [ARTICLE, "/feed/"]),
    "a correction is told": (
        lambda post: Correction.objects.create(post=post, text="Newer words"),
        [ARTICLE, "/corrections/"],
    ),
    "the blog gets another title": (set_fields(Blog, title="Newer words"), [ARTICLE, "/", "/about/"]),
    "a section gets another name": (
        lambda post: set_fields(type(post.section), name="Newer words")(post),
        [ARTICLE, "/", "/section/region/"],
    ),
    "a tag gets another name": (
        lambda post: post.tags.all().update(name="Newer words"), [ARTICLE, "/tag/energy/"]
    ),
    "an author gets another name": (
        lambda post: set_fields(type(post.byline[0]), name="Newer words")(post), [ARTICLE, "/"]
    ),
    "a byline is emptied": (lambda post: post.bylines.all().delete(), [ARTICLE, "/"]),
    "a caption is edited": (
        lambda post: set_fields(type(post.lead_photo), caption="Newer words")(post), [ARTICLE]
    ),
    "a comment is approved": (approve, [ARTICLE, "/", "/comments/feed/", "/a/road/comments/feed/"]),
    "a comment is removed": (remove, [ARTICLE, "/", "/comments/feed/", "/search/comments/?q=shown"]),
    "a passage is taken out of a comment": (redact_some, [ARTICLE, "/comments/feed/"]),
    "a comment appears at once": (
        lambda post: make_comment(post.forum, text="Newer words"), [ARTICLE, "/"]
    ),
    "a forum is closed": (
        lambda post: Forum.objects.set_state(post, Forum.State.CLOSED), [ARTICLE]
    ),
    "the site's forums are closed by a number of days": (
        lambda post: Policy.objects.create(closes_after_days=1), [ARTICLE]
    ),
    "figures are counted": (
        lambda post: Figures.objects.create(month="2026-01-01", received=777), ["/transparency/"]
    ),
    "a post gets a place on the front page": (
        lambda post: placing.give_place(Post.objects.get(slug="older")), ["/"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_next_request_after_a_change_sees_it(served, change):
    make_blog()
    ago = timezone.now() - timedelta(days=2)
    post = make_post(
        "The road", [make_author("Frud")], [make_tag()], slug="road", section=make_section(),
        published_at=ago, lead_photo=make_photo(),
    )  # fmt: skip
    make_post("Older", slug="older", published_at=ago - timedelta(days=1))
    make_forum(post)
    make_comment(post.forum, text="Shown.")
    make_comment(post.forum, text="Waiting.", status=Comment.Status.PENDING)
    make, addresses = CHANGES[change]
    before = {address: served.get(address).content for address in addresses}
    with transaction.atomic():
        make(post)
    for address in addresses:
        assert served.get(address).content != before[address], address


@pytest.mark.parametrize(
    "change",
    [
        lambda post: make_post("A draft", status=Post.Status.DRAFT, tags=[]),
        lambda post: make_comment(post.forum, status=Comment.Status.PENDING),
        lambda post: make_comment(post.forum, status=Comment.Status.SPAM),
        lambda post: Post.objects.filter(pk=post.pk).update(links_checked_at=timezone.now()),
        lambda post: Comment.objects.filter(text="Waiting.").moderate(Comment.Status.SPAM),
        lambda post: make_user("newcomer"),
    ],
)
def test_what_no_reader_sees_leaves_pages_as_they_are(served, post, change):
    make_forum(post)
    make_comment(post.forum, text="Waiting.", status=Comment.Status.PENDING)
    served.get(ARTICLE)
    change(post)
    served.get(ARTICLE)
    assert served.made == [ARTICLE]


def test_a_comment_under_one_post_leaves_the_page_of_another_as_it_is(served, post):
    make_post(slug="other")
    served.get("/a/other/")
    make_comment(make_forum(post))
    served.get("/a/other/")
    assert served.made == ["/a/other/"]


def test_a_change_that_is_taken_back_is_none(served, post):
    page, told = served.get(ARTICLE), PublicChange.objects.count()
    with transaction.atomic():
        Post.objects.filter(pk=post.pk).update(headline="Never")
        transaction.set_rollback(True)
    assert PublicChange.objects.count() == told
    assert served.get(ARTICLE).content == page.content


@pytest.mark.django_db(transaction=True)
def test_a_change_can_only_be_told_of_in_the_transaction_that_makes_it():
    with pytest.raises(transaction.TransactionManagementError):
        versions.changed(versions.SITE)
    assert not PublicChange.objects.exists()
    with transaction.atomic():
        versions.changed(versions.SITE, versions.SITE, "forum/1")
    assert list(PublicChange.objects.values_list("name", flat=True)) == ["site", "forum/1"]


@pytest.mark.parametrize(("address", "most"), [(ARTICLE, 5), ("/", 3)])
def test_after_a_comment_only_the_discussion_is_asked_for_again(
    served, post, address, most, django_assert_max_num_queries
):
    make_forum(post)
    served.get(address)
    for number in range(2):
        make_comment(post.forum, text=f"Shown {number}.")
        # Two of them ask what has changed, before and after.
        with django_assert_max_num_queries(most):
            text = served.get(address).text
        assert f"{number + 1} comment" in text
    assert "The road" in text


def test_a_page_is_not_torn_between_what_was_kept_and_a_change_that_came_meanwhile(served, post):
    make_forum(post)
    served.get("/")
    make_comment(post.forum)
    inner = served.cache.application

    def change_first(environ, start_response):
        # After this process heard, and before the page reads: what it reads is new, what was kept
        # is not.
        if len(served.made) == 1:
            set_fields(Post, headline="Newer words")(post)
            make_comment(post.forum)
        return inner(environ, start_response)

    served.cache.application = change_first
    text = served.get("/").text
    assert "2 comments" in text
    assert "Newer words" in text


def test_what_is_kept_for_pages_is_asked_for_again_when_a_post_comes_out_by_itself(served, post):
    tag = make_tag()
    post.tags.add(tag)
    at = timezone.now().replace(microsecond=0) + timedelta(minutes=10)
    make_post("Comes later", tags=[tag], published_at=at)
    make_forum(post)
    for moment, is_there in ((at - timedelta(seconds=1), False), (at, True)):
        with time_machine.travel(moment, tick=False):
            for address in (ARTICLE, "/", ARTICLE, "/"):
                make_comment(post.forum)
                assert ("Comes later" in served.get(address).text) is is_there


# Time


def test_a_scheduled_post_is_there_on_its_second(served, post):
    at = timezone.now().replace(microsecond=0) + timedelta(minutes=10)
    make_post("Comes later", published_at=at)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert "Comes later" not in served.get("/").text
    with time_machine.travel(at, tick=False):
        assert "Comes later" in served.get("/").text


def test_a_post_is_gone_on_the_second_at_which_it_is_taken_down(served, post):
    at = timezone.now().replace(microsecond=0) + timedelta(minutes=10)
    Post.objects.filter(pk=post.pk).update(unpublish_at=at)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert served.get(ARTICLE).status == 200
    with time_machine.travel(at, tick=False):
        assert served.get(ARTICLE).status == 410


def test_a_place_ends_on_its_second(served, post):
    make_post("Newest", published_at=timezone.now() - timedelta(minutes=1))
    at = timezone.now().replace(microsecond=0) + timedelta(minutes=10)
    place = placing.give_place(post)
    place.until = at
    place.save()

    def order():
        text = served.get("/").text
        return text.index("The road") < text.index("Newest")

    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert order()
    with time_machine.travel(at, tick=False):
        assert not order()


def test_a_forum_closes_on_its_second(served, post):
    at = timezone.now().replace(microsecond=0) + timedelta(minutes=10)
    make_forum(post, closes_at=at)
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert "This forum has been closed." not in served.get(ARTICLE).text
    with time_machine.travel(at, tick=False):
        assert "This forum has been closed." in served.get(ARTICLE).text


def test_a_forum_rests_and_resumes_with_the_hours_of_duty(served, post):
    every_day = dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        "09:00-17:00",
    )
    Policy.objects.create(**every_day)
    for at, rests in (
        ("08:59:59", True),
        ("09:00:00", False),
        ("16:59:59", False),
        ("17:00:00", True),
    ):
        with time_machine.travel(f"2026-12-01T{at}Z", tick=False):
            assert ("The forum resumes" in served.get(ARTICLE).text) is rests, at
    assert len(served.made) == 4


def test_the_mastheads_date_turns_at_midnight_of_the_sites_zone(served, post, settings):
    settings.TIME_ZONE = "Asia/Kabul"
    with time_machine.travel("2026-12-01T19:29:59Z", tick=False):
        assert "December 1, 2026" in served.get("/").text
    with time_machine.travel("2026-12-01T19:30:00Z", tick=False):
        assert "December 2, 2026" in served.get("/").text


# Crowds


def test_a_crowd_before_a_page_that_just_changed_makes_it_once(served, post):
    began, go_on = threading.Event(), threading.Event()

    def application(environ, start_response):
        served.made.append(1)
        began.set()
        assert go_on.wait(20)
        start_response("200 OK", [("Cache-Control", "public"), ("Content-Type", "text/html")])
        return [b"<p>the page"]

    served.cache.application = application
    hearing.here.refresh()
    hearing.here.refresh = lambda: None  # threads see nothing of this test's transaction
    answers = []
    crowd = [
        threading.Thread(target=lambda: answers.append(served.get(ARTICLE))) for _each in range(20)
    ]
    for each in crowd:
        each.start()
    assert began.wait(20)
    go_on.set()
    for each in crowd:
        each.join(20)
    assert {each.content for each in answers} == {b"<p>the page"}
    assert (len(answers), served.made) == (20, [1])


def test_who_comes_after_a_change_does_not_get_the_page_that_was_begun_before_it(served, post):
    inner = served.cache.application

    def change_meanwhile(environ, start_response):
        answer = inner(environ, start_response)
        if len(served.made) == 1:
            Post.objects.filter(pk=post.pk).update(headline="Newer words")
        return answer

    served.cache.application = change_meanwhile
    assert "Newer words" not in served.get(ARTICLE).text
    assert "Newer words" in served.get(ARTICLE).text


# Room


def page(size):
    made = versions.Made(0)
    return Page(made, [("Content-Type", "image/png")], b"x" * size)


def test_the_shelf_holds_no_more_than_it_may():
    shelf = Shelf(100_000)
    for number in range(200):
        shelf.put(number, page(2_000))
        assert shelf.bytes <= 100_000
    assert 10 < len(shelf) <= 20
    shelf.put("too large", page(200_000))
    assert shelf.get("too large") is None


def test_who_asks_for_every_page_once_does_not_drive_out_what_readers_ask_for():
    shelf = Shelf(100_000)
    wanted = page(2_000)
    shelf.put("wanted", wanted)
    shelf.touch("wanted", wanted, wanted.touched_at + 1)
    for number in range(500):
        shelf.put(number, page(2_000))
    assert shelf.get("wanted") is wanted
    assert shelf.get(0) is None


# A database that can't be asked


def test_what_is_kept_is_served_while_the_database_can_not_be_asked_and_nothing_new_is_kept(
    served, post, monkeypatch
):
    kept = served.get(ARTICLE)

    def fails():
        from django.db import OperationalError

        raise OperationalError("gone")

    monkeypatch.setattr(hearing.here, "_look", fails)
    assert served.get(ARTICLE).content == kept.content
    served.get("/")
    served.get("/")
    assert served.made == [ARTICLE, "/", "/"]
