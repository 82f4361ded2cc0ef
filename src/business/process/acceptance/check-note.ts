import { refuseOrder } from '../../component/order';
import { lengthOf } from '../../../kernel/text';
import type { Refused } from './refusals';

const NOTE_LENGTH_MAX = 500;

/** What somebody says beside a decision is for people to read, and has an end. */
export function checkNote(note: string | null): Refused | undefined {
  return note !== null && lengthOf(note) > NOTE_LENGTH_MAX ? refuseOrder('TOO_LONG', 'note', { max: NOTE_LENGTH_MAX }) : undefined;
}
