"""The way to the moderation desk from the admin's other pages: `{% load desk %}`."""

from django import template

from comments import desk

register = template.Library()


@register.simple_tag
def number_waiting():
    """How many comments wait, in figures. One query that counts no more than it can quickly."""
    return desk.QUEUES["waiting"].count()


@register.inclusion_tag("admin/comments/desk/_waiting.html", takes_context=True)
def comments_waiting(context):
    """On the newsroom's desk: how many comments wait, and under which posts most of them."""
    number = number_waiting()
    return {
        "number": number,
        "posts": desk.most_waited_for() if number != "0" else [],
        "may_decide": context["request"].user.has_perm("comments.moderate_comment"),
    }
