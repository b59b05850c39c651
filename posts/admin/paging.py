"""Pages of the admin's long lists."""

from django.core.paginator import Paginator


class KeysFirstPaginator(Paginator):
    """Finds the keys of a page's rows first, and then these rows alone, in `rows`.

    A page far back sorts and skips everything before it; with whole rows and what is joined to
    them that takes several times as long. And what narrows a list need not be looked for twice.
    """

    rows = None

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = first + self.per_page
        if last + self.orphans >= self.count:
            last = self.count
        keys = list(self.object_list.values_list("pk", flat=True)[first:last])
        found = self.rows.in_bulk(keys)
        return self._get_page([found[key] for key in keys if key in found], number, self)


class LongList:
    """What a ModelAdmin gets whose list may have a hundred thousand rows."""

    paginator = KeysFirstPaginator
    # Else Django counts all rows beside those found.
    show_full_result_count = False

    def get_paginator(self, request, queryset, *args, **kwargs):
        paginator = super().get_paginator(request, queryset, *args, **kwargs)
        paginator.rows = self.get_queryset(request)
        if joined := self.get_list_select_related(request):
            paginator.rows = paginator.rows.select_related(*joined)
        return paginator
