/** What the API says about pairs of recalls that may be one, as JSON. */
import type { Reason, Recall } from '../recalls/types.ts'

export type LinkRuling = 'same' | 'different'
export type LinkStanding = 'proposed' | 'linked' | 'different'

export type RecallPair = {
  recall_id: string
  other_recall_id: string
  /** Whether both are the same recall, or whether the first expands the second, an earlier one of its agency. */
  asks: 'same' | 'expands'
  standing: LinkStanding
  weight: number
  reasons: Reason[]
  recall: Recall
  other_recall: Recall
  ruling: { ruling: LinkRuling | 'withdrawn'; decided_by: string; decided_at: string; reason: string } | null
}
