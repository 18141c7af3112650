/** What the page of an Australian recall says, however it was obtained, as a recall. Pure. */
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Recall } from '../../recalls/index.ts'
import { isPlaceholder, recallOf } from '../formats/recall-of.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readCodes } from '../read/codes.ts'
import { readGtins } from '../read/gtins.ts'
import { readHazards } from '../read/hazards.ts'
import { readNames } from '../read/names.ts'
import { readNouns } from '../read/nouns.ts'
import { readProofOfDestruction, readRemedies } from '../read/remedies.ts'
import { readOnlineOnly, readSellers } from '../read/sellers.ts'
import { nameText, prose } from '../formats/prose.ts'
import { distinct } from '../read/text.ts'
import { firmName } from '../read/title.ts'

export type RecallPage = {
  title: string
  url: string | null
  published: { field: string; said: string; day: string | null }
  description: string
  brand: string
  identifiers: string
  defect: string
  hazards: string
  action: string
  supplier: string
  traders: string
  saleDates: string
  country: string
  categories: string
  imageUrl: string | null
}

export function readPage(recallNumber: string, page: RecallPage): Result<Recall> {
  if (page.title === '') return fail('invalid', 'the title is missing', 'title')
  if (recallNumber === '') return fail('invalid', 'neither address nor title names it', 'link')
  const { said, day, field } = page.published
  if (day === null) return fail('invalid', said === '' ? 'the date is missing' : `${JSON.stringify(said)} is not a date`, field)
  const [title, description, identifiers] = [nameText(page.title), prose(page.description), prose(page.identifiers)]
  const brands = nameText(page.brand)
    .split(/\s*[;\n]\s*|\s*,\s+/)
    .filter((brand) => brand !== '' && !isPlaceholder(brand))
  const firm = firmName(nameText(page.supplier))
  const names = readNames({
    title: '',
    productNames: [title],
    description: '',
    soldText: prose(page.traders),
    firms: firm === '' ? [] : [firm],
  })
  // "Product number: CX3900250" and "SKU: 2TLWPROJACK" name what is sold, as models do.
  const codes = readCodes(`${description} . ${identifiers}`.replace(/\b(model|batch|lot|serial)(?:es)?:/gi, '$1 number:'))
  const window = saleWindow(nameText(page.saleDates))
  return ok(
    recallOf('ACCC', 'AUD', {
      recallNumber,
      title: page.title,
      publishedOn: day,
      url: page.url,
      description: [page.description, page.identifiers].filter((part) => part !== '').join('\n\n'),
      products: [{ name: title, model: codes.models[0] ?? null, unitsText: null }],
      hazardText: [page.defect, page.hazards].filter((part) => part !== '').join(' '),
      remedyText: page.action,
      soldText: [page.traders, page.saleDates].filter((part) => part !== '').join('\n'),
      firms: page.supplier === '' ? [] : [{ role: 'recalling firm', name: page.supplier }],
      countriesOfOrigin: page.country === '' || isPlaceholder(page.country) ? [] : [page.country],
      images: page.imageUrl === null ? [] : [{ url: page.imageUrl, caption: null }],
      hazards: readHazards([prose(page.hazards), prose(page.defect)].filter((part) => part !== '')),
      remedies: readRemedies([], prose(page.action)),
      proofOfDestruction: readProofOfDestruction(prose(page.action)),
      childrensProduct: /\b(?:toys?|bab(?:y|ies)|child(?:ren)?|kids|nursery)\b/i.test(page.categories)
        ? true
        : readChildrensProduct([title], description),
      scope: {
        brands: brands.length > 0 ? distinct(brands) : names.brands,
        productNouns: readNouns([title]),
        models: codes.models,
        gtins: readGtins(`${description} ${identifiers}`),
        lots: codes.lots,
        serials: codes.serials,
        soldFrom: window.from,
        soldTo: window.to,
        soldAt: readSellers(prose(page.traders)),
        onlineOnly: readOnlineOnly(prose(page.traders)),
      },
    }),
  )
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const DAY = /\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?([A-Z][a-z]{2,8})\.?,?\s+((?:19|20)\d\d)\b/g

/** "24 March 2026 - 17 June 2026": two dates bound a window; one alone, or a text that leaves a side open, bounds only what it says. */
function saleWindow(text: string): { from: string | null; to: string | null } {
  const months = [...text.matchAll(DAY)].flatMap((match) => {
    const at = MONTHS.findIndex((month) => month.startsWith(match[1]!.toLowerCase().slice(0, 3)))
    return at < 0 ? [] : [`${match[2]}-${String(at + 1).padStart(2, '0')}`]
  })
  if (months.length >= 2) return { from: months.toSorted()[0]!, to: months.toSorted().at(-1)! }
  if (months.length === 0 || /\b(?:before|until|up to)\b/i.test(text)) return { from: null, to: months[0] ?? null }
  return { from: months[0]!, to: null }
}
