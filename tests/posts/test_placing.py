"""The head of the front page and of sections, as an editor arranged it, and the page for that."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from posts import placing
from posts.models import Placement, Post
from posts.views import POSTS_ON_A_PAGE
from tests.factories import (
    make_blog,
    make_editor,
    make_moderator,
    make_post,
    make_section,
    make_tag,
)
from tests.posts.test_admin import LIST, Form
from tests.posts.test_views import Page, headlines, in_order

pytestmark = pytest.mark.django_db
Status = Post.Status
NOON = datetime(2014, 8, 20, 12, tzinfo=UTC)
ARRANGE = reverse("admin:posts_placement_changelist")


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def news(number, **fields):
    """So many posts, “News 1” the newest."""
    return [
        make_post(f"News {n}", published_at=NOON - timedelta(hours=n), **fields)
        for n in range(1, number + 1)
    ]


def place(post, section=None, **fields):
    fields.setdefault("position", Placement.objects.count() + 1)
    return Placement.objects.create(post=post, section=section, **fields)


def placed(section=None):
    """What is stored of a list: headlines in order, and their numbers."""
    rows = Placement.objects.filter(section=section).order_by("position", "pk")
    return [row.post.headline for row in rows], [row.position for row in rows]


# What readers see


def test_the_front_page_begins_with_placed_posts_and_the_first_of_them_is_the_lead(client, noon):
    posts = news(5)
    place(posts[3], position=2)
    place(posts[4], position=1)
    response = client.get("/")
    assert headlines(response) == ["News 5", "News 4", "News 1", "News 2", "News 3"]
    lead = [each for each in Page(response).all("article") if "lead" in each["class"].split()]
    assert len(lead) == 1
    assert in_order(response.text, "summary lead", "News 5", "News 4")


@pytest.mark.parametrize("heads", [0, 1, 5, 11, 12, 13, 25, 30])
def test_pages_of_the_front_show_each_post_once_however_many_are_placed(client, noon, heads):
    posts = news(30)
    for post in posts[::-1][:heads]:
        place(post)
    seen = [headlines(client.get(f"/?page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in seen] == [POSTS_ON_A_PAGE, POSTS_ON_A_PAGE, 6]
    wanted = [post.headline for post in posts[::-1][:heads] + posts[: 30 - heads]]
    assert seen[0] + seen[1] + seen[2] == wanted
    assert client.get("/?page=4").status_code == 404


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
def test_a_placed_post_that_readers_may_not_see_is_not_at_the_head(client, noon, hidden):
    section = make_section()
    news(1, section=section)
    fields = {"published_at": NOON - timedelta(days=1), "section": section} | hidden
    post = make_post("Hidden", **fields)
    place(post)
    place(post, section)
    for address in ("/", section.get_absolute_url()):
        assert headlines(client.get(address)) == ["News 1"], address


def test_a_scheduled_post_takes_its_place_on_its_second(client, noon, time_machine):
    news(1)
    place(make_post("Later", published_at=NOON + timedelta(seconds=1)))
    assert headlines(client.get("/")) == ["News 1"]
    time_machine.move_to(NOON + timedelta(seconds=1), tick=False)
    assert headlines(client.get("/")) == ["Later", "News 1"]


def test_a_place_ends_at_its_time_and_the_post_goes_back_among_the_others(
    client, noon, time_machine
):
    posts = news(3)
    row = place(posts[2], until=NOON + timedelta(seconds=1))
    assert headlines(client.get("/")) == ["News 3", "News 1", "News 2"]
    assert not row.is_over
    time_machine.move_to(NOON + timedelta(seconds=1), tick=False)
    assert headlines(client.get("/")) == ["News 1", "News 2", "News 3"]
    assert row.is_over


def test_a_section_has_a_head_of_its_own_and_other_lists_have_none(client, noon):
    region, tag = make_section("Region"), make_tag()
    sport = make_section("Sport", parent=region)
    posts = news(3, section=sport, tags=[tag])
    place(posts[2], region)
    place(posts[1])
    newest = ["News 1", "News 2", "News 3"]
    assert headlines(client.get(region.get_absolute_url())) == ["News 3", "News 1", "News 2"]
    assert headlines(client.get(sport.get_absolute_url())) == newest
    assert headlines(client.get(tag.get_absolute_url())) == newest
    assert headlines(client.get("/archive/2014/8/")) == newest
    assert headlines(client.get("/")) == ["News 2", "News 1", "News 3"]


def test_a_post_of_another_section_can_be_pinned_and_is_counted_once(client, noon):
    region = make_section("Region")
    news(POSTS_ON_A_PAGE, section=region)
    place(make_post("Guest", published_at=NOON), region)
    address = region.get_absolute_url()
    first, second = headlines(client.get(address)), headlines(client.get(f"{address}?page=2"))
    assert (first[0], len(first), second) == ("Guest", 12, ["News 12"])


def test_posts_with_the_same_number_stand_in_the_order_in_which_they_were_placed(client, noon):
    posts = news(3)
    for post in posts[::-1]:
        place(post, position=0)
    assert headlines(client.get("/")) == ["News 3", "News 2", "News 1"]


@pytest.mark.parametrize("heads", [0, 1, 12, 20])
def test_the_front_page_takes_at_most_eight_queries_with_any_number_of_places(
    client, noon, django_assert_max_num_queries, heads
):
    make_blog()
    for post in news(30, section=make_section())[:heads]:
        place(post)
    for address in ("/", "/?page=2", "/?page=3"):
        with django_assert_max_num_queries(8):
            client.get(address)


def test_a_post_is_given_the_last_place_and_only_once():
    one, two, region = make_post("One"), make_post("Two"), make_section()
    assert placing.give_place(one).position == 1
    assert placing.give_place(two).position == 2
    assert placing.give_place(one) is None
    assert placing.give_place(one, region).position == 1
    assert placed() == (["One", "Two"], [1, 2])


# The page on which it is arranged


def rows_of(response):
    """The number of each stored place's form, by its headline."""
    forms = response.context["formset"].initial_forms
    return {form.instance.post.headline: form.prefix for form in forms}


