/** What is asked of a pair, and what the answers are called: whether both are one recall, or whether the first expands the second. */
import { word } from '../ui/words.ts'
import type { LinkRuling, RecallPair } from './types.ts'

type Asked = {
  title: string
  why: string
  legend: string
  choices: Record<LinkRuling, { label: string; means: string }>
  saved: (one: string, other: string) => Record<LinkRuling, string>
}

export const ASKED: Record<RecallPair['asks'], Asked> = {
  same: {
    title: 'Are these the same recall?',
    why: 'Why they may be one',
    legend: 'They are',
    choices: {
      same: { label: 'The same recall', means: 'One entry, one campaign; each buyer hears of it from the agency of their own country.' },
      different: { label: 'Two recalls', means: 'They stay apart, and are not proposed again.' },
    },
    saved: (one, other) => ({ same: `${one} and ${other} are the same recall.`, different: `${one} and ${other} are two recalls.` }),
  },
  expands: {
    title: 'Does the first expand the second?',
    why: 'Why it may',
    legend: 'The first',
    choices: {
      same: { label: 'Expands the second', means: 'Both pages say so. Each recall keeps its own units and its own campaign.' },
      different: { label: 'Is another recall', means: 'They stay apart, and are not proposed again.' },
    },
    saved: (one, other) => ({ same: `${one} expands ${other}.`, different: `${one} does not expand ${other}.` }),
  },
}

/** What was ruled last, as the answer was called. */
export function ruledText({ asks, ruling }: RecallPair): string {
  if (ruling === null) return word('proposed')
  return ruling.ruling === 'withdrawn' ? word('withdrawn') : ASKED[asks].choices[ruling.ruling].label
}

/** What the address keeps of a ruling, and what it says: "CPSC-1~HC-2~same~different". Null where it is none of ours. */
export function ruledSearch(pair: Pick<RecallPair, 'recall_id' | 'other_recall_id' | 'asks'>, ruling: LinkRuling): string {
  return [pair.recall_id, pair.other_recall_id, pair.asks, ruling].join('~')
}

export type RuledBefore = { recallId: string; otherId: string; asks: RecallPair['asks']; ruling: LinkRuling }

export function readRuled(text: string | null): RuledBefore | null {
  const [recallId = '', otherId = '', asks, ruling] = (text ?? '').split('~')
  if (recallId === '' || otherId === '' || (asks !== 'same' && asks !== 'expands')) return null
  return ruling === 'same' || ruling === 'different' ? { recallId, otherId, asks, ruling } : null
}
