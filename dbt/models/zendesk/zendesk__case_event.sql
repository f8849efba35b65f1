{{ config(alias='case_event', enabled=var('recovery_kpi_zendesk', false)) }}

-- two changes in one second: what the history says last is not known, and one is enough
select distinct on (h.ticket_id, h.updated)
    h.ticket_id as case_id,
    h.updated as at,
    h.value as status
from (
    select ticket_id, updated, value
    from {{ source('zendesk', 'ticket_field_history') }}
    where field_name = 'status' and value is not null
    union all
    select case_id, opened_at, 'new' from {{ ref('zendesk__recovery_case') }}
) as h
join {{ ref('zendesk__recovery_case') }} as c on c.case_id = h.ticket_id
where h.updated >= c.opened_at
order by h.ticket_id, h.updated, h.value <> 'new' desc, h.value