def arrange(client, **wanted):
    """Fill in the page: `headline__field` of a place, or `new__field` of the new one."""
    response = client.get(ARRANGE)
    prefixes = rows_of(response)
    data = Form(response.text).data
    new = response.context["formset"].extra_forms[0].prefix
    for name, value in wanted.items():
        headline, field = name.split("__")
        data[f"{prefixes.get(headline, new)}-{field}"] = value
    return client.post(ARRANGE, data)


@pytest.mark.parametrize("who", [make_moderator, None])
def test_only_those_who_arrange_see_the_page(client, who):
    place(make_post("Placed"))
    if who:
        client.force_login(who())
    response = client.get(ARRANGE)
    assert response.status_code == (403 if who else 302)
    assert "Placed" not in response.text
    assert client.post(ARRANGE, {"form-TOTAL_FORMS": "0"}).status_code == (403 if who else 302)
    assert Placement.objects.count() == 1


def test_who_may_only_look_sees_the_places_and_can_change_none(client):
    from django.contrib.auth.models import Permission

    user = make_moderator()
    user.user_permissions.add(Permission.objects.get(codename="view_placement"))
    client.force_login(user)
    place(make_post("Placed"))
    response = client.get(ARRANGE)
    assert "Placed" in response.text
    assert "Save" not in response.text
    assert 'name="form-0-position"' not in response.text
    assert client.post(ARRANGE, {"form-TOTAL_FORMS": "0"}).status_code == 403


def test_the_page_shows_the_front_page_and_each_section_that_has_places_in_order(client, editor):
    region, _empty = make_section("Region"), make_section("Nothing pinned")
    place(make_post("Second"), position=7)
    place(make_post("First"), position=3)
    place(make_post("Pinned"), region, position=9)
    response = client.get(ARRANGE)
    text = Page(response).text
    assert in_order(text, "Front page", "First", "Second", "Region", "Pinned", "Give a post")
    assert [form.initial.get("position") for form in response.context["formset"].forms[:3]] == [
        1, 2, 1,
    ]  # fmt: skip
    assert "Nothing pinned" not in text[: text.index("Give a post")]


