{# Hooks. dbt drops what depends on a model that it builds anew, the views for BI tools too:
   kpi_views belongs into on-run-end, so that they are there again after each run. #}

{%- macro kpi_views(target_schema, source_schema, period='month', timezone='UTC', as_of=none, dimensions=none,
                    calendar=none, begins=none) -%}
  select {{ recovery_kpi.kpi_function('create_kpi_views') }}({{ recovery_kpi.literal(target_schema) }},
    {{ recovery_kpi.literal(source_schema) }}, {{ recovery_kpi.literal(period) }}, {{ recovery_kpi.literal(timezone) }},
    {{ recovery_kpi.literal(as_of) }}, {{ recovery_kpi.literal(dimensions) }}, {{ recovery_kpi.literal(calendar) }},
    {{ recovery_kpi.literal(begins) }})
{%- endmacro %}

{# Tells a rollup that rows of these days have changed; for the post-hook of a model that is its source.
   first and last are SQL expressions of type date; last is the last day that changed. #}
{%- macro touch_kpi_rollup(store_schema, relation, first='current_date - 3', last='current_date') -%}
  select {{ recovery_kpi.kpi_function('touch_kpi_rollup') }}({{ recovery_kpi.literal(store_schema) }},
    {{ recovery_kpi.literal(relation) }}, ({{ first }})::date, ({{ last }})::date)
{%- endmacro %}
