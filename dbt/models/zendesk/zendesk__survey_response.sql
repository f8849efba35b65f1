{{ config(alias='survey_response', enabled=var('recovery_kpi_zendesk', false)) }}

-- offered is not an answer; a rating can be changed: the last one counts
select distinct on (r.ticket_id)
    r.id as response_id,
    r.requester_id as customer_id,
    r.ticket_id as case_id,
    r.updated_at as responded_at,
    {{ recovery_kpi.two_grades('r.score') }} as csat,
    r.comment
from {{ source('zendesk', 'satisfaction_rating') }} as r
join {{ ref('zendesk__recovery_case') }} as c on c.case_id = r.ticket_id
where r.score in ('good', 'bad')
order by r.ticket_id, r.updated_at desc, r.id desc
