{{ config(alias='kpi_status_role', enabled=var('recovery_kpi_zendesk', false)) }}

-- pending: it is the customer's turn; hold: a third party's
select status, role
from (values ('new', 'new'), ('open', 'open'), ('pending', 'pending'), ('hold', 'hold'), ('on-hold', 'hold'),
    ('solved', 'solved'), ('closed', 'solved')) as roles (status, role)
