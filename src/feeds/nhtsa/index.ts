/** NHTSA: the flat file of all campaigns (vehicles, equipment, tires, child seats) and the interface's answers for one vehicle. */
import type { AgencyFeed, FeedItem, ItemReading } from '../contract.ts'
import { splitByForm } from '../formats/forms.ts'
import { jsonObject, noDocument } from '../formats/shape.ts'
import { splitJsonIn } from '../formats/wrapped-json.ts'
import { readApiResult } from './api.ts'
import { campaignNumber, readCampaign } from './campaign.ts'
import { splitCampaigns } from './split-campaigns.ts'

export const nhtsa: AgencyFeed = {
  agency: 'NHTSA',
  split: splitByForm({ json: splitJsonIn('results'), text: splitCampaigns }),
  parse: parseItem,
}

const BRACE_OPEN = 0x7b

function parseItem({ bytes }: FeedItem): ItemReading {
  if (bytes[0] !== BRACE_OPEN && bytes.includes('\t'))
    return { isDocument: true, recallNumber: campaignNumber(bytes), recall: readCampaign(bytes) }
  const read = jsonObject(bytes)
  return read.ok ? readApiResult(read.value) : noDocument(read)
}
