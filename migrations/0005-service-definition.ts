import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Services as the operator's own data: what a service type asks for, the systems that provision it, the charge codes under which it
 * is billed, and the tax on them.
 *
 * On a running system: creates tables, and adds columns with defaults to `service_type`, a table of a few rows, which is locked for
 * milliseconds. The version of the program before this one goes on: what it inserts gets the defaults.
 */
export class ServiceDefinition0005 implements MigrationInterface {
  public readonly name = 'ServiceDefinition1700000000005';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [ADAPTERS, SERVICE_TYPES, TAX, CHARGE_CODES]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('What was charged under these codes is not taken back: restore a backup, or drop the database.');
  }
}

const ADAPTERS = `
-- How a service type reaches the network: by idempotent calls over HTTP, or by work orders in a queue of people.
CREATE TABLE provisioning_adapter (
  code             text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  id               uuid NOT NULL UNIQUE,
  name             text NOT NULL,
  name_en          text NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('HTTP', 'MANUAL')),
  endpoint         text CHECK (endpoint ~ '^https?://' AND length(endpoint) <= 500),
  timeout_ms       integer CHECK (timeout_ms BETWEEN 100 AND 60000),
  attempts_max     integer CHECK (attempts_max BETWEEN 1 AND 10),
  backoff_ms       integer CHECK (backoff_ms BETWEEN 10 AND 60000),
  breaker_failures integer CHECK (breaker_failures BETWEEN 1 AND 100),
  breaker_open_ms  integer CHECK (breaker_open_ms BETWEEN 100 AND 600000),
  work_queue       text CHECK (work_queue ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  status           text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'RETIRED')),
  version          integer NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL,
  CONSTRAINT provisioning_adapter_of_kind CHECK (
    CASE kind WHEN 'HTTP' THEN num_nulls(endpoint, timeout_ms, attempts_max, backoff_ms, breaker_failures, breaker_open_ms) = 0 AND work_queue IS NULL
              ELSE num_nonnulls(endpoint, timeout_ms, attempts_max, backoff_ms, breaker_failures, breaker_open_ms) = 0 AND work_queue IS NOT NULL END)
);
`;

const SERVICE_TYPES = `
-- \`characteristics\` is the JSON Schema of a subscriber's attributes; the empty one takes any.
ALTER TABLE service_type
  ADD COLUMN id                   uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT service_type_id_key UNIQUE,
  ADD COLUMN characteristics      jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(characteristics) = 'object'),
  ADD COLUMN resources            text[] NOT NULL DEFAULT '{}' CHECK (resources <@ ARRAY['NUMBER', 'SIM', 'PORT']),
  ADD COLUMN usage_kinds          text[] NOT NULL DEFAULT '{}' CHECK (cardinality(usage_kinds) <= 20),
  ADD COLUMN provisioning_adapter text COLLATE "C" CONSTRAINT service_type_provisioning_adapter_fkey REFERENCES provisioning_adapter,
  ADD COLUMN status               text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'RETIRED')),
  ADD COLUMN version              integer NOT NULL DEFAULT 1;
CREATE INDEX service_type_provisioning_adapter ON service_type (provisioning_adapter) WHERE provisioning_adapter IS NOT NULL;

-- The five that operators have begun with until now.
UPDATE service_type t SET resources = first.resources, usage_kinds = first.usage_kinds
FROM (VALUES ('BROADBAND', ARRAY['PORT'], ARRAY['DATA']),
             ('FIXED_LINE', ARRAY['NUMBER', 'PORT'], ARRAY['VOICE']),
             ('INTELLIGENT_NETWORK', ARRAY['NUMBER'], ARRAY['VOICE']),
             ('MOBILE', ARRAY['NUMBER', 'SIM'], ARRAY['DATA', 'SMS', 'VOICE']),
             ('WIRELESS_FIXED_LINE', ARRAY['NUMBER', 'SIM'], ARRAY['VOICE'])) AS first (code, resources, usage_kinds)
WHERE t.code = first.code;
`;

const TAX = `
CREATE TABLE tax_category (
  code       text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  id         uuid NOT NULL UNIQUE,
  name       text NOT NULL,
  name_en    text NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL
);

CREATE TABLE tax_rate (
  id           uuid PRIMARY KEY,
  tax_category text COLLATE "C" NOT NULL REFERENCES tax_category,
  basis_points integer NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
  valid        tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded     tstzrange NOT NULL,
  CONSTRAINT tax_rate_one EXCLUDE USING gist (tax_category WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX tax_rate_category ON tax_rate (tax_category);
`;

const CHARGE_CODES = `
-- What stands on a bill, and what follows from it for the books. \`first_charged_at\` is when something was first charged under it:
-- from then on its past stands.
CREATE TABLE charge_code (
  code             text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  id               uuid NOT NULL UNIQUE,
  name             text NOT NULL,
  name_en          text NOT NULL,
  service_type     text COLLATE "C" CONSTRAINT charge_code_service_type_fkey REFERENCES service_type,
  kind             text NOT NULL CHECK (kind IN ('RECURRING', 'ONE_TIME', 'USAGE', 'DEPOSIT', 'PENALTY', 'LATE_FEE', 'ADJUSTMENT')),
  first_charged_at timestamptz,
  version          integer NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL
);
CREATE INDEX charge_code_service_type ON charge_code (service_type, code);

CREATE TABLE charge_code_terms (
  id                 uuid PRIMARY KEY,
  charge_code        text COLLATE "C" NOT NULL REFERENCES charge_code,
  revenue_account    text COLLATE "C" NOT NULL CHECK (revenue_account ~ '^[0-9]{4,12}$'),
  deferred_account   text COLLATE "C" CHECK (deferred_account ~ '^[0-9]{4,12}$'),
  discount_account   text COLLATE "C" CHECK (discount_account ~ '^[0-9]{4,12}$'),
  tax_category       text COLLATE "C" CONSTRAINT charge_code_terms_tax_category_fkey REFERENCES tax_category,
  write_off_priority integer NOT NULL CHECK (write_off_priority BETWEEN 0 AND 999),
  bill_group         text COLLATE "C" NOT NULL CHECK (bill_group ~ '^[A-Z][A-Z0-9_]{0,39}$'),
  discountable       boolean NOT NULL,
  invoiceable        boolean NOT NULL,
  bears_late_fee     boolean NOT NULL,
  collected_for      uuid CONSTRAINT charge_code_terms_collected_for_fkey REFERENCES organisation,
  valid              tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded           tstzrange NOT NULL,
  CONSTRAINT charge_code_terms_one EXCLUDE USING gist (charge_code WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  CHECK (discount_account IS NOT NULL OR NOT discountable),
  CHECK (collected_for IS NULL OR NOT (discountable OR bears_late_fee))
);
CREATE INDEX charge_code_terms_code ON charge_code_terms (charge_code);
CREATE INDEX charge_code_terms_tax_category ON charge_code_terms (tax_category) WHERE tax_category IS NOT NULL;
CREATE INDEX charge_code_terms_collected_for ON charge_code_terms (collected_for) WHERE collected_for IS NOT NULL;
`;
