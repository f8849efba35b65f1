{{ config(alias='recovery_case', enabled=var('recovery_kpi_zendesk', false)) }}

with failure as (
    select ticket_id,
           min(substr(tag, length({{ recovery_kpi.literal(var('recovery_kpi_failure_tag')) }}) + 1)) as failure_type
    from {{ source('zendesk', 'ticket_tag') }}
    where starts_with(tag, {{ recovery_kpi.literal(var('recovery_kpi_failure_tag')) }})
    group by ticket_id
),

solved as (
    select
        ticket_id,
        min(updated) filter (where value in ('solved', 'closed')) as resolved_at,
        -- back from solved: the first status after it that is an open one
        min(updated) filter (where before in ('solved', 'closed') and value not in ('solved', 'closed')) as reopened_at
    from (
        select ticket_id, updated, value, lag(value) over (partition by ticket_id order by updated) as before
        from {{ source('zendesk', 'ticket_field_history') }}
        where field_name = 'status'
    ) as change
    group by ticket_id
),

talk as (
    select
        c.ticket_id,
        count(*) filter (where c.user_id = t.requester_id) as contacts,
        min(c.created) filter (where u.role in ('agent', 'admin')) as first_response_at
    from {{ source('zendesk', 'ticket_comment') }} as c
    join {{ source('zendesk', 'ticket') }} as t on t.id = c.ticket_id
    left join {{ source('zendesk', 'user') }} as u on u.id = c.user_id
    where c.public
    group by c.ticket_id
)

select
    t.id as case_id,
    t.requester_id as customer_id,
    t.created_at as opened_at,
    s.resolved_at,
    k.first_response_at,
    s.reopened_at,
    -- the first message is the ticket itself, also where only the ticket is there
    greatest(k.contacts, 1)::int as contacts,
    t.via_channel as channel,
    f.failure_type
from {{ source('zendesk', 'ticket') }} as t
join failure as f on f.ticket_id = t.id
left join solved as s on s.ticket_id = t.id
left join talk as k on k.ticket_id = t.id
where not coalesce(t._fivetran_deleted, false) and t.status <> 'deleted'
