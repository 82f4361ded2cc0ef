import type { Language } from '../../kernel/result';

/** The language to answer in: of the two that Sanhu speaks, the one that the caller likes better; Chinese when neither. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined) return 'zh';
  const liking = { zh: 0, en: 0 };
  for (const range of acceptLanguage.slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const quality = Number(/^q=([01](?:\.\d{0,3})?)$/.exec(parameters[0]?.trim() ?? 'q=1')?.[1] ?? 0);
    if (tag === 'zh' || tag.startsWith('zh-')) liking.zh = Math.max(liking.zh, quality);
    if (tag === 'en' || tag.startsWith('en-')) liking.en = Math.max(liking.en, quality);
  }
  return liking.en > liking.zh ? 'en' : 'zh';
}
