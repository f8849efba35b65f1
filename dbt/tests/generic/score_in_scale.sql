{# Scores that are not whole numbers from lo to hi; each would be an error of nps, csat or ces. #}
{% test score_in_scale(model, column_name, lo, hi) %}

select {{ column_name }} as score, count(*) as answers
from {{ model }}
where {{ column_name }} is not null
  and not ({{ column_name }} between {{ lo }} and {{ hi }} and {{ column_name }} = round({{ column_name }}))
group by {{ column_name }}

{% endtest %}
