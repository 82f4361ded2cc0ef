import { toCsvRecord } from './csv-record';

describe('a record of a report', () => {
  it('quotes what must be, and has no formula', () => {
    expect(toCsvRecord(['1', 'a,b', 'say "x"', 'two\nlines', ''])).toBe('1,"a,b","say ""x""","two\nlines",\n');
    expect(toCsvRecord(['=HYPERLINK("x")', '+86 571', '-12.30', '-1+1', '@SUM(A1)', '\tx'])).toBe(
      `"'=HYPERLINK(""x"")",'+86 571,-12.30,'-1+1,'@SUM(A1),'\tx\n`,
    );
  });
});
