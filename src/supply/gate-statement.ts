/** The statement of reasons that a seller reads when a listing is kept from sale by the gate, without a campaign. Pure. */
import { printedNumber } from '../recalls/index.ts'
import { GROUNDS, NEWS, whatHappened, type StatementOfReasons, type StopCase } from './statement.ts'

/** `recalled`: it is taken for the recalled product. `under_review`: it may be, and a person has yet to look. */
export type GateCase = StopCase & { gate: 'recalled' | 'under_review' }

export function gateStatement({ gate, recall, listing, reasons, ruling }: GateCase): StatementOfReasons {
  const byPerson = ruling?.byPerson === true
  const named = `“${listing.title}” (listing ${listing.listingId})`
  const number = printedNumber(recall.recallNumber)
  return {
    restriction: 'stop',
    what:
      gate === 'recalled'
        ? `${NEWS[recall.kind](recall.agency)} (${number}). So nobody can buy ${named} here at present. This is about the product, not about you.`
        : `${named} may be a product that ${recall.agency} names in ${number}. Nobody can buy it here until a person of ours has looked. ` +
          'This is about the product, not about you.',
    scope_territory: 'This marketplace, in every country it sells to.',
    until:
      gate === 'recalled'
        ? 'There is no fixed end. It ends when evidence shows that your units are not part of the recall, or when you change the listing and it no longer offers the recalled product.'
        : 'Until one of our safety officers has looked. It ends sooner if you add what tells the two apart, such as the model number: we compare each change at once.',
    facts: `${whatHappened(recall)} ${whoFound(gate, byPerson)}`,
    found_by: byPerson ? 'person' : 'rule',
    automated: !byPerson,
    ground:
      gate === 'recalled'
        ? GROUNDS[recall.kind]
        : 'Our terms for sellers: a listing that may be a recalled product is not sold until a person has looked at it.',
    grounds_url: recall.url,
    reasons: [...(ruling === null ? [] : [{ field: 'ruling', text: ruling.reason, weight: 0 }]), ...reasons],
    redress:
      'If you think that we are wrong, tell our safety team within six months. It costs nothing, and a person decides, not software. ' +
      'Send what shows the difference: a photo of the label, the model or lot number, an invoice, a test report. ' +
      'You can also go to an out-of-court dispute body or to a court.',
  }
}

function whoFound(gate: GateCase['gate'], byPerson: boolean): string {
  if (byPerson) {
    return gate === 'recalled'
      ? 'A safety officer compared your listing with it and decided that it is the same product.'
      : 'A safety officer compared your listing with it and could not tell whether it is the same product.'
  }
  return gate === 'recalled'
    ? 'Our software compared your listing with it and found strong evidence that it is the same product. No person has looked yet; one will.'
    : 'Our software compared your listing with it and could not tell whether it is the same product. A person will look.'
}
