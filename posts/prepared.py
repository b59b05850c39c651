"""Questions that are asked at every comment, worked out once: a queryset's SQL, kept for later.

Django makes the SQL of a queryset anew each time it is asked, which takes a processor ten times as
long as SQLite takes to answer with a row. A `Prepared` keeps the SQL; what differs from one asking
to the next is a `Given` in the queryset.

    REPLIES = Prepared(lambda: Comment.objects.filter(parent=Given("parent")).order_by())
    REPLIES.rows(parent=7)
"""

from django.db import connection, models
from django.utils.functional import cached_property

# Of a key: 64 bits with their sign.
LARGEST = 2**63 - 1


class Given(models.Value):
    """Stands in a queryset for a value that is given when it is asked; a key, unless `field` says
    of which kind it is. It can't be None, which SQL compares in another way."""

    def __init__(self, name, field=None):
        super().__init__(name, output_field=field or models.BigIntegerField())

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Prepared:
    """A queryset, given as a function that makes it when it is first asked."""

    def __init__(self, make):
        self._make = make

    @cached_property
    def _statement(self):
        """(SQL, parameters, how each column becomes a value, its attribute of the model)."""
        queryset = self._make()
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        converters = compiler.get_converters(columns)
        attributes = [getattr(getattr(each, "target", None), "attname", "") for each in columns]
        return sql, parameters, (compiler, converters), queryset.model, attributes

    def rows(self, **given):
        """What the queryset gives by `values_list`, as a list of tuples.

        Nothing for a whole number that no column can hold, as Django has it.
        """
        sql, parameters, (compiler, converters), _model, _attributes = self._statement
        if any(isinstance(each, int) and abs(each) > LARGEST for each in given.values()):
            return []
        values = [
            each.output_field.get_db_prep_value(given[each.value], connection)
            if isinstance(each, Given)
            else each
            for each in parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = cursor.fetchall()
        if converters and rows:
            rows = [tuple(row) for row in compiler.apply_converters(rows, converters)]
        return rows

    def first(self, **given):
        """The first object of a queryset without related ones, or None."""
        rows = self.rows(**given)
        if not rows:
            return None
        _sql, _parameters, _converters, model, attributes = self._statement
        return model.from_db(connection.alias, attributes, rows[0])
