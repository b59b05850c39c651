"""The way to the moderation desk from the admin's other pages: `{% load desk %}`."""

from django import template

from comments import desk

register = template.Library()


@register.simple_tag
def number_waiting():
    """How many comments wait, in figures. One query that counts no more than it can quickly."""
    return desk.QUEUES["waiting"].count()
