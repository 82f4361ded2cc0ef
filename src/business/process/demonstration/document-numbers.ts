import { creditCodeCheckLetter, residentCheckLetter } from '../../component/customer';
import type { Chance } from './chance';

const CREDIT_CODE_LETTERS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

/** A resident identity number 居民身份证号 of an adult of the area, with its check letter. `n` keeps two from being equal. */
export function residentNumber(chance: Chance, areaCode: string, n: number): string {
  const year = chance.between(1950, 2006);
  const month = String(chance.between(1, 12)).padStart(2, '0');
  const day = String(chance.between(1, 28)).padStart(2, '0');
  const digits = `${areaCode}${year}${month}${day}${String(n % 1_000).padStart(3, '0')}`;
  return digits + residentCheckLetter(digits);
}

/** A unified social credit code 统一社会信用代码: `91` an enterprise, `11` an office of the government. */
export function creditCode(chance: Chance, registrar: '91' | '11', areaCode: string): string {
  const body = Array.from({ length: 9 }, () => chance.one(CREDIT_CODE_LETTERS)).join('');
  const letters = registrar + areaCode + body;
  return letters + creditCodeCheckLetter(letters);
}
