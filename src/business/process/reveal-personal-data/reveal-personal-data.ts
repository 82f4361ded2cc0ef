import { execute } from '../../execute';
import type { CallContext } from '../../context';
import {
  recordRevelation,
  refuseCustomer,
  selectPersonalData,
  type CustomerRefusal,
  type PersonalData,
  type RevealPersonalDataInput,
} from '../../component/customer';
import { instantFromDatabase } from '../../../kernel/clock';
import { ok, type Result } from '../../../kernel/result';

/** How long after its record an answer may be fetched again with the same key, as when the first one was lost on the way. */
const REVEAL_LIFE_MS = 60_000;

/**
 * Shows a customer's personal data in clear 查看完整个人信息, after the look has been recorded and committed. The same key shows
 * it again for a minute, in case the first answer was lost; after that every look is a record of its own.
 * @throws Failure as `execute` does
 */
export async function revealPersonalData(
  context: CallContext,
  input: RevealPersonalDataInput,
  idempotencyKey: string,
): Promise<Result<PersonalData, CustomerRefusal>> {
  const recorded = await execute(context, recordRevelation, input, idempotencyKey);
  if (!recorded.ok) return recorded;
  const age = context.clock.now().epochMilliseconds - instantFromDatabase(recorded.value.recordedAt).epochMilliseconds;
  if (age > REVEAL_LIFE_MS) return refuseCustomer('REVEAL_EXPIRED');
  const data = await selectPersonalData(context, recorded.value.customerId, {
    name: input.fields.includes('NAME'),
    documents: input.fields.includes('DOCUMENTS'),
    contacts: input.fields.includes('CONTACTS'),
  });
  return data === undefined ? refuseCustomer('NOT_FOUND', 'customerId') : ok(data);
}
