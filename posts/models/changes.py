"""Public changes, as `posts.versions` hears of them; and models whose every change is one."""

from django.db import models, transaction
from django.db.models.functions import Now

from posts import versions


class _Transaction(models.Func):
    """The number of the transaction that writes a row; SQLite has one after the other."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler, connection, **context):
        return "NULL", []


class PublicChange(models.Model):
    """That what readers see of something has changed; the names are those of `posts.versions`."""

    name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now(), db_index=True)
    transaction = models.BigIntegerField(null=True, db_default=_Transaction(), db_index=True)

    def __str__(self):
        return self.name


class ShownQuerySet(models.QuerySet):
    """Changes of many rows at once are public changes too."""

    def _changed(self):
        versions.changed(self.model.SHOWN_AS)

    def update(self, **fields):
        with transaction.atomic(savepoint=False):
            if set(fields) - self.model.UNSEEN:
                self._changed()
            return super().update(**fields)

    update.alters_data = True

    def delete(self):
        with transaction.atomic(savepoint=False):
            self._changed()
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            self._changed()
            return super().bulk_create(*args, **kwargs)

    bulk_create.alters_data = True

    def bulk_update(self, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            self._changed()
            return super().bulk_update(*args, **kwargs)

    bulk_update.alters_data = True


class Shown(models.Model):
    """What readers' pages are made from: whoever stores or deletes it has said so (`SHOWN_AS`)."""

    SHOWN_AS = versions.SITE
    # Fields that no page shows.
    UNSEEN = frozenset()

    objects = ShownQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_seen(self):
        """Whether any page of readers may show it."""
        return True

    def save_base(self, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            super().save_base(*args, **kwargs)
            fields = kwargs.get("update_fields")
            if self.is_seen and (not fields or set(fields) - self.UNSEEN):
                versions.changed(self.SHOWN_AS)

    def delete(self, *args, **kwargs):
        with transaction.atomic(savepoint=False):
            if self.is_seen:
                versions.changed(self.SHOWN_AS)
            return super().delete(*args, **kwargs)
