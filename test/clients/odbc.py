"""Prints the views of a schema as ODBC shows them; see test/t/012_clients.pl.

odbc.py CONNECTION SCHEMA KPI SINCE
"""
import datetime
import sys
import zoneinfo

import pyodbc

import canonical
from canonical import line, rows

# the type codes of ODBC; float8 is SQL_FLOAT, text a long string of Unicode, and 93 any timestamp
TYPES = {91: 'date', 6: 'double', 8: 'double', 4: 'integer', -5: 'bigint', -7: 'boolean',
         93: 'timestamp with time zone', 12: 'text', -1: 'text', -9: 'text', -10: 'text'}

connection, schema, kpi, since = sys.argv[1:]


def comment(remarks, view, column=0):
    """The driver has REMARKS, but leaves them empty; its users ask the catalogue."""
    return remarks or cursor.execute(
        "SELECT coalesce(col_description(c.oid, NULLIF(?, 0)), obj_description(c.oid, 'pg_class')) FROM pg_class c"
        ' WHERE relnamespace = CAST(quote_ident(?) AS regnamespace) AND relname = ?', column, schema, view).fetchval()


cursor = pyodbc.connect(connection, readonly=True).cursor()
# times come as the session shows them, without their zone
canonical.zone = zoneinfo.ZoneInfo(cursor.execute('SHOW timezone').fetchval())
views = cursor.tables(schema=schema, tableType='VIEW').fetchall()
for v in views:
    line('view', v.table_name, comment(v.remarks, v.table_name))
for v in views:
    for c in cursor.columns(schema=schema, table=v.table_name).fetchall():
        line('column', v.table_name, c.column_name, TYPES.get(c.data_type, f'{c.data_type} {c.type_name}'),
             comment(c.remarks, v.table_name, c.ordinal_position))
    rows(v.table_name, cursor.execute(f'SELECT * FROM "{schema}".{v.table_name}'))
rows('filter', cursor.execute(
    f'SELECT * FROM "{schema}".kpi_by_period WHERE kpi = ? AND period_start >= ? AND complete = ?',
    kpi, datetime.date.fromisoformat(since), True))
