/** A seller takes back what they said, or an officer takes an announcement from them. From then on the waves tell those buyers again. */
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import { lockFanOut } from '../queries.ts'
import { endList, selectList } from './queries-record.ts'

const REASON_CHARACTERS_MAX = 4_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * `sellerId` is who asks where it is a seller: the list must be theirs. Null: an officer revokes. `orderIds` null: all of the list. The rows stay,
 * with who, when and why; what the seller told stays said where the buyer heard it.
 */
export type ListEnd = {
  listId: string
  campaignId: string
  sellerId: string | null
  orderIds: readonly string[] | null
  actor: string
  reason: string
  at: Date
}

/** Ends what still stands of the list. `ended` is how many orders; ending them twice ends nothing more. */
export async function endSellerList(tx: Tx, order: ListEnd): Promise<Result<{ listId: string; ended: number }>> {
  const { listId, campaignId, sellerId, orderIds, actor, at } = order
  const why = order.reason.trim()
  if (why === '') return fail('invalid', 'Say why. It is kept with the list.', 'reason')
  if (why.length > REASON_CHARACTERS_MAX) return fail('invalid', `Say why in at most ${REASON_CHARACTERS_MAX} characters.`, 'reason')
  await lockFanOut(tx.db, campaignId)
  const list = UUID.test(listId) ? await selectList(tx.db, listId) : null
  if (list === null || list.campaignId !== campaignId || (sellerId !== null && list.sellerId !== sellerId))
    return fail('not_found', 'There is no such list in this campaign.', 'list_id')
  const as = sellerId === null ? 'revoked' : 'withdrawn'
  const ended = await endList(tx.db, list, { orderIds, as, actor, why, at })
  if (ended > 0) {
    const detail = { list_id: listId, seller_id: list.sellerId, kind: list.kind, ended, reason: why }
    await audit(tx.db, { actor, action: `outreach.seller_list_${as}`, subject: `campaign:${campaignId}`, detail, at })
  }
  return ok({ listId, ended })
}
