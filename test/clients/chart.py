"""Runs queries as Superset does; see test/t/017_bi_tools.pl.

chart.py render TEXT NAME=VALUE,...     the text after Jinja, with the macros of Superset that the page uses
chart.py run URL PARAMETERS SQL         the rows; PARAMETERS is the JSON of the page, for create_engine
"""
import datetime
import json
import sys

import jinja2
from sqlalchemy import create_engine


def where_in(values):
    return "(" + ", ".join("'" + v.replace("'", "''") + "'" for v in values) + ")"


def render(text, filters):
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.filters["where_in"] = where_in
    return environment.from_string(text).render(filter_values=lambda name: filters.get(name, []))


def field(value):
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S ") + value.tzname()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


sys.stdout.reconfigure(encoding="utf-8", newline="\n")
if sys.argv[1] == "render":
    print(render(sys.argv[2], {n: v.split(",") for n, v in (a.split("=", 1) for a in sys.argv[3:])}))
else:
    url, parameters, sql = sys.argv[2:]
    with create_engine(url, **json.loads(parameters)).connect() as connection:
        # as Superset: the text goes to the cursor of the driver as it is
        for row in connection.exec_driver_sql(sql.replace("%", "%%")):
            print("\t".join(field(v) for v in row))
