"""What the site remembers of its imports, so that running one again changes nothing."""

from django.db import models


class Imported(models.Model):
    """One item of one foreign site, and the row that was made of it here."""

    site = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    pk_here = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "key"], name="imported_once"),
        ]

    def __str__(self):
        return f"{self.site} {self.kind} {self.key}"
