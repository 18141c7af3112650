/**
 * Canada's recalls and safety alerts (Health Canada, CFIA, Transport Canada), as the open data file gives them: one JSON array, one row per
 * notice. It has no brand, model, lot, number of units or publication date; those stand on the page at `URL` alone. So scopes here are wide.
 */
import { z } from 'zod'
import { fail, ok } from '../../platform/result.ts'
import type { RecallKind } from '../../recalls/index.ts'
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { readNamedFoodHazards } from '../food/hazards.ts'
import { isoDay } from '../formats/dates.ts'
import { splitByForm } from '../formats/forms.ts'
import { htmlText } from '../formats/html.ts'
import { checkShape, jsonObject, noDocument, text, textOrNumber } from '../formats/shape.ts'
import { recallOf, severityOf } from '../formats/recall-of.ts'
import { readJointMarker, jointLinks } from '../joint.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readHazards } from '../read/hazards.ts'
import { readNames } from '../read/names.ts'
import { readNouns } from '../read/nouns.ts'
import { readProofOfDestruction, readRemedies } from '../read/remedies.ts'
import { nameText, prose } from '../formats/prose.ts'
import { splitJson } from '../split-json.ts'

export const healthCanada: AgencyFeed = { agency: 'HC', split: splitByForm({ json: splitJson }), parse: parseItem }

const shape = z.object({
  NID: textOrNumber,
  Title: text,
  URL: text,
  Organization: text,
  Product: text,
  Issue: text,
  'What you should do': text,
  Category: text,
  'Recall class': text,
  'Last updated': text,
  Archived: textOrNumber,
})

const AUTHORITIES: Record<string, string> = { CFIA: 'CFIA', TC: 'Transport Canada' }

function parseItem({ bytes }: FeedItem): ItemReading {
  const read = jsonObject(bytes)
  if (!read.ok) return noDocument(read)
  const checked = checkShape(shape, read.value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  if (!/^\d{1,9}$/.test(row.NID))
    return {
      isDocument: true,
      recallNumber: null,
      recall: fail('invalid', row.NID === '' ? 'the number is missing' : 'this is no number of a notice', 'NID'),
    }
  // The page prints its number so: "Identification number: RA-82661".
  const recallNumber = `RA-${row.NID}`
  if (row.Title === '') return { isDocument: true, recallNumber, recall: fail('invalid', 'the title is missing', 'Title') }
  // The file has no other date: a recall is dated by its last change until its page has been read.
  const publishedOn = isoDay(row['Last updated'])
  if (publishedOn === null) {
    const said = row['Last updated']
    return {
      isDocument: true,
      recallNumber,
      recall: fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, 'Last updated'),
    }
  }
  return { isDocument: true, recallNumber, recall: ok(recallOfRow(row, { recallNumber, publishedOn })) }
}

function recallOfRow(row: z.infer<typeof shape>, { recallNumber, publishedOn }: { recallNumber: string; publishedOn: string }) {
  const title = nameText(htmlText(row.Title))
  const product = nameText(htmlText(row.Product)).replace(/ recalled by .*$/i, '')
  const advice = apart(htmlText(row['What you should do']))
  const plain = prose(advice.replace(/(?<=[a-z)])\n/g, '.\n'))
  const named = row.Organization === 'CFIA' || row.Organization === 'Drugs and health products'
  const hazards = named ? readNamedFoodHazards(htmlText(row.Issue)) : readHazards([prose(htmlText(row.Issue)), title])
  const maker = /^Transport Canada Recall - (\S+) - (.+)$/i.exec(title)
  const names = readNames({ title: maker === null ? title : '', productNames: [], description: '', soldText: '', firms: [] })
  const remedies = readRemedies([], plain)
  return recallOf('HC', 'CAD', {
    recallNumber,
    kind: kindOf(row),
    title: htmlText(row.Title),
    publishedOn,
    url: row.URL.startsWith('https://') ? row.URL : null,
    description: '',
    products: product === '' ? [] : [{ name: product, model: null, unitsText: null }],
    hazardText: htmlText(row.Issue),
    remedyText: advice,
    hazards: hazards.length === 0 && row.Issue !== '' ? ['other'] : hazards,
    remedies: /\bthrown out\b/i.test(plain) && !remedies.includes('dispose') ? [...remedies, 'dispose'] : remedies,
    proofOfDestruction: readProofOfDestruction(plain),
    firms: maker === null ? [] : [{ role: 'manufacturer', name: maker[2]! }],
    childrensProduct: /\b(?:toys?|child|children|baby|infant|nursery)/i.test(row.Category)
      ? true
      : readChildrensProduct([product, title], ''),
    ...severityOf(row['Recall class']),
    authority: AUTHORITIES[row.Organization] ?? 'Health Canada',
    ...(maker === null ? {} : { event: maker[1]! }),
    ...(row.Archived === '1' ? { oversight: 'closed' as const } : {}),
    ...jointLinks([], readJointMarker(advice, 'HC')),
    scope: { brands: maker === null ? names.brands : [maker[2]!], productNouns: readNouns([product]) },
  })
}

// Words with which a list item or a sentence of advice begins. Names are written so as well ("PlayStation"): only these are cut.
const ITEM_BEGINS =
  /(?<=[a-z]{3}|[a-z]\))(?=(?:Do|Check|Recalled|Consumers|Customers|Owners|Retailers|Distributors|Learn|If|Contact|For|Verify|Report|Sign|Food|Return|Stop|Immediately|Please|See|You|The|This|Wash|Clean|Discard|Throw|Consult|Visit|Follow|Keep|Remove|Store|Call|Never|Always|Download)\s+[a-z])/g

/** Sentences and list items on lines of their own: the feed has lost what stood between them, "the product.Consumers must", "productsDo not". */
function apart(advice: string): string {
  return advice.replace(/(?<=[a-z)][.:!?])(?=[A-Z][a-z]*\s)/g, '\n').replace(ITEM_BEGINS, '\n')
}

function kindOf(row: z.infer<typeof shape>): RecallKind {
  if (/\brecall/i.test(`${row.Title} ${row['Recall class']} ${row.Product}`) || row['Recall class'] !== '') return 'recall'
  return /\b(?:advis|alert|warn|counterfeit|unauthori[sz]ed|seized|unapproved|may pose|safety|caution|remind)/i.test(row.Title)
    ? 'safety_alert'
    : 'recall'
}
