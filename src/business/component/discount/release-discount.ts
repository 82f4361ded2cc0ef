import type { UseCase } from '../../execute';
import { writeDiscountRelease } from '../../../data/operation/discount/discount-release';
import { lockOfferedDiscount, updateDiscount } from '../../../data/operation/discount/write-discount';
import { instantToText, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore, periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { EVERY_LINE, managingNode, operatorParameters, selectAncestorIds } from '../organisation';
import { checkNames, documentWords, eligibilitySchema, namesInEligibility, readDocument, toStored, type Eligibility } from '../product';
import { refuseDiscount, type DiscountRefusal } from './refusals';

export interface ReleaseDiscountInput {
  readonly discountId: Id<'discount'>;
  readonly expectedVersion: number;
  /** The discount's own node or one below it: what is said holds there and further below. */
  readonly organisationId: Id<'organisation'>;
  readonly granted: boolean;
  /** An eligibility that must be fulfilled beside the discount's own. */
  readonly narrowing?: Json;
  readonly from?: Instant | null;
  readonly to?: Instant | null;
}

/** Says at a lower node how a discount is granted there and below 分级发布: not at all, or to fewer. */
export const releaseDiscount: UseCase<ReleaseDiscountInput, { discountId: Id<'discount'> }, DiscountRefusal> = {
  name: 'releaseDiscount',
  permission: 'catalogue:release',
  async run(unit, { discountId, expectedVersion, organisationId, granted, narrowing: written = {}, ...period }) {
    const discount = await lockOfferedDiscount(unit, discountId, 'catalogue:release');
    if (discount === undefined) return refuseDiscount('NOT_FOUND', 'discountId');
    if (discount.version !== expectedVersion) return refuseDiscount('STALE_VERSION', 'expectedVersion', { version: discount.version });
    const line = discount.service_type ?? EVERY_LINE;
    const refused = await managingNode(unit, organisationId, 'catalogue:release', refuseDiscount, line);
    if (refused !== undefined) return refused;
    const above = (await selectAncestorIds(unit, [organisationId])).get(organisationId);
    if (above?.has(discount.organisation_id) !== true) return refuseDiscount('NOT_OFFERED_THERE', 'organisationId');
    const valid = periodOf(period.from, period.to, unit.now);
    if (valid === undefined) return refuseDiscount('INVALID_PERIOD', period.to == null ? 'from' : 'to');
    if (isBefore(valid.from, unit.now)) return refuseDiscount('IN_THE_PAST', 'from');
    const { currency } = await operatorParameters(unit);
    const schema = eligibilitySchema(documentWords(currency));
    const read = readDocument<Eligibility, DiscountRefusal>(schema, written, refuseDiscount, 'narrowing');
    if (!read.ok) return read;
    const names = { chargeCodes: [], usageKinds: [], ...namesInEligibility(read.value, 'narrowing') };
    const missing = await checkNames(unit, names, { organisationId, serviceType: null }, null, refuseDiscount);
    if (missing.length > 0) return { ok: false, refusals: missing };
    const narrowing = toStored(read.value);
    await writeDiscountRelease(unit.transaction, { discountId, organisationId, granted, narrowing }, valid, unit.now);
    await updateDiscount(unit.transaction, discount, {});
    const { code, service_type: serviceType } = discount;
    const subject = { subjectKind: 'discount', subjectId: discountId } as const;
    const after = { granted, narrowing, from: instantToText(valid.from), to: valid.to === null ? null : instantToText(valid.to) };
    // The trail of what a node says is the node's own.
    unit.audit({ ...subject, organisationId, ...(serviceType === null ? {} : { serviceType }), before: null, after });
    unit.emit({ type: 'DiscountAttributeValueChangeEvent', ...subject, payload: { code, organisationId, ...after } });
    return ok({ discountId });
  },
};
