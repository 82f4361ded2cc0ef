#!/bin/bash
# Copies the primary when there is nothing yet, then runs as its standby.
set -euo pipefail
umask 077
export PGPASSFILE=/var/lib/postgresql/.pgpass
echo "*:*:*:sanhu_replication:$REPLICATION_PASSWORD" >"$PGPASSFILE"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  # A copy that was interrupted is begun again.
  rm -rf "${PGDATA:?}"
  pg_basebackup --dbname='host=postgres-1 user=sanhu_replication application_name=sanhu_standby' --pgdata="$PGDATA" \
    --wal-method=stream --slot=sanhu_standby --checkpoint=fast --write-recovery-conf --no-password
fi
exec postgres "$@"
