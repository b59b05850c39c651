"""Which posts stand below an article: chosen by hand, then by tags, words and section."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from comments.models import Forum
from posts.models import Post, RelatedPost
from posts.related import related
from tests.factories import make_editor, make_forum, make_post, make_section, make_tag
from tests.posts.test_admin import change_of, fill
from tests.posts.test_views import Page, in_order

pytestmark = pytest.mark.django_db
Status = Post.Status
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def old(headline, days, **fields):
    return make_post(headline, published_at=NOON - timedelta(days=days), **fields)


def names(post, **most):
    return [each.headline for each in related(Post.objects.get(pk=post.pk), **most)]


def choose(post, *others):
    for position, other in enumerate(others):
        RelatedPost.objects.create(post=post, other=other, position=position)


def test_posts_chosen_by_hand_come_first_in_their_order():
    tag = make_tag()
    post = make_post(tags=[tag])
    near = old("Near", 1, tags=[tag])
    one, two = old("One", 9), old("Two", 8)
    choose(post, two, one)
    assert names(post) == ["Two", "One", "Near"]
    choose(near, post)
    assert names(near)[0] == post.headline


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.WITHDRAWN},
        {"status": Status.DRAFT},
        {"published_at": NOON + timedelta(seconds=1)},
        {"unpublish_at": NOON},
    ],
    ids=["withdrawn", "draft", "scheduled", "taken down"],
)
def test_what_readers_may_not_see_is_related_to_nothing(hidden):
    tag, section = make_tag(), make_section()
    post = make_post(tags=[tag], section=section)
    fields = {"published_at": NOON - timedelta(days=1), "tags": [tag], "section": section}
    other = make_post("Hidden", **fields | hidden)
    assert names(post) == []
    choose(post, other, old("Chosen", 1))
    assert names(post) == ["Chosen"]


def test_at_most_four_are_shown_and_a_hidden_choice_makes_room_for_the_next():
    post = make_post()
    others = [old(f"Chosen {number}", number) for number in range(1, 6)]
    choose(post, *others)
    assert names(post) == ["Chosen 1", "Chosen 2", "Chosen 3", "Chosen 4"]
    assert names(post, most=2) == ["Chosen 1", "Chosen 2"]
    Post.objects.filter(pk=others[0].pk).update(status=Status.WITHDRAWN)
    assert names(post) == ["Chosen 2", "Chosen 3", "Chosen 4", "Chosen 5"]


def test_more_shared_tags_come_first_and_then_what_is_newer():
    water, energy, sport = make_tag("Water"), make_tag("Energy"), make_tag("Sport")
    post = make_post(tags=[water, energy])
    old("One tag, newest", 1, tags=[water, sport])
    old("One tag, older", 3, tags=[energy])
    old("Two tags", 9, tags=[water, energy])
    old("No tag of it", 2, tags=[sport])
    assert names(post) == [
        "Two tags", "One tag, newest", "One tag, older", "No tag of it",
    ]  # fmt: skip


def test_the_section_fills_up_in_the_posts_own_language():
    region, sport = make_section("Region"), make_section("Sport")
    post = make_post("Of it", section=region, language="ps")
    old("Pashto of the region", 2, section=region, language="ps")
    old("Newer Pashto of the region", 1, section=region, language="ps")
    old("English of the region", 1, section=region, language="en")
    old("Pashto of sport", 1, section=sport, language="ps")
    assert names(post) == ["Newer Pashto of the region", "Pashto of the region"]


def test_a_reader_gets_posts_in_the_same_language_before_those_in_others():
    tag, region = make_tag(), make_section()
    post = make_post(tags=[tag], section=region, language="ps")
    old("English with the tag", 1, tags=[tag], language="en")
    old("Pashto with the tag", 5, tags=[tag], language="ps")
    old("Pashto of the section", 4, section=region, language="ps")
    assert names(post) == [
        "Pashto with the tag", "Pashto of the section", "English with the tag",
    ]  # fmt: skip


def test_posts_that_say_the_same_rare_words_come_after_shared_tags_and_before_the_section():
    region, tag = make_section("Region"), make_tag()
    post = make_post("The Kajaki dam holds", section=region, tags=[tag])
    old("Of the region", 1, section=region)
    old("Kajaki again", 9, body="<p>What the dam brings.</p>")
    old("With its tag", 5, tags=[tag])
    old("Kajaki and its tag", 6, tags=[tag])
    assert names(post) == ["Kajaki and its tag", "With its tag", "Kajaki again", "Of the region"]


def test_the_same_word_is_found_in_every_spelling_and_in_other_languages_last():
    post = make_post("كتاب مكتب", language="fa-AF")
    old("English", 1, body="<p>کتاب means book.</p>", language="en")
    old("کتاب نو", 2, language="fa-AF")
    assert names(post) == ["کتاب نو", "English"]


def test_words_that_many_posts_have_relate_nothing(monkeypatch):
    monkeypatch.setattr("posts.search.COMMON_FROM", 6)
    post = make_post("Election again and again", section=make_section("Of its own"))
    for day in range(1, 6):
        old(f"Election {day}", day)
    assert names(post) == []
    # A word that five others have is a reason, one that six have is none.
    Post.objects.filter(headline="Election 5").delete()
    assert len(names(post)) == 4


def test_what_is_withdrawn_is_not_found_by_its_words():
    post = make_post("Kajaki dam", section=make_section())
    old("Kajaki secrets", 1, status=Status.WITHDRAWN)
    assert names(post) == []


def test_posts_without_section_and_tags_are_near_in_their_language():
    post = make_post(language="ur")
    old("Without section", 1, language="ur")
    old("With section", 1, language="ur", section=make_section())
    assert names(post) == ["Without section"]


def test_a_post_is_never_related_to_itself_and_none_comes_twice():
    tag, region = make_tag(), make_section()
    post = make_post("Self", tags=[tag], section=region)
    other = old("Other", 1, tags=[tag], section=region)
    choose(post, other)
    assert names(post) == ["Other"]


def test_a_rare_tag_is_found_however_old_and_a_common_one_by_the_newest(monkeypatch):
    monkeypatch.setattr("posts.related.NEWEST", 3)
    common, rare = make_tag("Common"), make_tag("Rare")
    old("Rare and old", 900, tags=[rare], language="ps")
    # Written down in the order of an import: the newest first.
    for day in range(1, 12):
        old(f"Common {day}", day, tags=[common])
    post = make_post(tags=[common, rare], section=make_section())
    assert names(post)[:2] == ["Common 1", "Common 2"]
    assert "Rare and old" in names(post, most=8)


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_at_most_three_queries_besides_the_tags(django_assert_max_num_queries, number):
    tags = [make_tag(f"Tag {each}") for each in range(number)]
    post = make_post(tags=tags, section=make_section())
    for _each in range(number):
        choose(post, old(None, 1, tags=tags, section=post.section))
        old(None, 2, tags=tags, section=post.section)
    post = Post.objects.prefetch_related("tags").get(pk=post.pk)
    with django_assert_max_num_queries(3):
        for each in related(post):
            assert each.get_absolute_url()
            assert each.tongue


# On the page


def test_an_article_shows_related_posts_between_its_text_and_its_forum(client):
    tag = make_tag()
    post = make_post("Of it", tags=[tag], body="<p>The text.</p>")
    make_forum(post, Forum.State.CLOSED)
    old("د اوبو خبر", 3, tags=[tag], language="ps")
    old("Near <b>by</b>", 2, tags=[tag])
    page = Page(client.get(post.get_absolute_url()))
    assert in_order(
        page.text, "The text.", "Related posts", "Near <b>by</b>", "August 18, 2014",
        "د اوبو خبر", "August 17, 2014", "This forum has been closed.",
    )  # fmt: skip
    links = {(each.get("lang"), each.get("dir")) for each in page.all("a") if each.get("lang")}
    assert links == {("ps", "rtl"), ("en", "ltr")}


def test_an_article_without_related_posts_has_no_heading_for_them(client):
    make_post("Nothing alike", language="ps")
    assert "Related posts" not in client.get(make_post().get_absolute_url()).text


def test_a_withdrawn_related_post_leaves_the_page_at_once(client):
    post, other = make_post(), old("Wrong claim", 1)
    choose(post, other)
    assert "Wrong claim" in client.get(post.get_absolute_url()).text
    Post.objects.filter(pk=other.pk).update(status=Status.WITHDRAWN)
    assert "Wrong claim" not in client.get(post.get_absolute_url()).text


# In the admin


@pytest.fixture
def editor(client, noon):
    client.force_login(make_editor())


def test_an_editor_chooses_related_posts_in_an_order(client, editor):
    post, one, two = make_post(), old("One", 1), old("Two", 2)
    response = fill(
        client, change_of(post),
        **{
            "chosen_related-TOTAL_FORMS": "2",
            "chosen_related-0-other": one.pk, "chosen_related-0-position": "2",
            "chosen_related-1-other": two.pk, "chosen_related-1-position": "1",
        },
    )  # fmt: skip
    assert response.status_code == 302
    assert names(post) == ["Two", "One"]
    preview = client.get(reverse("admin:posts_post_preview", args=[post.pk])).text
    assert in_order(preview, "Related posts", "Two", "One")


def test_a_post_can_not_be_related_to_itself_or_twice_to_another(client, editor):
    post, other = make_post("Self"), old("Other", 1)
    response = fill(client, change_of(post), **{"chosen_related-0-other": post.pk})
    assert response.status_code == 200
    assert "A post can’t be related to itself." in response.text
    response = fill(
        client, change_of(post),
        **{
            "chosen_related-TOTAL_FORMS": "2",
            "chosen_related-0-other": other.pk, "chosen_related-1-other": other.pk,
        },
    )  # fmt: skip
    assert response.status_code == 200
    assert "Please correct the duplicate" in response.text
    assert not RelatedPost.objects.exists()
