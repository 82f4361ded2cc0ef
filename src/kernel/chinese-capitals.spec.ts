import fc from 'fast-check';
import { yuanInCapitals } from './chinese-capitals';

test.each([
  [0n, '零元整'],
  [1n, '壹分'],
  [5n, '伍分'],
  [10n, '壹角整'],
  [55n, '伍角伍分'],
  [100n, '壹元整'],
  [101n, '壹元零壹分'],
  [110n, '壹元壹角整'],
  [1_000n, '壹拾元整'],
  [1_005n, '壹拾元零伍分'],
  [1_100n, '壹拾壹元整'],
  [12_345n, '壹佰贰拾叁元肆角伍分'],
  [32_504n, '叁佰贰拾伍元零肆分'],
  [100_110n, '壹仟零壹元壹角整'],
  [140_950n, '壹仟肆佰零玖元伍角整'],
  [168_032n, '壹仟陆佰捌拾元叁角贰分'],
  [600_714n, '陆仟零柒元壹角肆分'],
  [1_000_000n, '壹万元整'],
  [1_640_902n, '壹万陆仟肆佰零玖元零贰分'],
  [10_010_000n, '壹拾万零壹佰元整'],
  [10_700_053n, '壹拾万柒仟元伍角叁分'],
  [100_000_100n, '壹佰万零壹元整'],
  [1_000_000_000n, '壹仟万元整'],
  [10_000_000_000n, '壹亿元整'],
  [10_001_000_000n, '壹亿零壹万元整'],
  [10_000_100_000n, '壹亿零壹仟元整'],
  [101_000_000_000n, '壹拾亿壹仟万元整'],
  [100_000_000_000_000n, '壹万亿元整'],
  [9_223_372_036_854_775_807n, '玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分'],
  [-12_345n, '负壹佰贰拾叁元肆角伍分'],
  [-5n, '负伍分'],
])('%s fen: %s', (fen, words) => expect(yuanInCapitals(fen)).toBe(`人民币${words}`));

/** Reads the words back, in a way of its own. */
function readBack(words: string): bigint {
  const [, sign, whole = '', tenths = '零', hundredths = '零'] = /^人民币(负?)(?:(.*)元)?零?(?:(.)角)?(?:(.)分)?整?$/.exec(words) ?? [];
  const digits = '零壹贰叁肆伍陆柒捌玖';
  let [sum, section, last] = [0n, 0n, 0n];
  for (const letter of whole) {
    const unit = { 拾: 10n, 佰: 100n, 仟: 1_000n }[letter];
    if (unit !== undefined) [section, last] = [section + last * unit, 0n];
    else if (letter === '万') [sum, section, last] = [sum + (section + last) * 10_000n, 0n, 0n];
    else if (letter === '亿') [sum, section, last] = [(sum + section + last) * 100_000_000n, 0n, 0n];
    else last = BigInt(digits.indexOf(letter));
  }
  const fen = (sum + section + last) * 100n + BigInt(digits.indexOf(tenths) * 10 + digits.indexOf(hundredths));
  return sign === '负' ? -fen : fen;
}

test('what is written can be read back, and no zero is written twice or at the end', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -9_999_999_999_999_999n, max: 9_999_999_999_999_999n }), (fen) => {
      const words = yuanInCapitals(fen);
      expect(readBack(words)).toBe(fen);
      if (fen !== 0n) expect(words).not.toMatch(/零零|零[元万亿]|零$/);
    }),
    { numRuns: 2_000 },
  );
});
