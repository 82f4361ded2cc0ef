import { DataSource, type EntityMetadata } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig';
import { entities } from '../../src/data/operation/entities';
import { useDatabase } from '../support/database';

/* Migrations are written by hand: what the entities say of their tables is compared with what the migrations made. */

const database = useDatabase();

/** Columns that an entity leaves to hand-written SQL, by table, and why. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** A column as both sides can say it. */
type Columns = Readonly<Record<string, string>>;

function described(type: string, nullable: boolean, more: readonly (string | false)[]): string {
  return [type, nullable ? 'NULL' : 'NOT NULL', ...more].filter((part) => part !== false).join(' ');
}

/** The base types of the entities, by the names that PostgreSQL gives them. */
const TYPES: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };

function declared(entity: EntityMetadata): Columns {
  const columns = entity.columns.map((column) => {
    const name = String(column.type);
    const type = (TYPES[name] ?? name) + (column.isArray ? '[]' : '');
    return [column.databaseName, described(type, column.isNullable, [column.isPrimary && 'KEY'])] as const;
  });
  return Object.fromEntries(columns);
}

async function migrated(table: string): Promise<Columns> {
  const rows = await database.raw<{ name: string; type: string; nullable: boolean; key: boolean }>(
    `SELECT c.column_name AS name, c.is_nullable = 'YES' AS nullable,
            CASE WHEN c.data_type = 'ARRAY' THEN e.data_type || '[]' ELSE c.data_type END AS type,
            EXISTS (SELECT FROM information_schema.table_constraints t JOIN information_schema.key_column_usage k
                      USING (constraint_schema, constraint_name, table_name)
                    WHERE t.table_schema = 'public' AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
                      AND k.column_name = c.column_name) AS key
     FROM information_schema.columns c
     LEFT JOIN information_schema.element_types e
       ON (e.object_schema, e.object_name, e.object_type, e.collection_type_identifier)
        = (c.table_schema, c.table_name, 'TABLE', c.dtd_identifier)
     WHERE c.table_schema = 'public' AND c.table_name = $1`,
    [table],
  );
  return Object.fromEntries(rows.map(({ name, type, nullable, key }) => [name, described(type, nullable, [key && 'KEY'])]));
}

/** What TypeORM makes of the entities. */
const source = new DataSource(dataSourceOptions('postgres://127.0.0.1/none', 'core'));
beforeAll(() => (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas());

test.each(entities.map((entity) => [entity.name, entity] as const))(
  '%s declares the columns of its table, and nothing else',
  async (_name, entity) => {
    const metadata = source.getMetadata(entity);
    const leftOut = LEFT_OUT[metadata.tableName] ?? {};
    const inTable = await migrated(metadata.tableName);
    expect(Object.keys(inTable)).not.toEqual([]);
    expect(Object.keys(leftOut).filter((column) => !(column in inTable))).toEqual([]);
    expect(declared(metadata)).toEqual(Object.fromEntries(Object.entries(inTable).filter(([column]) => !(column in leftOut))));
  },
);

test('a column that the table gains, loses or changes is seen', async () => {
  const entity = source.getMetadata('OperatorParameterEntity');
  await database.raw('ALTER TABLE operator_parameter ADD extra text');
  expect(await migrated('operator_parameter')).not.toEqual(declared(entity));
  await database.raw('ALTER TABLE operator_parameter DROP extra');
  expect(await migrated('operator_parameter')).toEqual(declared(entity));
  await database.raw('ALTER TABLE operator_parameter ALTER value DROP NOT NULL');
  expect(await migrated('operator_parameter')).not.toEqual(declared(entity));
});
