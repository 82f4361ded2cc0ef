import { checkText } from '../../component/order';
import type { Refused } from './refusals';

const NOTE_LENGTH_MAX = 500;

/** What somebody says beside a decision is for people to read, and has an end. */
export function checkNote(note: string | null): Refused | undefined {
  return checkText(note ?? '', 'note', NOTE_LENGTH_MAX)[0];
}
