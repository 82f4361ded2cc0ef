import type { NumberState } from '../../../../data/operation/number/access-number';
import type { WordsOf } from '../../../../kernel/result';

/** 号码状态, as a clerk is told them. */
export const NUMBER_STATE_WORDS: WordsOf<NumberState> = {
  idle: { zh: '空闲', en: 'idle' },
  preOccupied: { zh: '预占', en: 'reserved' },
  occupied: { zh: '占用', en: 'in use' },
  frozen: { zh: '冷冻', en: 'at rest' },
  held: { zh: '预留', en: 'kept back' },
  portedOut: { zh: '携出', en: 'with another operator' },
  portedIn: { zh: '携入', en: 'in use, from another operator' },
  scrapped: { zh: '报废', en: 'out of stock' },
};
