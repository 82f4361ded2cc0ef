import { closestWord } from './closest-word';

const KNOWN = ['openSubscriber', 'stopSubscriber', 'closeAccount', 'from', 'to'];

test.each([
  ['openSubscribr', 'openSubscriber'],
  ['opensubscriber', 'openSubscriber'],
  ['stopSubsrciber', 'stopSubscriber'],
  ['closeAcount', 'closeAccount'],
  ['form', 'from'],
  ['t', 'to'],
  ['openSubscriber', 'openSubscriber'],
])('%s is most likely %s', (word, meant) => {
  expect(closestWord(word, KNOWN)).toBe(meant);
});

test.each(['payInvoice', 'x', '', '开户'])('%s is none of them', (word) => {
  expect(closestWord(word, KNOWN)).toBeUndefined();
});

test('a word of nothing but letters that differ is not guessed at', () => {
  expect(closestWord('abc', [])).toBeUndefined();
});
