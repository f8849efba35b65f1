{# What mappings have in common. Each gives an expression, for the select list of a model. #}

{# A function of the extension, wherever that is installed. #}
{%- macro kpi_function(name) -%}
  {{ var('recovery_kpi_schema', 'public') }}.{{ name }}
{%- endmacro %}

{# A value as SQL: text in quotes, none as null, a list as an array of text. #}
{%- macro literal(value) -%}
  {%- if value is none -%} null
  {%- elif value is number -%} {{ value }}
  {%- elif value is string -%} '{{ value | replace("'", "''") }}'
  {%- else -%} array[
    {%- for item in value %}{{ recovery_kpi.literal(item) }}{{ ', ' if not loop.last }}{% endfor -%}
    ]::text[]
  {%- endif -%}
{%- endmacro %}

{# '9 - Very likely', '9/10' or '9' as 9; blanks and N/A as null; other text is an error. #}
{%- macro score(column, lo=none, hi=none) -%}
  {{ recovery_kpi.kpi_function('parse_score') }}(({{ column }})::text,
    {{- ' ' }}{{ recovery_kpi.literal(lo) }}, {{ recovery_kpi.literal(hi) }})
{%- endmacro %}

{# A rating with two grades as 5 and 1, the ends of the scale of csat; what is neither is no answer. #}
{%- macro two_grades(column, good='good', bad='bad') -%}
  case {{ column }} when {{ recovery_kpi.literal(good) }} then 5 when {{ recovery_kpi.literal(bad) }} then 1 end
{%- endmacro %}

{# A time without zone, taken in this zone. A time with one stays as it is: leave the macro out. #}
{%- macro local_time(column, timezone) -%}
  ({{ column }})::timestamp at time zone {{ recovery_kpi.literal(timezone) }}
{%- endmacro %}

{# The first 15 characters of a Salesforce id: some tables have 15, others 18. #}
{%- macro short_id(column) -%}
  left({{ column }}, 15)
{%- endmacro %}
