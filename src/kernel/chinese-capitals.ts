const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS: readonly (readonly [value: bigint, name: string])[] = [
  [100_000_000n, '亿'],
  [10_000n, '万'],
  [1_000n, '仟'],
  [100n, '佰'],
  [10n, '拾'],
];

/**
 * An amount in renminbi as documents write it in words 大写金额: 100110 fen is 人民币壹仟零壹元壹角整. Between 元 and 分 a missing 角 is 零; 整
 * closes what ends in 元 or 角, so that nothing can be written behind it (正确填写票据和结算凭证的基本规定, People's Bank of China).
 */
export function yuanInCapitals(fen: bigint): string {
  const amount = fen < 0n ? -fen : fen;
  const [yuan, jiao, rest] = [amount / 100n, (amount / 10n) % 10n, amount % 10n];
  const whole = yuan === 0n && amount !== 0n ? '' : `${numeral(yuan)}元`;
  const tenths = jiao === 0n ? (rest !== 0n && yuan !== 0n ? '零' : '') : `${digit(jiao)}角`;
  const hundredths = rest === 0n ? '整' : `${digit(rest)}分`;
  return `人民币${fen < 0n ? '负' : ''}${whole}${tenths}${hundredths}`;
}

/** A whole number from 0 on. What is before a unit is a number again, so that 亿 comes twice from 10,000 trillion on. */
function numeral(value: bigint): string {
  const unit = UNITS.find(([size]) => value >= size);
  if (unit === undefined) return digit(value);
  const [size, name] = unit;
  const rest = value % size;
  const gap = rest !== 0n && rest < size / 10n ? '零' : '';
  return `${numeral(value / size)}${name}${gap}${rest === 0n ? '' : numeral(rest)}`;
}

function digit(value: bigint): string {
  return DIGITS[Number(value)] ?? '';
}
