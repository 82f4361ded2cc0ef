import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Products, bundles and discounts are found by part of their code or name, as customers are: by its one- and two-character grams.
 *
 * On a running system: building the indexes takes a moment for each thousand of the catalogue, in which nothing of it is changed.
 */
export class CatalogueSearch0026 implements MigrationInterface {
  public readonly name = 'CatalogueSearch1700000000026';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX product_search, discount_search');
  }
}

const INDEXES = `
CREATE INDEX product_search ON product USING gin (name_grams(code || ' ' || name || ' ' || name_en));
CREATE INDEX discount_search ON discount USING gin (name_grams(code || ' ' || name || ' ' || name_en));
`;
