import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { decodeId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { monthly, useProductWorld } from './product-world';

/* Three months of a subscriber whose products are changed by whatever orders come: what it holds at any instant is what the orders made of it. */

const database = useDatabase();
const world = useProductWorld(database);

const PLANS = ['PLAN-A', 'PLAN-B', 'PLAN-C'] as const;
const ADD_ONS = ['ADD-A', 'ADD-B', 'ADD-C'] as const;

beforeAll(async () => {
  world.clock.set('2026-01-05T02:00:00Z');
  const quantity = { least: 1, most: 3, standard: 1 };
  for (const code of PLANS) await world.sell(code, { prices: [monthly('31.00')] });
  await world.sell('ADD-A', { prices: [monthly('1.00')], quantity }, 'ADD_ON');
  await world.sell('ADD-B', { prices: [monthly('1.00')], quantity, rules: { requires: [['ADD-A']] } }, 'ADD_ON');
  await world.sell('ADD-C', { prices: [monthly('1.00')], quantity, rules: { excludes: ['PLAN-B'] } }, 'ADD_ON');
});

type Instant = Temporal.Instant;
type Step = Readonly<{ hours: number; what: 'ADD' | 'REMOVE' | 'QUANTITY' | 'NOW' | 'NEXT_PERIOD'; which: number }>;
interface Span {
  readonly code: string;
  readonly quantity: number;
  readonly from: Instant;
  readonly to: Instant | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  hours: fc.integer({ min: 1, max: 150 }),
  what: fc.constantFrom('ADD', 'REMOVE', 'QUANTITY', 'NOW', 'NEXT_PERIOD'),
  which: fc.nat({ max: 2 }),
});

const isPlan = ({ code }: Span): boolean => code.startsWith('PLAN');
const before = (one: Instant, other: Instant): boolean => Temporal.Instant.compare(one, other) < 0;
const heldAt = (spans: readonly Span[], at: Instant): Span[] =>
  spans.filter(({ from, to }) => !before(at, from) && (to === null || before(at, to)));
const endAt = (spans: readonly Span[], gone: (span: Span) => boolean, at: Instant): Span[] =>
  spans.flatMap((span) => {
    if (!gone(span) || (span.to !== null && !before(at, span.to))) return [span];
    return before(span.from, at) ? [{ ...span, to: at }] : [];
  });

/** Local midnight of the first of the month that follows, in Shanghai. */
function nextFirst(now: Instant): Instant {
  const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  return today.with({ day: 1 }).add({ months: 1 }).toZonedDateTime('Asia/Shanghai').toInstant();
}

/** What the model says of a step that is done now. */
function after(spans: readonly Span[], { what, which }: Step, now: Instant): Span[] {
  const code = ADD_ONS[which] ?? '';
  const held = heldAt(spans, now).find((span) => span.code === code);
  if (what === 'ADD') return [...spans, { code, quantity: 1, from: now, to: null }];
  if (what === 'REMOVE') return endAt(spans, (span) => span.code === code, now);
  if (what === 'QUANTITY') {
    const quantity = ((held?.quantity ?? 0) % 3) + 1;
    return [...endAt(spans, (span) => span.code === code, now), { code, quantity, from: now, to: null }];
  }
  const at = what === 'NOW' ? now : nextFirst(now);
  const kept = endAt(spans, (span) => isPlan(span) && before(now, span.from), now);
  const current = kept.map((span) => (isPlan(span) && heldAt([span], now).length > 0 ? { ...span, to: null } : span));
  return [...endAt(current, isPlan, at), { code: PLANS[which] ?? '', quantity: 1, from: at, to: null }];
}

/** The item of a step; null where there is nothing that it could change. */
async function itemOf(id: string, { what, which }: Step, spans: readonly Span[]): Promise<object | null> {
  const code = ADD_ONS[which] ?? '';
  if (what === 'ADD') return { addProduct: { subscriberId: id, product: { code } } };
  if (what === 'NOW' || what === 'NEXT_PERIOD') return { changePlan: { subscriberId: id, plan: { code: PLANS[which] }, when: what } };
  const instanceId = await world.instanceOf(id, code);
  if (instanceId === '') return null;
  if (what === 'REMOVE') return { removeProduct: { subscriberId: id, instanceId } };
  const quantity = ((heldAt(spans, world.clock.now()).find((span) => span.code === code)?.quantity ?? 0) % 3) + 1;
  return { changeQuantity: { subscriberId: id, instanceId, quantity } };
}

test('what a subscriber holds at any instant is what its orders made of it, and each fact begins when its order took effect', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 20 }), async (steps) => {
      const start = world.clock.set('2026-01-06T02:00:00Z');
      const { customerId, id } = await world.holder('PLAN-A', [{ code: 'ADD-A' }]);
      let spans: Span[] = ['PLAN-A', 'ADD-A'].map((code) => ({ code, quantity: 1, from: start, to: null }));
      for (const one of steps) {
        world.clock.advance({ hours: one.hours });
        const item = await itemOf(id, one, spans);
        if (item === null) continue;
        const { quotationId, errors } = await world.quote(customerId, [item] as never);
        if (errors.length > 0) continue;
        expect((await world.mutate('submitOrder', { quotationId })).order?.state).toBe('completed');
        spans = after(spans, one, world.clock.now());
      }
      const changes = spans.flatMap(({ from, to }) => [from, ...(to === null ? [] : [to])]);
      for (const change of new Map(changes.map((at) => [at.toString(), at])).values()) {
        for (const at of [change, change.subtract({ milliseconds: 1 })]) {
          const expected = heldAt(spans, at).map(({ code, quantity }) => `${code} × ${quantity}`);
          expect([at.toString(), (await world.heldBy(id, at)).sort()]).toEqual([at.toString(), expected.sort()]);
        }
      }
      const strangers = `SELECT f.id FROM subscriber_product f LEFT JOIN order_item i ON i.order_id = f.order_id AND i.item_no = f.item_no
        WHERE f.subscriber_id = $1 AND upper_inf(f.recorded) AND i.effective_at IS DISTINCT FROM lower(f.valid)`;
      expect(await database.raw(strangers, [decodeId('subscriber', id)])).toEqual([]);
    }),
    // Without shrinking, which would take minutes: a failing life is told whole.
    { numRuns: 2, endOnFailure: true },
  );
}, 60_000);
