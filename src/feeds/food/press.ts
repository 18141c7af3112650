/**
 * An item of FDA's press feed: the firm's own announcement, weeks before the enforcement report has a row, a number and a class. It is a recall
 * of its own, known by the address of its page. Nothing in it names the rows that come later, nor do they name it: whether they are the same is
 * a matter of evidence (firm, product, days) and is not decided by reading one of them.
 */
import type { ItemReading } from '../contract.ts'
import { readFoodHazards } from './hazards.ts'
import { readFoodBrands, readFoodNouns } from './names.ts'
import { numberOfAddress, readPressItem, type PressItem } from '../formats/press.ts'
import { recallOf } from '../formats/recall-of.ts'
import { readChildrensProduct } from '../read/children.ts'
import { readCodes } from '../read/codes.ts'
import { readGtins } from '../read/gtins.ts'
import { readRemedies } from '../read/remedies.ts'
import { nameText, prose } from '../formats/prose.ts'
import { readTitle } from '../read/title.ts'
import { ok } from '../../platform/result.ts'
import type { Agency, Hazard, RecallKind } from '../../recalls/index.ts'

/** Reads an item of the press feed of one of the American food agencies. */
export function readFoodPress(agency: Agency, bytes: Buffer): ItemReading {
  const read = readPressItem(bytes)
  if (!read.ok) return { isDocument: read.problem.field !== undefined, recallNumber: null, recall: read }
  const item = read.value
  const recallNumber = numberOfAddress('press-', item)
  const title = plainTitle(nameText(item.title))
  const { firm, product } = readTitle(title)
  const text = prose(item.text)
  // The agency itself issues alerts on products of others.
  const issuer = firm === '' || /^(?:FSIS|FDA|USDA)\b/.test(firm)
  const codes = readCodes(text)
  return {
    isDocument: true,
    recallNumber,
    recall: ok(
      recallOf(agency, 'USD', {
        recallNumber,
        kind: kindOf(item),
        title: item.title,
        publishedOn: item.publishedOn,
        url: item.url,
        description: item.text,
        products: product === '' ? [] : [{ name: product, model: null, unitsText: null }],
        images: item.imageUrl === null ? [] : [{ url: item.imageUrl, caption: null }],
        firms: issuer ? [] : [{ role: 'recalling firm', name: firm }],
        hazardText: item.title,
        hazards: readFoodHazards([item.title.replace(/\bpossible health risk\b/i, ''), item.text]).filter(
          (hazard) => !OF_THINGS.has(hazard),
        ),
        remedies: readRemedies([], text),
        childrensProduct: readChildrensProduct([product], ''),
        scope: {
          brands: readFoodBrands([product], issuer ? [] : [firm]),
          productNouns: readFoodNouns([product]),
          models: codes.models,
          gtins: readGtins(text),
          // The feed has the beginning of the announcement only, so no list of codes in it is whole.
          lots: codes.lots.length > 0 ? [...codes.lots.filter((lot) => lot !== '*'), '*'] : [],
          serials: [],
        },
      }),
    ),
  }
}

/** Dangers of things that a food's name may speak of: a bar called "Crush" pinches nobody. */
const OF_THINGS: ReadonlySet<Hazard> = new Set(['pinch', 'crash', 'fall', 'impact', 'projectile', 'tip_over', 'entrapment'])

/** The verbs of these headlines as the readers of titles know them: "Issues Allergy Alert on Undeclared Wheat in Bars" recalls bars. */
function plainTitle(title: string): string {
  return title
    .replace(/^In Response to [^,]{1,120},\s*/i, '')
    .replace(/\bVoluntarily\s+/i, '')
    .replace(/\b(?:Broadens|Expands|Updates)\s+(?:(?:Its|Voluntary)\s+)*Recall(?:\s+(?:of|to Include)\b)?/i, 'Recalls')
    .replace(/\s+While Investigation Continues\b.*$/i, '')
    .replace(
      /\b(?:Issues?|Announces?|Initiates?)\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}?(?:Recall|Alert)\s+(?:of|for|on|in)?\s*(?:(?:Potential(?:ly)?|Possible)\s+)?(?:Undeclared\s+.*?\s+in\s+)?/i,
      'Recalls ',
    )
    .replace(/\s+/g, ' ')
}

function kindOf(item: PressItem): RecallKind {
  if (/\brecall|\brecalls|\bretira/i.test(item.title)) return 'recall'
  if (/\bmarket withdrawal|\bwithdraws?\b/i.test(item.title)) return 'market_withdrawal'
  return /\brecall(?:s|ed|ing)?\b/i.test(item.text) ? 'recall' : 'safety_alert'
}
