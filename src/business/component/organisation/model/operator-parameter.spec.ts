import type { Json } from '../../../../kernel/stable-json';
import { HOLIDAYS_MAX, OPERATOR_PARAMETERS, OPERATOR_PARAMETER_NAMES, type OperatorParameterName } from './operator-parameter';

describe("the operator's parameters", () => {
  it.each(OPERATOR_PARAMETER_NAMES)('%s has an initial value that it would take', (name) => {
    const { initially, read } = OPERATOR_PARAMETERS[name];
    expect(read(initially)).toHaveProperty('value');
  });

  const days = (count: number) =>
    Array.from({ length: count }, (_, day) => `${String(2000 + Math.floor(day / 28))}-01-${String((day % 28) + 1).padStart(2, '0')}`);

  it('calendar reads the first day of the week and the holidays as dates', () => {
    const read = OPERATOR_PARAMETERS.calendar.read({ firstDayOfWeek: 7, holidays: ['2027-01-01', '2028-02-29'] });
    expect(JSON.parse(JSON.stringify(read))).toEqual({ value: { firstDayOfWeek: 7, holidays: ['2027-01-01', '2028-02-29'] } });
    expect('value' in read && read.value.holidays[1]?.dayOfWeek).toBe(2);
    expect(OPERATOR_PARAMETERS.calendar.read({ firstDayOfWeek: 1, holidays: days(HOLIDAYS_MAX) })).toHaveProperty('value');
  });

  const refused: [OperatorParameterName, Json][] = [
    ['timeZone', 'Asia/Atlantis'], ['timeZone', 8], ['timeZone', null],
    ['currency', 'XXX'], ['currency', 'toString'], ['currency', ['CNY']],
    ['name', '三户'], ['name', { zh: '三户' }], ['name', { zh: '三户', en: ' ' }], ['name', null],
    ['name', { zh: '户'.repeat(201), en: 'Sanhu' }],
    ['numberReservationMinutes', 0], ['numberReservationMinutes', 1_441], ['numberReservationMinutes', 1.5], ['numberReservationMinutes', '30'],
    ['numberFreezeDays', -1], ['numberFreezeDays', 3_651], ['numberFreezeDays', null],
    ['proration', 'DAILY'], ['terminationDay', true], ['firstPartialPiece', 'AT_ONCE'], ['changesWithinPeriod', null],
    ['partialFirstPeriod', 'counts'], ['contractsWhileStopped', 'STOP'], ['taxRounding', ['PER_BILL']],
    ['calendar', null], ['calendar', []], ['calendar', { firstDayOfWeek: 1 }], ['calendar', { holidays: [] }],
    ['calendar', { firstDayOfWeek: 0, holidays: [] }], ['calendar', { firstDayOfWeek: 8, holidays: [] }],
    ['calendar', { firstDayOfWeek: 1.5, holidays: [] }], ['calendar', { firstDayOfWeek: '1', holidays: [] }],
    ['calendar', { firstDayOfWeek: 1, holidays: ['2027-02-29'] }], ['calendar', { firstDayOfWeek: 1, holidays: ['20270101'] }],
    ['calendar', { firstDayOfWeek: 1, holidays: ['2027-01-01T00:00'] }], ['calendar', { firstDayOfWeek: 1, holidays: [20270101] }],
    ['calendar', { firstDayOfWeek: 1, holidays: ['2027-01-02', '2027-01-01'] }],
    ['calendar', { firstDayOfWeek: 1, holidays: ['2027-01-01', '2027-01-01'] }],
    ['calendar', { firstDayOfWeek: 1, holidays: days(HOLIDAYS_MAX + 1) }],
  ]; // prettier-ignore
  it.each(refused)('%s refuses %j', (name, value) => {
    expect(OPERATOR_PARAMETERS[name].read(value)).toHaveProperty('reason');
  });
});
