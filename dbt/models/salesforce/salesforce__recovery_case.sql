{{ config(alias='recovery_case', enabled=var('recovery_kpi_salesforce', false)) }}

-- closed_date moves when a case is reopened: the history has the first time
with closed as (
    select
        {{ recovery_kpi.short_id('case_id') }} as case_id,
        min(created_date) filter (where new_value = 'Closed') as closed_at,
        min(created_date) filter (where old_value = 'Closed' and new_value <> 'Closed') as reopened_at
    from {{ source('salesforce', 'case_history') }}
    where field = 'Status' and not coalesce(is_deleted, false)
    group by 1
)

select
    {{ recovery_kpi.short_id('c.id') }} as case_id,
    {{ recovery_kpi.short_id('c.account_id') }} as customer_id,
    c.created_date as opened_at,
    coalesce(h.closed_at, c.closed_date) as resolved_at,
    h.reopened_at,
    lower(c.origin) as channel,
    c.reason as failure_type
from {{ source('salesforce', 'case') }} as c
left join closed as h on h.case_id = {{ recovery_kpi.short_id('c.id') }}
where c.type = any({{ recovery_kpi.literal(var('recovery_kpi_failure_types')) }})
    and not coalesce(c.is_deleted, false)
