import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That a subscriber has a default payment relation at every instant is asked when the subscriber is added or its life changes, and when a
 * relation is changed or removed: one more relation never leaves a gap. Opening a subscriber asked it twice.
 *
 * On a running system: keeps whoever reads or writes payment relations waiting for a moment.
 */
export class DefaultRelationCheck0029 implements MigrationInterface {
  public readonly name = 'DefaultRelationCheck1700000000029';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(checkedOn('UPDATE OR DELETE'));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(checkedOn('INSERT OR UPDATE OR DELETE'));
  }
}

function checkedOn(events: string): string {
  return `
DROP TRIGGER payment_relation_default_gap ON payment_relation;
CREATE CONSTRAINT TRIGGER payment_relation_default_gap AFTER ${events} ON payment_relation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_default_payment_relation();`;
}
