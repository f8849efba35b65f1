{{ config(alias='survey_response', enabled=var('recovery_kpi_salesforce', false)) }}

-- the columns are those of an object of your own: copy this model and change the names
select
    s.id as response_id,
    {{ recovery_kpi.short_id('s.account_c') }} as customer_id,
    {{ recovery_kpi.short_id('s.case_c') }} as case_id,
    s.created_date as responded_at,
    {{ recovery_kpi.score('s.satisfaction_c', 1, 5) }} as csat,
    {{ recovery_kpi.score('s.recommend_c', 0, 10) }} as nps,
    s.comment_c as comment
from {{ source('salesforce', 'survey') }} as s
where not coalesce(s.is_deleted, false)
