-- The roles of Sanhu and what each may do. Run by a superuser on Sanhu's own database, on the primary, before the first
-- `sanhu migrate` and after every one; any number of times:
--
--   createdb --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --template=template0 sanhu
--   psql -v ON_ERROR_STOP=1 -d sanhu -f roles.sql
--   psql -d sanhu -c '\password sanhu_owner'        -- and so on: no password stands here
--
--   sanhu_owner        owns the database and all in it; `sanhu migrate` only
--   sanhu_runtime      core, worker and the other commands: rows, never tables
--   sanhu_reporting    the reporting role, on replicas: reads, and none of the secrets
--   sanhu_replication  the standby
--   sanhu_check        haproxy's question which server is the primary; no password, no rights, one database that holds nothing

BEGIN;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sanhu_owner', 'sanhu_runtime', 'sanhu_reporting', 'sanhu_replication', 'sanhu_check'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I', name);
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
  END LOOP;
  EXECUTE format('ALTER DATABASE %I OWNER TO sanhu_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO sanhu_runtime, sanhu_reporting', current_database());
END $$;

ALTER ROLE sanhu_replication REPLICATION;
ALTER ROLE sanhu_check CONNECTION LIMIT 10;

-- Backstops: the program sets its own, shorter limits on every connection.
ALTER ROLE sanhu_runtime SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE sanhu_reporting SET default_transaction_read_only = on;
ALTER ROLE sanhu_reporting SET statement_timeout = '1h';

-- The reporting role asks pg_stat_wal_receiver how far its replica is.
GRANT pg_monitor TO sanhu_reporting;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO sanhu_owner;
GRANT USAGE ON SCHEMA public TO sanhu_runtime, sanhu_reporting;

-- What migrations make later, the monthly partitions among it.
ALTER DEFAULT PRIVILEGES FOR ROLE sanhu_owner GRANT USAGE ON SCHEMAS TO sanhu_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE sanhu_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sanhu_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE sanhu_owner GRANT USAGE, SELECT ON SEQUENCES TO sanhu_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE sanhu_owner IN SCHEMA public GRANT SELECT ON TABLES TO sanhu_reporting;

-- What they made already. The schema dbos is the durable engine's; it exists from migration 0004 on.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname IN ('public', 'dbos') LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO sanhu_runtime', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO sanhu_runtime', name);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO sanhu_runtime', name);
  END LOOP;
END $$;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO sanhu_reporting;

-- No running process rewrites the list of migrations, the audit trail 审计日志 or the ledger 总账: it adds to the trail and to the
-- ledger, and reads them. A partition that is made later is reached through its parent; the next run takes the direct way to
-- it, too.
DO $$
DECLARE
  name regclass;
BEGIN
  IF to_regclass('schema_migration') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM sanhu_runtime;
  END IF;
  IF to_regclass('ledger_reversal') IS NOT NULL THEN
    REVOKE UPDATE, DELETE ON ledger_reversal FROM sanhu_runtime;
  END IF;
  FOR name IN
    SELECT tree.relid
    FROM unnest(ARRAY['audit_entry', 'ledger_entry', 'ledger_line']) AS kept (parent),
         pg_partition_tree(to_regclass(kept.parent)) AS tree
    WHERE to_regclass(kept.parent) IS NOT NULL
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM sanhu_runtime', name);
  END LOOP;
  -- Months that were taken out (detach_partitions) wait for the archive as they are.
  FOR name IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname ~ '^detached_' LOOP
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM sanhu_runtime', name);
  END LOOP;
END $$;

-- Reporting reads neither hashes of secrets nor stored results of calls. A column that a migration adds to one of these
-- tables is readable after the next run.
DO $$
DECLARE
  hidden CONSTANT jsonb := '{"staff": ["password_hash"], "api_client": ["secret_hash"],
                             "session": ["refresh_hash", "previous_refresh_hash"], "idempotency_key": ["*"]}';
  name text;
  readable text;
BEGIN
  FOR name IN SELECT jsonb_object_keys(hidden) LOOP
    CONTINUE WHEN to_regclass(name) IS NULL;
    EXECUTE format('REVOKE SELECT ON %I FROM sanhu_reporting', name);
    SELECT string_agg(quote_ident(attname), ', ') INTO readable FROM pg_attribute
    WHERE attrelid = to_regclass(name) AND attnum > 0 AND NOT attisdropped
      AND NOT hidden -> name ? attname::text AND NOT hidden -> name ? '*';
    IF readable IS NOT NULL THEN
      EXECUTE format('GRANT SELECT (%s) ON %I TO sanhu_reporting', readable, name);
    END IF;
  END LOOP;
END $$;

COMMIT;
