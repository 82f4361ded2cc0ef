import type { Unit } from '../../context';
import type { AccessNumberRow, NumberState } from '../../../data/operation/number/access-number';
import type { NumberStanding } from '../../../data/operation/number/write-access-numbers';
import type { Json } from '../../../kernel/stable-json';

type Subject = Pick<AccessNumberRow, 'id' | 'value' | 'organisation_id' | 'service_type'>;

/** The line in the audit trail and the event of a number that changed. */
function recordNumber(unit: Unit, { id, value, organisation_id, service_type }: Subject, before: Json, after: Json, type: string): void {
  const subject = { subjectKind: 'accessNumber', subjectId: id } as const;
  unit.audit({ ...subject, organisationId: organisation_id, serviceType: service_type, before, after });
  unit.emit({ ...subject, type, payload: { number: value, ...(after as Readonly<Record<string, Json>>) } });
}

/** What TM Forum calls a change of a resource's state (TMF639). */
export function recordStanding(
  unit: Unit,
  number: Subject,
  before: NumberState | null,
  standing: NumberStanding & { subscriberId?: string },
): void {
  const { state, until, holder, subscriberId } = standing;
  const after = {
    state,
    ...(until === undefined ? {} : { until: until.toString() }),
    ...(holder === undefined ? {} : { holderKind: holder.kind, holderId: holder.id }),
    ...(subscriberId === undefined ? {} : { subscriberId }),
  };
  recordNumber(unit, number, before === null ? null : { state: before }, after, 'ResourceStateChangeEvent');
}

export function recordClass(unit: Unit, number: Subject & Pick<AccessNumberRow, 'class_code'>, classCode: string | null): void {
  recordNumber(unit, number, { classCode: number.class_code }, { classCode }, 'ResourceAttributeValueChangeEvent');
}
