import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether an order is bringing a number already 携入 is found by the number.
 *
 * On a running system: building the index reads all items of orders under a lock that holds up who writes some: seconds for each ten million.
 */
export class PortingUnderWay0027 implements MigrationInterface {
  public readonly name = 'PortingUnderWay1700000000027';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEX);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX order_item_port_in');
  }
}

const INDEX = `CREATE INDEX order_item_port_in ON order_item ((content ->> 'identifier')) WHERE kind = 'PORT_IN'`;
