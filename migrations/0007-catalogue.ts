import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The catalogue: products and bundles, discounts, their versions, what lower nodes say of them, budgets and authority.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 */
export class Catalogue0007 implements MigrationInterface {
  public readonly name = 'Catalogue1700000000007';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(IMMUTABLE);
    await runner.query(PRODUCTS);
    await runner.query(DISCOUNTS);
  }

  public async down(): Promise<void> {
    throw new Error('The catalogue is not taken back: restore a backup.');
  }
}

const IMMUTABLE = `
-- What was released is what was sold: not even an administrator changes it in passing.
CREATE FUNCTION refuse_change_of_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version that was released is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_immutable';
END $$;

-- The same of what a version names, kept beside it for the foreign keys. Its argument is the table of the versions.
CREATE FUNCTION refuse_change_of_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
  fixed boolean;
BEGIN
  EXECUTE format('SELECT state NOT IN (''draft'', ''inTest'') FROM %I WHERE id = $1', TG_ARGV[0]) INTO fixed USING checked;
  IF fixed THEN
    RAISE EXCEPTION 'a version that was released is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_immutable';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
`;

/** The versions of products and of discounts have one form. */
function versionsOf(noun: 'product' | 'discount'): string {
  const table = `${noun}_version`;
  const references = [
    ['charge_code', 'charge_code', 'charge_code (code)'],
    ['product', 'product_code', 'product (code)'],
  ].map(
    ([name, column, target]) => `
CREATE TABLE ${table}_${name} (
  version_id uuid NOT NULL REFERENCES ${table} ON DELETE CASCADE,
  ${column} text COLLATE "C" NOT NULL REFERENCES ${target},
  PRIMARY KEY (version_id, ${column})
);
CREATE INDEX ${table}_${name}_named ON ${table}_${name} (${column});
CREATE TRIGGER ${table}_${name}_immutable BEFORE INSERT OR UPDATE OR DELETE ON ${table}_${name}
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_references('${table}');`,
  );
  return `
CREATE TABLE ${table} (
  id          uuid PRIMARY KEY,
  ${noun}_id uuid NOT NULL REFERENCES ${noun},
  number      integer NOT NULL CHECK (number > 0),
  state       text NOT NULL CHECK (state IN ('draft', 'inTest', 'active', 'suspended', 'retired')),
  -- Of every amount in the definition.
  currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  definition  jsonb NOT NULL,
  -- When it is sold. A suspension is a gap, what follows the last range an end.
  sold        tstzmultirange NOT NULL DEFAULT '{}',
  released_at timestamptz,
  version     integer NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL,
  UNIQUE (${noun}_id, number),
  CHECK (state NOT IN ('draft', 'inTest') OR released_at IS NULL),
  CHECK (state NOT IN ('active', 'suspended') OR released_at IS NOT NULL),
  CHECK (released_at IS NOT NULL OR isempty(sold)),
  CONSTRAINT ${table}_sold_overlaps EXCLUDE USING gist (${noun}_id WITH =, sold WITH &&)
);
-- One is worked on at a time: two drafts beside each other would each forget what the other changed.
CREATE UNIQUE INDEX ${table}_one_draft ON ${table} (${noun}_id) WHERE state IN ('draft', 'inTest');
CREATE TRIGGER ${table}_immutable BEFORE UPDATE ON ${table} FOR EACH ROW
  WHEN (OLD.state NOT IN ('draft', 'inTest') AND (
    OLD.definition <> NEW.definition OR OLD.currency <> NEW.currency OR OLD.${noun}_id <> NEW.${noun}_id OR OLD.number <> NEW.number
    OR OLD.released_at IS DISTINCT FROM NEW.released_at OR NEW.state IN ('draft', 'inTest')))
  EXECUTE FUNCTION refuse_change_of_released();
CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} FOR EACH ROW
  WHEN (OLD.state NOT IN ('draft', 'inTest')) EXECUTE FUNCTION refuse_change_of_released();
${references.join('\n')}`;
}

const PRODUCTS = `
CREATE TABLE product (
  id              uuid PRIMARY KEY,
  code            text COLLATE "C" NOT NULL UNIQUE,
  name            text NOT NULL,
  name_en         text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('PLAN', 'ADD_ON', 'BUNDLE')),
  -- Sold at this node and below it.
  organisation_id uuid NOT NULL REFERENCES organisation,
  service_type    text COLLATE "C" REFERENCES service_type,
  version         integer NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  CHECK ((kind = 'BUNDLE') = (service_type IS NULL))
);
CREATE INDEX product_organisation ON product (organisation_id, code);
CREATE INDEX product_service_type ON product (service_type, code);
${versionsOf('product')}

-- What a node at or below the product's own says of it, in the form of the dated facts of 0001.
CREATE TABLE product_release (
  id              uuid PRIMARY KEY,
  product_id      uuid NOT NULL REFERENCES product,
  organisation_id uuid NOT NULL REFERENCES organisation,
  sold            boolean NOT NULL,
  narrowing       jsonb NOT NULL,
  prices          jsonb NOT NULL,
  valid           tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded        tstzrange NOT NULL,
  CONSTRAINT product_release_overlaps
    EXCLUDE USING gist (product_id WITH =, organisation_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX product_release_product ON product_release (product_id, organisation_id);
`;

const DISCOUNTS = `
CREATE TABLE discount (
  id              uuid PRIMARY KEY,
  code            text COLLATE "C" NOT NULL UNIQUE,
  name            text NOT NULL,
  name_en         text NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- Null: of every line of business.
  service_type    text COLLATE "C" REFERENCES service_type,
  version         integer NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL
);
CREATE INDEX discount_organisation ON discount (organisation_id, code);
${versionsOf('discount')}

-- How much may be given away in all. One conditional UPDATE takes from it; the check is the last word.
CREATE TABLE discount_budget (
  discount_id uuid PRIMARY KEY REFERENCES discount,
  currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  limit_minor bigint NOT NULL CHECK (limit_minor >= 0),
  used_minor  bigint NOT NULL DEFAULT 0,
  changed_at  timestamptz NOT NULL,
  CONSTRAINT discount_budget_used CHECK (used_minor BETWEEN 0 AND limit_minor)
);

-- What holders of a role may grant on one order, at the nodes of their grants. A part that is null has no limit of its own.
CREATE TABLE discount_authority (
  role_id      uuid NOT NULL REFERENCES role,
  kind         text NOT NULL CHECK (kind IN ('MANUAL_DISCOUNT', 'WAIVER')),
  currency     text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint CHECK (amount_minor >= 0),
  basis_points integer CHECK (basis_points BETWEEN 0 AND 10000),
  version      integer NOT NULL DEFAULT 1,
  changed_at   timestamptz NOT NULL,
  PRIMARY KEY (role_id, kind)
);
`;
