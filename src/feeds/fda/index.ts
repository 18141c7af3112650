/** The FDA: enforcement reports from openFDA or iRES, and the press feed, which is faster. */
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { splitByForm } from '../formats/forms.ts'
import { splitRss } from '../formats/press.ts'
import { agencyError, jsonObject, noDocument } from '../formats/shape.ts'
import { splitJsonIn } from '../formats/wrapped-json.ts'
import { readIres } from './ires.ts'
import { readOpenFda } from './openfda.ts'
import { readFoodPress } from '../food/press.ts'

export const fda: AgencyFeed = {
  agency: 'FDA',
  split: splitByForm({ json: splitJsonIn('results', 'RESULT'), xml: splitRss }),
  parse: parseItem,
}

const LESS_THAN = 0x3c

function parseItem({ bytes }: FeedItem): ItemReading {
  if (bytes[0] === LESS_THAN) return readFoodPress('FDA', bytes)
  const read = jsonObject(bytes)
  if (!read.ok) return noDocument(read)
  const value = read.value
  if ('STATUSCODE' in value) return agencyError(`${String(value['STATUSCODE'])} ${String(value['MESSAGE'])}`, 'STATUSCODE')
  return 'RECALLEVENTID' in value ? readIres(value) : readOpenFda(value)
}
