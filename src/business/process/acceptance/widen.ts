import type { Unit } from '../../context';
import { systemScope } from '../../../kernel/scope';

/** The same unit with the system's scope: see `wide` of `Accepting`. */
export function widen(unit: Unit): Unit {
  return { ...unit, scope: systemScope };
}
