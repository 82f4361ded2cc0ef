import { isSimNumber, normaliseIdentifier, normaliseSim } from './identifier';

describe('identifiers', () => {
  it.each([
    ['89860012345678901234', true],
    ['8986001234567890123', true],
    ['898600MFSSYYGXXXXXXP', true],
    ['19860012345678901234', false],
    ['898600123456789012', false],
    ['898600123456789012345', false],
    ['8986-0012345678901234', false],
  ])('SIM %s → %s', (value, valid) => {
    expect(isSimNumber(value)).toBe(valid);
  });

  it('are kept without what a clerk types beside them', () => {
    expect(normaliseIdentifier(' 13812345678 ')).toBe('13812345678');
    expect(normaliseSim(' 8986 0012 3456 7890 123f')).toBe('8986001234567890123F');
  });
});
