{# Cases with several rows, or rows without a case: a join that multiplies cases multiplies every count. #}
{% test one_row_per_case(model, column_name='case_id') %}

select {{ column_name }} as case_id, count(*) as case_rows
from {{ model }}
group by {{ column_name }}
having count(*) > 1 or {{ column_name }} is null

{% endtest %}
