"""What a receipt asks about mail: `{% load subscriptions %}`."""

from django import template

from comments.subscriptions import Wish

register = template.Library()


@register.simple_tag
def wish_for_mail(comment):
    """What stands about mail for this comment. One query."""
    return Wish(comment)
