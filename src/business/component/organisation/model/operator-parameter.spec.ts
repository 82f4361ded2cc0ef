import type { Json } from '../../../../kernel/stable-json';
import { OPERATOR_PARAMETERS, OPERATOR_PARAMETER_NAMES, type OperatorParameterName } from './operator-parameter';

describe("the operator's parameters", () => {
  it.each(OPERATOR_PARAMETER_NAMES)('%s has an initial value that it would take', (name) => {
    const { initially, read } = OPERATOR_PARAMETERS[name];
    expect(read(initially)).toHaveProperty('value');
  });

  const refused: [OperatorParameterName, Json][] = [
    ['timeZone', 'Asia/Atlantis'], ['timeZone', 8], ['timeZone', null],
    ['currency', 'XXX'], ['currency', 'toString'], ['currency', ['CNY']],
    ['name', '三户'], ['name', { zh: '三户' }], ['name', { zh: '三户', en: ' ' }], ['name', null],
    ['name', { zh: '户'.repeat(201), en: 'Sanhu' }],
  ]; // prettier-ignore
  it.each(refused)('%s refuses %j', (name, value) => {
    expect(OPERATOR_PARAMETERS[name].read(value)).toHaveProperty('reason');
  });
});
