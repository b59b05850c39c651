"""The readers' page for finding comments, beside the one for posts."""

from django.core.paginator import Paginator
from django.shortcuts import render

from comments import search
from posts import versions
from posts.finding import WordsForm
from posts.views import PAGED, page_of, public

COMMENTS_ON_A_PAGE = 20


@public(asks=(*WordsForm.base_fields, *PAGED))
def find(request):
    versions.made_from(versions.COMMENTS)
    form = WordsForm(request.GET)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "comments/search.html", context, status=400)
    if form.wanted:
        found = search.shown(form.wanted)
        context |= {"found": found} | page_of(request, Paginator(found, COMMENTS_ON_A_PAGE))
    return render(request, "comments/search.html", context)
