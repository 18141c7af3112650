/** USDA's Food Safety and Inspection Service: the recall interface (one JSON array, English and Spanish) and the RSS feed. */
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { readFoodPress } from '../food/press.ts'
import { splitByForm } from '../formats/forms.ts'
import { splitRss } from '../formats/press.ts'
import { jsonObject, noDocument } from '../formats/shape.ts'
import { splitJson } from '../split-json.ts'
import { readApiRecord } from './api.ts'
import { readStagedRecord } from './staged.ts'

export const fsis: AgencyFeed = { agency: 'FSIS', split: splitByForm({ json: splitJson, xml: splitRss }), parse: parseItem }

const LESS_THAN = 0x3c

function parseItem({ bytes }: FeedItem): ItemReading {
  if (bytes[0] === LESS_THAN) return readFoodPress('FSIS', bytes)
  const read = jsonObject(bytes)
  if (!read.ok) return noDocument(read)
  return 'notice_id_number' in read.value ? readStagedRecord(read.value) : readApiRecord(read.value)
}
