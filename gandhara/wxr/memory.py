"""What earlier imports made of a site's items."""

from gandhara.models import Imported

_BATCH = 500


class Memory:
    """The rows that were made of one kind of item of one site, by their keys there.

    A key is remembered for good: what was edited or deleted here since is not brought back.
    """

    def __init__(self, site, kind):
        self.site, self.kind = site, kind

    def _rows(self):
        return Imported.objects.filter(site=self.site, kind=self.kind)

    def all(self):
        return dict(self._rows().values_list("key", "pk_here"))

    def recall(self, keys):
        """Those of these keys that are known, with the primary keys here."""
        keys, known = list(keys), {}
        for start in range(0, len(keys), _BATCH):
            rows = self._rows().filter(key__in=keys[start : start + _BATCH])
            known.update(rows.values_list("key", "pk_here"))
        return known

    def keep(self, made, batch_size=_BATCH):
        """Remember `{key: primary key}`."""
        Imported.objects.bulk_create(
            [
                Imported(site=self.site, kind=self.kind, key=key, pk_here=pk)
                for key, pk in made.items()
            ],
            batch_size=batch_size,
        )
