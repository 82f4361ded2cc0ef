#!/bin/bash
# Run once by the image, on the primary's empty data directory: the roles with their passwords, and the standby's slot.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -d sanhu -f /etc/postgresql/roles.sql
psql -v ON_ERROR_STOP=1 -d sanhu \
  -v owner="$OWNER_PASSWORD" -v runtime="$RUNTIME_PASSWORD" -v reporting="$REPORTING_PASSWORD" -v replication="$REPLICATION_PASSWORD" <<'SQL'
ALTER ROLE sanhu_owner PASSWORD :'owner';
ALTER ROLE sanhu_runtime PASSWORD :'runtime';
ALTER ROLE sanhu_reporting PASSWORD :'reporting';
ALTER ROLE sanhu_replication PASSWORD :'replication';
SELECT pg_create_physical_replication_slot('sanhu_standby', true);
SQL
