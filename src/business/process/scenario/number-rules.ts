import type { z } from 'zod';
import type { ClassRule, NumberPattern } from '../../component/number';
import { fields, given, list, text } from './written/fields';
import { codeOf, handle } from './written/handle';

/** What numbers look like, each part a text. */
const pattern = fields({
  startsWith: text.optional(),
  endsWith: text.optional(),
  contains: text.optional(),
  tailShape: text.optional(),
  without: text.optional(),
});
export const numberPattern = pattern as z.ZodType<z.output<typeof pattern>>;

const rule = fields({ class: handle('numberClass'), pattern: numberPattern });

/** Which numbers of those that come into stock are of which class: of several rules that fit, the first. */
export const classRules = list(rule as z.ZodType<z.output<typeof rule>>);

export function rulesOf(rules: z.output<typeof classRules>): readonly ClassRule[] {
  return rules.map((one) => ({ classCode: codeOf(one.class), pattern: patternOf(one.pattern) }));
}

export function patternOf(written: z.output<typeof numberPattern>): NumberPattern {
  return given(written);
}
