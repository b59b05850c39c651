"""Posts that are translations of each other: how they are joined, and what readers see of it."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from posts import previews, revisions, translations
from posts.models import Post, Revision
from tests.factories import make_editor, make_moderator, make_post
from tests.posts.test_admin import change_of, fill

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


@pytest.fixture
def three():
    """A story in English, Pashto and Dari."""
    first = make_post("The dam", language="en")
    story = translations.story_with(first)
    return [
        first,
        make_post("بند", language="ps", story=story),
        make_post("سد", language="fa-AF", story=story),
    ]


# Joining


def test_a_chosen_post_and_this_one_share_a_story(client, editor):
    english, pashto = make_post("The dam", language="en"), make_post("بند", language="ps")
    response = fill(client, change_of(pashto), translation_of=str(english.pk))
    assert response.status_code == 302
    english.refresh_from_db()
    pashto.refresh_from_db()
    assert english.story == pashto.story is not None
    # The other one's page in the newsroom names it, and its form keeps it when saved unchanged.
    page = client.get(change_of(english)).text
    assert "پښتو: بند" in page
    assert fill(client, change_of(english)).status_code == 302
    english.refresh_from_db()
    assert english.story == pashto.story


def test_whichever_version_is_chosen_all_come_together(client, editor, three):
    urdu = make_post("ڈیم", language="ur")
    assert fill(client, change_of(urdu), translation_of=str(three[1].pk)).status_code == 302
    urdu.refresh_from_db()
    assert [each.language for each in translations.fellows(urdu)] == ["en", "ps", "fa-AF"]
    assert [each.language for each in translations.fellows(three[0])] == ["ps", "fa-AF", "ur"]


def test_a_new_post_can_be_a_translation_from_its_first_save(client, editor):
    english = make_post("The dam")
    address = reverse("admin:posts_post_add")
    values = {"headline": "بند", "language": "ps", "translation_of": str(english.pk)}
    assert fill(client, address, **values).status_code == 302
    english.refresh_from_db()
    assert Post.objects.get(language="ps").story == english.story is not None


def test_emptying_the_field_takes_a_post_out_and_leaves_the_rest_together(client, editor, three):
    assert fill(client, change_of(three[0]), translation_of="").status_code == 302
    three[0].refresh_from_db()
    assert three[0].story is None
    assert [each.pk for each in translations.fellows(three[1])] == [three[2].pk]


@pytest.mark.parametrize("chosen", ["0", "1"])
def test_a_second_post_in_one_language_is_refused_by_name(client, editor, three, chosen):
    another = make_post("Another dam", language="en")
    response = fill(client, change_of(another), translation_of=str(three[int(chosen)].pk))
    assert response.status_code == 200
    assert "There is one in this language already: “The dam”." in response.text
    another.refresh_from_db()
    assert another.story is None


def test_a_version_that_takes_the_language_of_another_one_is_refused(client, editor, three):
    response = fill(client, change_of(three[2]), language="ps")
    assert response.status_code == 200
    assert "There is one in this language already: “بند”." in response.text
    three[2].refresh_from_db()
    assert three[2].language == "fa-AF"
    assert fill(client, change_of(three[2]), language="ur").status_code == 302


def test_the_database_holds_a_language_once_in_a_story_and_posts_without_one_freely(three):
    make_post("One", language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post("Two", language="en", story=three[0].story)


@pytest.mark.parametrize("sent", ["self", "x", "\x00", "9" * 30, "0"])
def test_what_is_no_other_post_is_refused_at_the_field(client, editor, sent):
    post = make_post("Lonely")
    sent = str(post.pk) if sent == "self" else sent
    response = fill(client, change_of(post), translation_of=sent)
    assert response.status_code == 200
    assert "field-translation_of errors" in response.text or "errors field-translation_of" in (
        response.text
    )
    post.refresh_from_db()
    assert post.story is None


def test_without_script_a_post_is_chosen_out_of_a_plain_list(client, editor, three):
    other = make_post("ڈیم", language="ur")
    address = f"{change_of(three[0])}?plain"
    page = client.get(address).text
    box = re.search(r'<select name="translation_of"[^>]*>(.*?)</select>', page, re.S).group(1)
    assert f'<option value="{three[1].pk}" selected>' in box
    assert f'<option value="{other.pk}">ڈیم</option>' in box
    assert fill(client, address, translation_of=str(other.pk)).status_code == 302
    three[0].refresh_from_db()
    other.refresh_from_db()
    assert three[0].story == other.story


def test_with_script_a_post_is_found_by_its_words(client, editor, three):
    page = client.get(change_of(make_post("Lonely"))).text
    box = re.search(r'<select name="translation_of"[^>]*>', page).group()
    asked = {
        name: re.search(f'data-{name.replace("_", "-")}="([^"]*)"', box).group(1)
        for name in ("app_label", "model_name", "field_name")
    }
    found = client.get(reverse("admin:autocomplete"), asked | {"term": "dam"}).json()["results"]
    assert found == [{"id": str(three[0].pk), "text": "The dam"}]


def test_who_may_only_look_sees_the_versions(client, three):
    client.force_login(make_moderator())
    page = client.get(change_of(three[0]))
    assert page.status_code == 200
    assert "پښتو: بند" in page.text
    assert "translation_of" not in page.text


def test_bringing_a_revision_back_leaves_the_story_as_it_is(client, editor):
    post = make_post("The dam")
    fill(client, change_of(post), headline="The old dam")
    pashto = make_post("بند", language="ps")
    fill(client, change_of(post), translation_of=str(pashto.pk))
    first = Revision.objects.filter(post=post).order_by("version").first()
    revisions.restore(first, editor, lambda post: True)
    post.refresh_from_db()
    pashto.refresh_from_db()
    assert post.headline == "The dam"
    assert post.story == pashto.story is not None


# What readers see


def test_each_version_names_all_public_ones_itself_and_the_default(client, three):
    expected = {
        "en": SITE + three[0].get_absolute_url(),
        "ps": SITE + three[1].get_absolute_url(),
        "fa-AF": SITE + three[2].get_absolute_url(),
        "x-default": SITE + three[0].get_absolute_url(),
    }
    for post in three:
        page = client.get(post.get_absolute_url()).text
        assert dict(ALTERNATE.findall(page)) == expected
    page = client.get(three[0].get_absolute_url()).text
    link = f'<a href="{three[1].get_absolute_url()}" hreflang="ps" lang="ps" dir="rtl">پښتو</a>'
    assert link in page
    assert 'hreflang="en" lang="en"' not in page  # the page itself needs no way to itself
    assert "Read this post in:" in page


def test_the_oldest_version_is_the_default_where_none_is_in_the_sites_language(client, three):
    three[0].delete()
    page = client.get(three[2].get_absolute_url()).text
    assert dict(ALTERNATE.findall(page)) == {
        "ps": SITE + three[1].get_absolute_url(),
        "fa-AF": SITE + three[2].get_absolute_url(),
        "x-default": SITE + three[1].get_absolute_url(),
    }


@pytest.mark.parametrize("change", [{"status": "withdrawn"}, {"status": "draft"}])
def test_a_version_that_is_not_public_is_named_nowhere_and_the_rest_stay(client, three, change):
    Post.objects.filter(pk=three[1].pk).update(**change)
    page = client.get(three[0].get_absolute_url()).text
    assert set(dict(ALTERNATE.findall(page))) == {"en", "fa-AF", "x-default"}
    assert "پښتو" not in page
    Post.objects.filter(pk=three[2].pk).update(**change)
    page = client.get(three[0].get_absolute_url()).text
    assert ALTERNATE.findall(page) == []
    assert "Read this post in:" not in page


def test_a_preview_has_no_alternates_and_shows_the_public_versions(client, three):
    Post.objects.filter(pk=three[0].pk).update(status="draft")
    _link, secret = previews.make(three[0], make_editor())
    page = client.get(reverse("posts:preview", args=[secret])).text
    assert ALTERNATE.findall(page) == []
    assert three[1].get_absolute_url() in page


def test_translations_cost_no_query_of_their_own(client, three):
    address = three[0].get_absolute_url()
    with CaptureQueriesContext(connection) as among_others:
        assert "Read this post in:" in client.get(address).text
    Post.objects.filter(pk=three[0].pk).update(story=None)
    with CaptureQueriesContext(connection) as alone:
        assert "Read this post in:" not in client.get(address).text
    assert len(among_others) == len(alone)


def test_the_newsrooms_form_asks_for_a_translation_in_the_words_of_the_editor(client):
    client.force_login(make_editor())
    page = reverse("admin:posts_post_add")
    assert "Translation of" in client.get(page).text
    with translation.override("ur"):
        own = gettext("translation of")
    assert own in client.get(page, headers={"Accept-Language": "ur"}).text
