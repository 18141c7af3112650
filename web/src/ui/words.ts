/** The words for states, steps and accounts: the glossary's, the same as in mails, pages and the API. */

const WORDS: Record<string, string> = {
  // What a match or an order line is.
  affected: 'Affected',
  possibly: 'Possibly affected',
  no: 'Not affected',
  // How the engine would have it decided.
  auto: 'decided by rule',
  review: 'for review',
  dismiss: 'set aside by rule',
  withdrawn: 'Taken back',
  // Whether two recalls are one.
  proposed: 'To decide',
  linked: 'The same',
  different: 'Different',
  same: 'The same',
  // What a match waits for.
  'why:review': 'Decide',
  'why:confirm': 'Confirm',
  'why:changed': 'Look again',
  // How dangerous a recall is.
  serious: 'Serious',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  // Where units are.
  received: 'Received',
  sellable: 'Sellable',
  held: 'Held',
  in_transit: 'In transit',
  with_consumers: 'With consumers',
  returned: 'Returned',
  destroyed: 'Destroyed',
  reworked: 'Reworked',
  in_scope: 'Affected',
  out_of_scope: 'Out of scope',
  cleared: 'Cleared by its number',
  // Where a buyer's notice stands, and how far the buyer has come.
  pending: 'Pending',
  delivered: 'Delivered',
  unreachable: 'Unreachable',
  identified: 'Identified',
  notified: 'Notified',
  acknowledged: 'Acknowledged',
  remedied: 'Remedied',
  // What became of a delivery.
  accepted: 'Accepted',
  refused_for_now: 'Refused for now',
  refused: 'Refused',
  failed: 'Failed',
  no_contact: 'No contact',
  seen: 'Seen',
  not_seen: 'Offered, not opened',
  in_flight: 'In flight',
  email: 'E-mail',
  sms: 'SMS',
  push: 'Push message',
  letter: 'Letter',
  banner: 'Banner',
  page: 'Page',
  // Who has told the buyer of a seller's order.
  'order:answered': 'Answered',
  'order:told': 'Told by us',
  'order:told_by_you': 'Told by you',
  'order:left_to_you': 'Left to you',
  'order:not_reached': 'Not reached by us',
  'order:waiting': 'Waiting for us',
  'by:email': 'By e-mail',
  'by:sms': 'By SMS',
  'by:phone': 'By telephone',
  'by:letter': 'By letter',
  'by:message': 'By a message in the shop',
  'by:in_person': 'In person',
  'told:told': 'Told',
  'told:answered': 'Told, and they answered',
  'told:not_reached': 'Not reached',
  // What a seller says of a buyer.
  announced: 'Announced',
  lapsed: 'Announced, time ran out',
  ended: 'Taken back or ended',
  not_reached: 'Not reached',
  told: 'Told',
  // Where a case stands, and what happened to it.
  no_case: 'No case yet',
  awaiting_proof: 'Awaiting proof',
  refund_asked: 'Refund asked',
  refunded: 'Refunded',
  refund_refused: 'Refund refused',
  paid: 'Paid',
  unsettled: 'Not settled yet',
  opened: 'Opened',
  proof_received: 'Proof received',
  proof_accepted: 'Proof accepted',
  proof_refused: 'Proof refused',
  button: 'by the button',
  case: 'by opening a case',
  no_longer_owned: 'no longer owns it',
  self_check: 'by the number on the product',
  receiver: 'by whom it was given to',
  // Remedies and proofs.
  refund: 'Refund',
  replace: 'Replacement',
  repair: 'Repair',
  dispose: 'Dispose',
  new_instructions: 'New instructions',
  label: 'Label',
  none: 'None',
  photo_of_destruction: 'Photo of the destroyed product',
  // What an agency published.
  recall: 'Recall',
  safety_alert: 'Safety alert',
  market_withdrawal: 'Market withdrawal',
  // The steps of a campaign.
  'step:opened': 'Campaign opened',
  'step:listings_stopped': 'Listings stopped',
  'step:stock_held': 'Stock held',
  'step:orders_intercepted': 'Open orders intercepted',
  'step:lines_found': 'Affected order lines found',
  'step:notices_made': 'Notices made',
  'step:wave_started': 'Wave of notices started',
  'step:wave_sent': 'Wave of notices sent',
  'step:change_proposed': 'The recall changed',
  'changed-by:document': 'The agency changed this recall',
  'changed-by:reading': 'This recall is read otherwise now',
  'changed-by:correction': 'This recall was corrected here',
  'step:change_refused': 'Change not followed',
  'step:scope_widened': 'Wider scope taken over',
  'step:scope_narrowed': 'Narrower scope taken over',
  'step:release_asked': 'Release asked for',
  'step:release_refused': 'Release refused',
  'step:listings_released': 'Listings released',
  'step:oversight_ended': 'The agency ended its oversight; nothing is released for that',
  // What an agency's change concerns, and what it does.
  'field:products': 'Products',
  'field:brands': 'Brands',
  'field:product_nouns': 'Kinds of product',
  'field:models': 'Models',
  'field:gtins': 'Bar codes',
  'field:marketplace_ids': 'Listings named by the agency',
  'field:lots': 'Lot numbers',
  'field:serials': 'Serial numbers',
  'field:sold': 'Sold',
  'field:made': 'Made',
  'field:sold_at': 'Sold at',
  'field:online_only': 'Sold online only',
  'field:units': 'Number of units',
  'field:units_elsewhere': 'Units in other countries',
  'field:price': 'Price',
  wider: 'Wider',
  narrower: 'Narrower',
  both: 'Wider and narrower',
  other: 'The same units',
  add: 'To add',
  look_again: 'To look at again',
  release: 'To release',
  superseded: 'Replaced by a newer revision',
  confirmed: 'Confirmed',
  // Who found it.
  rule: 'a rule',
  person: 'a person',
  notice: "an authority's notice",
}

/** The word for a state or a step; a word we do not know yet is shown as it is, with spaces. */
export function word(key: string): string {
  const known = WORDS[key]
  if (known !== undefined) return known
  const plain = key.replace(/^.*:/, '').replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** The word inside a sentence: without its capital. */
export function inSentence(key: string): string {
  const text = word(key)
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** Who acted, from an actor string: `officer:u1` is "a safety officer", `rule:photo` "the rule “photo”". */
export function actorName(actor: string): string {
  const [kind = '', ...rest] = actor.split(':')
  const id = rest.join(':')
  switch (kind) {
    case 'officer':
      return 'a safety officer'
    case 'seller':
      return `seller ${id}`
    case 'buyer':
      return 'the buyer'
    case 'rule':
      return `the rule “${id.replaceAll(/[-_]/g, ' ')}”`
    case 'marketplace':
      return 'the marketplace’s own machine'
    case 'payments':
      return 'the payment side'
    case 'cli':
      return 'the command line'
    case 'demo':
      return 'the demo'
    default:
      return actor
  }
}
