"""Prints the views of a schema as SQLAlchemy shows them; see test/t/012_clients.pl.

alchemy.py URL SCHEMA KPI SINCE
"""
import datetime
import sys

from sqlalchemy import MetaData, Table, create_engine, inspect, select, types

from canonical import line, rows

TYPES = {'DATE': 'date', 'DOUBLE_PRECISION': 'double', 'DOUBLE PRECISION': 'double', 'INTEGER': 'integer',
         'BIGINT': 'bigint', 'BOOLEAN': 'boolean', 'TEXT': 'text'}



def type_name(t):
    if isinstance(t, types.TIMESTAMP) and t.timezone:
        return 'timestamp with time zone'
    return TYPES.get(str(t), repr(t))


url, schema, kpi, since = sys.argv[1:]
with create_engine(url).connect() as connection:
    inspector = inspect(connection)
    for view in inspector.get_view_names(schema):
        line('view', view, inspector.get_table_comment(view, schema)['text'])
        for c in inspector.get_columns(view, schema):
            line('column', view, c['name'], type_name(c['type']), c['comment'])
        rows(view, connection.execute(select(Table(view, MetaData(), schema=schema, autoload_with=connection))))
    p = Table('kpi_by_period', MetaData(), schema=schema, autoload_with=connection)
    rows('filter', connection.execute(select(p).where(
        p.c.kpi == kpi, p.c.period_start >= datetime.date.fromisoformat(since), p.c.complete == True)))
