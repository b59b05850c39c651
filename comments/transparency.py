"""The public page on what moderators do, and how long what is kept."""

from django.shortcuts import render

from comments import figures, retention
from comments.models import Figures, Policy
from posts import versions
from posts.views import public

# Two years: longer tables cost readers on slow lines more than they tell.
MONTHS = 24


@public
def page(request):
    versions.made_from(versions.FIGURES)
    lines = [figures.line(each) for each in Figures.objects.all()[:MONTHS]]
    context = {
        "lines": lines,
        "counted_at": max((each["figures"].counted_at for each in lines), default=None),
        "kept": retention.promises(Policy.current()),
    }
    return render(request, "comments/transparency.html", context)
