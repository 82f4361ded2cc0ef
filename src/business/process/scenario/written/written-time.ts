import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { TimeZone } from '../../../../kernel/calendar';
import type { Instant } from '../../../../kernel/clock';

const FORM = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** A date (its beginning) or a date and time, local to the operator unless it carries an offset. */
export class WrittenTime {
  private constructor(
    public readonly text: string,
    private readonly local: Temporal.PlainDateTime,
    private readonly hasTime: boolean,
    private readonly exact: Instant | undefined,
  ) {}

  /** Undefined when it is no time, as on 30 February. */
  public static read(text: string): WrittenTime | undefined {
    const [, date, time, offset] = FORM.exec(text) ?? [];
    if (date === undefined) return undefined;
    try {
      const local = Temporal.PlainDateTime.from(time === undefined ? date : `${date}T${time}`);
      const exact = offset === undefined ? undefined : Temporal.Instant.from(`${local.toString()}${offset}`);
      return new WrittenTime(text, local, time !== undefined, exact);
    } catch {
      return undefined;
    }
  }

  /** The instant meant, or why there is none: where clocks are changed, a local time may not exist, or come twice. */
  public in(zone: TimeZone): { readonly instant: Instant } | { readonly reason: string } {
    if (this.exact !== undefined) return { instant: this.exact };
    if (!this.hasTime) return { instant: this.local.toPlainDate().toZonedDateTime(zone).toInstant() };
    const earlier = this.local.toZonedDateTime(zone, { disambiguation: 'earlier' });
    const later = this.local.toZonedDateTime(zone, { disambiguation: 'later' });
    if (earlier.equals(later)) return { instant: earlier.toInstant() };
    return earlier.toPlainDateTime().equals(this.local)
      ? { reason: `${this.text} comes twice in ${zone}: write ${this.text}${earlier.offset} or ${this.text}${later.offset}` }
      : { reason: `${this.text} does not exist in ${zone}, where clocks are put forward over it` };
  }
}

const ERROR = 'a date as 2027-03-01, or a date and time as 2027-03-01T14:30, is needed here';

/** A time as it is written in a file. */
export const time: z.ZodType<WrittenTime> = z.string({ error: ERROR }).transform((text, context): WrittenTime => {
  const read = WrittenTime.read(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: ERROR });
  return z.NEVER;
});
