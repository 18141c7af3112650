/** The EU's Safety Gate: the official weekly XML report, and single alerts as its website's interface gives them. */
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { splitByForm } from '../formats/forms.ts'
import { jsonObject, noDocument } from '../formats/shape.ts'
import { splitJsonIn } from '../formats/wrapped-json.ts'
import { readWebsiteAlert } from './website.ts'
import { readWeeklyAlert, splitWeeklyReport } from './weekly-report.ts'

export const safetyGate: AgencyFeed = {
  agency: 'EUSG',
  split: splitByForm({ json: splitJsonIn('content', 'notifications', 'results'), xml: splitWeeklyReport }),
  parse: parseItem,
}

const LESS_THAN = 0x3c

function parseItem({ bytes }: FeedItem): ItemReading {
  if (bytes[0] === LESS_THAN) return readWeeklyAlert(bytes)
  const read = jsonObject(bytes)
  return read.ok ? readWebsiteAlert(read.value) : noDocument(read)
}
