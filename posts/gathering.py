"""What belongs to a row, gathered in the query of the row itself.

A page that shows one thing and what hangs on it would else ask once for each kind of what hangs.
Both databases make JSON arrays of rows; moments in them are text.
"""

from django.db import models
from django.db.models.functions import JSONObject


class Gathered(models.Subquery):
    """The rows of a queryset, in its order, as a list of {name: value}; None or empty for none.

    `fields` maps the names to fields of the queryset's model, as for JSONObject.
    """

    template = "(SELECT json_group_array(json(line)) FROM (%(subquery)s) AS gathered)"
    output_field = models.JSONField()

    def __init__(self, queryset, *names, **fields):
        fields = {name: name for name in names} | fields
        super().__init__(queryset.values(line=JSONObject(**fields)))

    def as_postgresql(self, compiler, connection, **context):
        template = "(SELECT jsonb_agg(line) FROM (%(subquery)s) AS gathered)"
        return self.as_sql(compiler, connection, template=template, **context)


def rows(model, told):
    """Rows of a model out of {name: value} of each; fields that it lacks are asked for when needed.

    The names are those of columns, such as `section_id`.
    """
    found = []
    for each in told or []:
        # In the order of the model, which a database's JSON does not keep.
        names = [field.attname for field in model._meta.concrete_fields if field.attname in each]
        found.append(model.from_db(None, names, [each[name] for name in names]))
    return found