def test_a_front_page_without_places_says_what_comes_first(client, editor):
    assert "No post has a place here: the newest comes first." in client.get(ARRANGE).text


def test_what_readers_do_not_see_is_marked_with_its_state_in_words(client, editor, noon):
    place(make_post("Draft one", status=Status.DRAFT))
    place(make_post("Waiting one", published_at=NOON + timedelta(days=1)))
    place(make_post("Ended one", published_at=NOON), until=NOON)
    place(make_post("Seen one", published_at=NOON))
    client.force_login(editor)
    text = Page(client.get(ARRANGE)).text
    assert in_order(
        text, "Draft one", "Not public: Draft", "Waiting one", "Not public: Scheduled",
        "Ended one", "Its time here is over", "Seen one",
    )  # fmt: skip
    assert text.count("Not public") == 2


def test_numbers_rearrange_the_front_page_and_are_stored_anew_from_one(client, editor):
    for headline in ("A", "B", "C"):
        place(make_post(headline))
    response = arrange(client, C__position="1")
    assert response.status_code == 302
    assert placed() == (["C", "A", "B"], [1, 2, 3])
    assert headlines(client.get("/")) == ["C", "A", "B"]
    arrange(client, C__position="3")
    assert placed() == (["A", "B", "C"], [1, 2, 3])
    arrange(client, A__position="30000", C__position="0")
    assert placed() == (["C", "B", "A"], [1, 2, 3])


def test_each_list_is_numbered_for_itself(client, editor):
    region = make_section("Region")
    for headline in ("A", "B"):
        place(make_post(headline))
    for headline in ("X", "Y"):
        place(make_post(headline), region)
    arrange(client, Y__position="1")
    assert placed() == (["A", "B"], [1, 2])
    assert placed(region) == (["Y", "X"], [1, 2])


def test_a_new_place_comes_last_in_the_list_that_was_chosen(client, editor):
    region = make_section("Region")
    place(make_post("Old"))
    place(make_post("Pinned"), region)
    new = make_post("New")
    assert arrange(client, new__post=new.pk).status_code == 302
    assert arrange(client, new__post=new.pk, new__section=region.pk).status_code == 302
    assert placed() == (["Old", "New"], [1, 2])
    assert placed(region) == (["Pinned", "New"], [1, 2])
    assert LogEntry.objects.filter(object_repr="New", user=editor).count() == 2


def test_a_place_gets_an_end_and_a_time_that_is_none_is_refused_with_all_that_was_typed(
    client, editor
):
    place(make_post("Old"))
    response = arrange(client, Old__until="2014-08-20T12:00")
    assert "That time is over." in response.text
    assert Placement.objects.get().until is None
    response = arrange(client, Old__until="2099-08-20T12:00")
    assert response.status_code == 302
    end = NOON.replace(year=2099)
    assert Placement.objects.get().until == end
    assert 'value="2099-08-20T12:00"' in client.get(ARRANGE).text
    new = make_post("New")
    response = arrange(client, Old__until="soon", new__post=new.pk)
    assert response.status_code == 200
    assert "Nothing was saved yet." in response.text
    assert "Enter a valid date" in response.text
    assert 'value="soon"' in response.text
    assert f'<option value="{new.pk}" selected' in response.text
    assert Placement.objects.get().until == end


def test_a_place_is_removed_and_the_others_move_up(client, editor):
    for headline in ("A", "B", "C"):
        place(make_post(headline))
    assert arrange(client, A__DELETE="on").status_code == 302
    assert placed() == (["B", "C"], [1, 2])
    assert Post.objects.count() == 3
    assert LogEntry.objects.get().object_repr == "A"


