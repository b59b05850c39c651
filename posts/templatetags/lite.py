"""`{% url %}` that keeps to the view of the page, in every template (settings, "builtins")."""

from django import template
from django.template import defaulttags
from django.utils.html import format_html

from posts import lite

register = template.Library()


class KeepingURL(defaulttags.URLNode):
    """Django's `{% url %}`, whose addresses stay in the lite view where the page is lite."""

    def render(self, context):
        address = super().render(context)
        if self.asvar and context[self.asvar]:
            context[self.asvar] = lite.keep(context[self.asvar])
        return lite.keep(address) if address else ""


@register.tag
def url(parser, token):
    node = defaulttags.url(parser, token)
    return KeepingURL(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag
def is_lite():
    return lite.is_on()


@register.simple_tag
def here(*queries):
    """A link to this page with other queries, such as `?page=2`; those that are empty fall out."""
    return "?" + "&".join(filter(None, [lite.is_on() and f"{lite.NAME}={lite.ON}", *queries]))


@register.simple_tag
def page_number(number):
    """A page's number as `here` takes it."""
    return f"page={number}"


@register.simple_tag
def kept_field():
    """What a form that is sent by GET needs among its fields."""
    if not lite.is_on():
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', lite.NAME, lite.ON)


@register.simple_tag(takes_context=True)
def other_view(context):
    """The way to this page in the other view: with pictures, or without."""
    return lite.other_view(context["request"].GET)
