import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { quoteOrder, submitOrder } from '../../src/business/process/acceptance';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import { useHttpWorld, type Parties, type Role } from './http-world';

/* The form of an order over HTTP: for whoever may see the order, masked, and nothing for anybody else. */

const world = useHttpWorld();

async function orderOf(parties: Parties): Promise<Id<'order'>> {
  const items = [{ kind: 'SUSPEND' as const, content: { subscriberId: parties.mobileId, reason: 'CUSTOMER_REQUEST' as const } }];
  const asked = { organisationId: parties.node, customerId: parties.personId, accountId: null, items };
  const { quotationId } = await world.access.run(quoteOrder, { ...asked, requestedStartAt: null, externalId: null, note: null });
  return (await world.access.run(submitOrder, { quotationId })).orderId;
}

async function formOf(id: string, role: Role | null) {
  const token = role === null ? undefined : await world.token(role);
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(world.server.url(`/files/acceptance-form?order=${id}`), { headers });
  return { status: answer.status, type: answer.headers.get('content-type'), answer };
}

test('it is read by who may see the order, with nothing personal in clear', async () => {
  const { ours } = world;
  const id = encodeId('order', await orderOf(ours));
  const { status, type, answer } = await formOf(id, 'clerk');
  expect([status, type, answer.headers.get('cache-control')]).toEqual([200, 'application/pdf', 'no-store']);
  const pdf = Buffer.from(await answer.arrayBuffer());
  const read = execFileSync(process.execPath, [join(__dirname, '../support/read-pdf.mjs')], { input: pdf, encoding: 'utf8' });
  const { pages } = JSON.parse(read) as { pages: { pieces: { text: string }[] }[] };
  const text = pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
  const [order] = await world.database.raw<{ order_no: string }>('SELECT order_no FROM product_order');
  for (const said of [order?.order_no as string, '停机', ours.mobile, `${[...ours.personName][0]}*`]) expect(text).toContain(said);
  for (const secret of [ours.personName, ours.passport]) expect(text).not.toContain(secret);
});

test('it is not there for others, nor is one of an order that does not exist', async () => {
  const theirs = encodeId('order', await orderOf(world.theirs));
  const ask = async (id: string, role: Role | null) => (await formOf(id, role)).status;
  expect([
    await ask(theirs, 'clerk'),
    await ask(theirs, 'otherClerk'),
    await ask(encodeId('order', newId('order')), 'clerk'),
    await ask('..%2F..%2Fetc%2Fpasswd', 'clerk'),
    await ask(theirs, 'nobody'),
    await ask(theirs, null),
  ]).toEqual([404, 200, 404, 404, 403, 401]);
});
