import { randomBytes } from 'node:crypto';
import { selectOrderByNo } from '../../business/component/order';
import { execute } from '../../business/execute';
import { resumeFulfilment } from '../../business/process/acceptance';
import { programContext } from '../../business/process/program-context';
import { type CoreDatabase } from '../../data/connection/core-database';
import { systemClock } from '../../kernel/clock';

/** Goes on with orders that nobody goes on with. Ends the program with 1 where that is not possible. */
export async function fulfil(database: CoreDatabase, orderNos: readonly string[]): Promise<void> {
  const actor = { kind: 'SYSTEM', id: 'fulfil', clientId: 'fulfil', address: null } as const;
  const context = programContext(database, systemClock, actor, 'fulfil');
  for (const orderNo of orderNos) {
    const order = await selectOrderByNo(context, orderNo);
    const done =
      order === undefined ? undefined : await execute(context, resumeFulfilment, { orderId: order.id }, randomBytes(16).toString('hex'));
    const text = done === undefined ? 'there is no such order' : done.ok ? 'a worker goes on with it' : done.refusals[0]?.message.en;
    process.stdout.write(`${orderNo}: ${text ?? ''}\n`);
    if (done?.ok !== true) process.exitCode = 1;
  }
}
