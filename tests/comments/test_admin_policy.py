"""The moderation settings in the admin: one record, one form, errors in words."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from comments.models import DutyRun, Policy
from tests.factories import make_editor, make_moderator, make_user
from tests.posts.test_admin import Form, fill

pytestmark = pytest.mark.django_db
LIST = reverse("admin:comments_policy_changelist")
PAGE = reverse("admin:comments_policy_change", args=[1])
ADD = reverse("admin:comments_policy_add")
DELETE = reverse("admin:comments_policy_delete", args=[1])


@pytest.fixture
def moderator(client):
    user = make_moderator()
    client.force_login(user)
    return user


def looker(client):
    user = make_user("looker", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_policy"))
    client.force_login(user)


def test_the_list_leads_to_the_one_form(client, moderator):
    response = client.get(LIST)
    assert (response.status_code, response.url) == (302, PAGE)


def test_looking_stores_nothing_and_the_first_save_makes_the_record(client, moderator):
    assert Form(client.get(PAGE).text).data["per_minute"] == "6"
    assert not Policy.objects.exists()
    assert fill(client, PAGE, closes_after_days="30").status_code == 302
    policy = Policy.objects.get()
    assert (policy.pk, policy.closes_after_days, policy.per_minute) == (1, 30, 6)
    fill(client, PAGE, closes_after_days="40")
    assert Policy.objects.get().closes_after_days == 40
    assert LogEntry.objects.filter(user=moderator).count() == 2


@pytest.mark.parametrize("make", [make_editor, lambda: make_user("plain", is_staff=True)])
def test_staff_without_the_right_neither_see_nor_change_the_settings(client, make):
    Policy(closes_after_days=5).save()
    client.force_login(make())
    for address in (LIST, PAGE):
        assert client.get(address).status_code == 403
    assert client.post(PAGE, {"closes_after_days": "9"}).status_code == 403
    assert Policy.objects.get().closes_after_days == 5


@pytest.mark.parametrize("make", [lambda: make_user("reader"), lambda: None])
def test_who_is_no_staff_is_led_to_the_sign_in(client, make):
    user = make()
    if user:
        client.force_login(user)
    for address in (LIST, PAGE):
        assert client.get(address).url.startswith("/admin/login/")
    assert client.post(PAGE, {"closes_after_days": "9"}).url.startswith("/admin/login/")
    assert not Policy.objects.exists()


def test_who_may_only_look_sees_the_settings_and_changes_nothing(client):
    Policy(closes_after_days=5, monday="09:00-13:00").save()
    looker(client)
    page = client.get(PAGE).text
    assert "09:00-13:00" in page
    assert 'name="monday"' not in page
    assert client.post(PAGE, {"monday": ""}).status_code == 403
    assert Policy.objects.get().monday == "09:00-13:00"


def test_there_is_no_second_record_and_none_is_deleted(client):
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    Policy().save()
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {}).status_code == 403
    assert client.post(DELETE, {"post": "yes"}).status_code == 403
    other = reverse("admin:comments_policy_change", args=[2])
    assert client.get(other).status_code == 302
    assert client.get(reverse("admin:comments_policy_change", args=["x"])).status_code == 302
    assert Policy.objects.get().pk == 1


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        (
            {"holds_after_days": "14", "closes_after_days": "14"},
            "holds_after_days",
            "14 days are too many: the forum is closed after 14",
        ),
        (
            {"holds_after_days": "15", "closes_after_days": "14"},
            "holds_after_days",
            "Give fewer than 14, or leave it empty.",
        ),
        ({"friday": "nine to five"}, "friday", "“nine to five” is not a time of duty."),
        ({"closes_after_days": "soon"}, "closes_after_days", "Enter a whole number."),
        ({"closes_after_days": "-1"}, "closes_after_days", "greater than or equal to 0"),
        ({"closes_after_days": "9" * 30}, "closes_after_days", "less than or equal to"),
        ({"per_minute": "0"}, "per_minute", "greater than or equal to 1"),
        ({"score_holds_from": "101"}, "score_holds_from", "less than or equal to 100"),
    ],
)
def test_bad_values_are_refused_at_their_field_and_given_back(
    client, moderator, values, field, said
):
    refused = fill(client, PAGE, **values)
    assert refused.status_code == 200
    errors = refused.context["adminform"].form.errors
    assert list(errors) == [field]
    assert said in errors[field][0]
    for value in values.values():
        assert f'value="{value}"' in refused.text
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("holds", "closes"), [("13", "14"), ("14", ""), ("", "14"), ("0", "14"), ("14", "0")]
)
def test_holding_before_closing_or_only_one_of_both_is_taken(client, moderator, holds, closes):
    response = fill(client, PAGE, holds_after_days=holds, closes_after_days=closes)
    assert response.status_code == 302
    policy = Policy.objects.get()
    assert (policy.holds_after_days, policy.closes_after_days) == tuple(
        int(each) if each else None for each in (holds, closes)
    )


def test_duty_hours_stand_in_one_table_that_names_the_zone(client, moderator, settings):
    settings.TIME_ZONE = "Asia/Kabul"
    page = client.get(PAGE).text
    table = page.split('id="duty-hours-help"')[1].split("</table>")[0]
    assert table.count("<tr") == 7
    assert table.count("<input") == 7
    assert "on the clocks of Asia/Kabul" in page
    assert fill(client, PAGE, monday="۰۹:۰۰-۱۳:۰۰، 14:00-24:00").status_code == 302
    assert Policy.current().duty_hours[0] == "۰۹:۰۰-۱۳:۰۰، 14:00-24:00"


def test_the_form_says_when_retention_ran_and_how_the_score_stands(client, moderator):
    page = client.get(PAGE).text
    assert "Has not run yet." in page
    for language in ("English", "Pashto", "Dari", "Urdu"):
        assert f"Off in {language}:" in page
    DutyRun.objects.create(duty="retention", ran_at=timezone.now(), said="2 texts destroyed.")
    assert "2 texts destroyed." in client.get(PAGE).text


def test_a_closing_message_is_shown_escaped_to_the_next_moderator(client, moderator):
    fill(client, PAGE, closing_message='"><script>alert(1)</script>')
    page = client.get(PAGE).text
    assert "<script>alert(1)</script>" not in page
    assert Policy.objects.get().closing_message == '"><script>alert(1)</script>'
