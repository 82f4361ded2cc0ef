import type { Actor } from '../../context';
import type { NumberHolder } from '../../../data/operation/number/access-number';
import { decodeId } from '../../../kernel/id';

/** The member of staff who calls, as who may hold numbers at a counter; undefined for a partner, and for the system. */
export function holderAtCounter({ kind, id }: Pick<Actor, 'kind' | 'id'>): NumberHolder | undefined {
  const staffId = kind === 'STAFF' ? decodeId('staff', id) : undefined;
  return staffId === undefined ? undefined : { kind: 'STAFF', id: staffId };
}
