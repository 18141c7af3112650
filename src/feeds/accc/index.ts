/**
 * The ACCC's recalls (Product Safety Australia): the RSS feed, which has the newest hundred, and records of its pages as a public collection took
 * them. Both are known by the last part of their address, which is the same for both.
 */
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { splitByForm } from '../formats/forms.ts'
import { numberOfAddress, readPressItem, splitRss } from '../formats/press.ts'
import { jsonObject, noDocument } from '../formats/shape.ts'
import { splitJsonIn } from '../formats/wrapped-json.ts'
import { pageOfFeed } from './feed-fields.ts'
import { readPage } from './page.ts'
import { readScraped } from './scraped.ts'

export const accc: AgencyFeed = { agency: 'ACCC', split: splitByForm({ json: splitJsonIn('records'), xml: splitRss }), parse: parseItem }

const LESS_THAN = 0x3c

function parseItem({ bytes }: FeedItem): ItemReading {
  if (bytes[0] !== LESS_THAN) {
    const read = jsonObject(bytes)
    return read.ok ? readScraped(read.value) : noDocument(read)
  }
  const item = readPressItem(bytes)
  if (!item.ok) return { isDocument: item.problem.field !== undefined, recallNumber: null, recall: item }
  const recallNumber = numberOfAddress('', item.value)
  return { isDocument: true, recallNumber, recall: readPage(recallNumber, pageOfFeed(item.value)) }
}