def test_a_post_can_not_have_two_places_in_a_list(client, editor):
    region = make_section("Region")
    post = make_post("Once")
    place(post)
    place(post, region)
    for section in ("", region.pk):
        response = arrange(client, new__post=post.pk, new__section=section)
        assert response.status_code == 200
        assert "“Once” has a place there already." in response.text
    assert Placement.objects.count() == 2
    # Taken out and put in again in one step: it goes to the end.
    place(make_post("Other"))
    first = client.get(ARRANGE).context["formset"].initial_forms[0].prefix
    assert first == "form-0"
    data = {"Once__DELETE": "on", "new__post": post.pk, "new__section": region.pk}
    Placement.objects.filter(section=None, post=post).delete()
    assert arrange(client, **data).status_code == 302
    assert placed(region) == (["Once"], [1])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("new__post", "999999"),
        ("new__post", "x"),
        ("new__post", "9" * 30),
        ("new__section", "999999"),
        ("A__position", "-1"),
        ("A__position", "99999999999999999999"),
        ("A__position", "x"),
        ("A__until", "2014-99-99T12:00"),
    ],
)
def test_nonsense_is_refused_and_stores_nothing(client, editor, field, value):
    place(make_post("A"))
    response = arrange(client, **{field: value, "A__DELETE": ""})
    assert response.status_code == 200
    assert "errorlist" in response.text
    assert placed() == (["A"], [1])


@pytest.mark.parametrize("data", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "2"}])
def test_a_broken_form_is_no_error_and_stores_nothing(client, editor, data):
    place(make_post("A"))
    assert client.post(ARRANGE, data).status_code == 200
    assert placed() == (["A"], [1])


def test_a_place_that_somebody_else_removed_meanwhile_stays_removed(client, editor):
    for headline in ("A", "B", "C"):
        place(make_post(headline))
    page = client.get(ARRANGE)
    data = Form(page.text).data | {f"{rows_of(page)['C']}-position": "1"}
    Placement.objects.filter(post__headline="A").delete()
    assert client.post(ARRANGE, data).status_code == 302
    assert placed() == (["C", "B"], [1, 2])


def test_a_place_that_somebody_else_gives_at_the_same_moment_is_said_and_nothing_breaks(
    client, editor, monkeypatch
):
    def meanwhile(*args, **kwargs):
        raise IntegrityError

    place(make_post("A"))
    monkeypatch.setattr("posts.admin.placing.PlacementFormSet.save", meanwhile)
    response = arrange(client, new__post=make_post("B").pk)
    assert response.status_code == 200
    assert "Nothing was saved: somebody else gave that post its place" in response.text
    assert placed() == (["A"], [1])


def test_the_page_takes_the_same_queries_for_one_place_and_for_twenty(
    client, editor, django_assert_num_queries
):
    place(make_post(), make_section())
    client.get(ARRANGE)
    with django_assert_num_queries(6):
        client.get(ARRANGE)
    for _each in range(19):
        place(make_post(), make_section())
    with django_assert_num_queries(6):
        client.get(ARRANGE)


def test_the_admins_front_leads_to_the_page_and_to_no_other_form_of_it(client, editor):
    text = client.get("/admin/").text
    assert f'href="{ARRANGE}"' in text
    assert "Front page and pinned posts" in text
    assert f"{ARRANGE}add/" not in text
    assert client.get(f"{ARRANGE}add/").status_code in (302, 404)


# From the list of posts, where no script is needed


def test_an_editor_gives_places_from_the_list_of_posts(client, editor):
    region = make_section("Region")
    one, two = make_post("One", section=region), make_post("Two")
    place(two)
    chosen = {"_selected_action": [one.pk, two.pk]}
    text = client.post(LIST, {"action": "place_on_the_front"} | chosen, follow=True).text
    assert "1 post was given a place." in text
    assert placed() == (["Two", "One"], [1, 2])
    text = client.post(LIST, {"action": "pin_in_its_section"} | chosen, follow=True).text
    assert "1 post was given a place." in text
    assert placed(region) == (["One"], [1])


def test_who_may_not_arrange_is_offered_no_places_in_the_list_of_posts(client):
    post = make_post()
    client.force_login(make_moderator())
    assert "place_on_the_front" not in client.get(LIST).text
    client.post(LIST, {"action": "place_on_the_front", "_selected_action": [post.pk]})
    assert not Placement.objects.exists()
    assert timezone.now() > post.published_at
