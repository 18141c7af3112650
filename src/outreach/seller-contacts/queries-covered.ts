/** Whom a wave leaves to their seller, and whom it makes up to afterwards: conditions on notices `n` for the statements of waves. */
import { sql, type RawBuilder } from 'kysely'

/** Whether a seller has said anything of the campaign's buyers. Asked once per statement: index seller_contacts_campaign. */
export function sellersSpeakSql(campaignId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from outreach.seller_contacts where campaign_id = ${campaignId})`
}

/**
 * The buyer of a notice `n` is their sellers' to tell at `at`: every line that they have in the campaign is covered by its seller, who named its
 * order after it had come in, and nothing has ended that since. Whoever has one more line, of another seller or in an order that was not named,
 * is told by us. `offset 0` keeps the planner from reading the whole campaign for a block of it: each buyer is looked up by primary key.
 */
export function isCoveredSql(at: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(exists (select from outreach.seller_contacts c
                      where c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id and c.covers_until > ${at} and c.ended_at is null offset 0)
         and not exists (select from outreach.affected_lines a
                          where a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id
                            and not exists (select from outreach.seller_contacts c
                                             where c.buyer_id = a.buyer_id and c.campaign_id = a.campaign_id and c.order_id = a.order_id
                                               and c.seller_id = a.seller_id and c.covers_until > ${at} and c.ended_at is null
                                               and c.recorded_at >= a.found_at offset 0) offset 0))`
}

/**
 * The buyer of a notice `n` missed a reminder because their seller was to tell them, and no word of a seller's stands in for it any more: the
 * time ran out, or what was said was taken back. Whoever got anything of ours since that reminder began has missed nothing.
 */
export function missedReminderSql(campaignId: string, at: RawBuilder<unknown>): RawBuilder<boolean> {
  const end = sql`least(c.covers_until, c.ended_at)`
  return sql<boolean>`(${sellersSpeakSql(sql`${campaignId}`)}
         and exists (select from outreach.seller_contacts c
                       join outreach.waves w on w.campaign_id = c.campaign_id and w.kind = 'reminder' and w.created_at >= c.recorded_at and w.created_at < ${end}
                      where c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id and ${end} <= ${at}
                        and not exists (select from outreach.seller_contacts k
                                         where k.buyer_id = c.buyer_id and k.campaign_id = c.campaign_id and k.order_id = c.order_id
                                           and k.seller_id = c.seller_id and k.contact_no >= c.contact_no
                                           and k.kind = 'told' and k.outcome <> 'not_reached' and k.ended_at is null)
                        and not exists (select from outreach.deliveries d
                                         where d.buyer_id = n.buyer_id and d.campaign_id = n.campaign_id and d.wave > 0 and d.started_at >= w.created_at)))`
}

/**
 * Every line of the buyer of `n` was covered for some time of `[from, to]`: for the questions that are asked afterwards. `surely` leaves out what was
 * said at the very end of it.
 */
export function wasCoveredSql(from: RawBuilder<unknown>, to: RawBuilder<unknown>, surely: 'surely' | 'perhaps'): RawBuilder<boolean> {
  const said = surely === 'surely' ? sql`c.recorded_at < ${to}` : sql`c.recorded_at <= ${to}`
  return sql<boolean>`(exists (select from outreach.seller_contacts c where c.buyer_id = n.buyer_id and c.campaign_id = n.campaign_id)
         and not exists (select from outreach.affected_lines a
                          where a.buyer_id = n.buyer_id and a.campaign_id = n.campaign_id
                            and not exists (select from outreach.seller_contacts c
                                             where c.buyer_id = a.buyer_id and c.campaign_id = a.campaign_id and c.order_id = a.order_id
                                               and c.seller_id = a.seller_id and ${said} and c.covers_until > ${from}
                                               and (c.ended_at is null or c.ended_at > ${from}) and c.recorded_at >= a.found_at)))`
}
