/**
 * A result of `https://api.nhtsa.gov/recalls/recallsByVehicle` or `/campaignNumber`: the campaign as far as one model is concerned. It does not say
 * which other models there are; so the model is given as a product and not as the limit of the scope.
 */
import { z } from 'zod'
import { fail, ok } from '../../platform/result.ts'
import type { ItemReading } from '../contract.ts'
import { dayFirstDay } from '../formats/dates.ts'
import { htmlText } from '../formats/html.ts'
import { agencyError, checkShape, numberOf, text, textOrNumber } from '../formats/shape.ts'
import { recallOf } from '../formats/recall-of.ts'
import { readHazards } from '../read/hazards.ts'
import { readVehicleRemedies } from './remedies.ts'
import { prose } from '../formats/prose.ts'

const shape = z.object({
  NHTSACampaignNumber: text,
  Manufacturer: text,
  ReportReceivedDate: text,
  Component: text,
  Summary: text,
  Consequence: text,
  Remedy: text,
  Notes: text,
  ModelYear: textOrNumber,
  Make: text,
  Model: text,
  parkIt: z.boolean().nullish(),
  parkOutSide: z.boolean().nullish(),
})

export function readApiResult(value: Record<string, unknown>): ItemReading {
  if (!('NHTSACampaignNumber' in value) && ('Message' in value || 'message' in value))
    return agencyError(String(value['Message'] ?? value['message']), 'Message')
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  const number = numberOf(row.NHTSACampaignNumber)
  if (number === '')
    return { isDocument: true, recallNumber: null, recall: fail('invalid', 'the campaign number is missing', 'NHTSACampaignNumber') }
  // The day stands first here: "04/11/2020" is the fourth of November.
  const publishedOn = dayFirstDay(row.ReportReceivedDate)
  if (publishedOn === null) {
    const said =
      row.ReportReceivedDate === '' ? 'the date is missing' : `${JSON.stringify(row.ReportReceivedDate)} is not a date with the day first`
    return { isDocument: true, recallNumber: number, recall: fail('invalid', said, 'ReportReceivedDate') }
  }
  const year = row.ModelYear === '9999' ? '' : row.ModelYear
  const product = [row.Make, row.Model, year].filter((part) => part !== '').join(' ')
  const [defect, consequence, remedy] = [htmlText(row.Summary), htmlText(row.Consequence), htmlText(row.Remedy)]
  const advice = [row.parkIt === true ? 'NHTSA advises: do not drive.' : '', row.parkOutSide === true ? 'NHTSA advises: park outside.' : '']
  const recall = recallOf('NHTSA', 'USD', {
    recallNumber: number,
    title: `${row.Manufacturer}: ${row.Component}`,
    publishedOn,
    url: `https://www.nhtsa.gov/recalls?nhtsaId=${encodeURIComponent(number)}`,
    description: defect,
    products: product === '' ? [] : [{ name: product, model: null, unitsText: null }],
    hazardText: [consequence, ...advice].filter((each) => each !== '').join(' '),
    remedyText: remedy,
    contactText: htmlText(row.Notes) || null,
    firms: row.Manufacturer === '' ? [] : [{ role: 'manufacturer', name: row.Manufacturer }],
    hazards: readHazards([prose(consequence) || prose(defect)]),
    remedies: readVehicleRemedies(remedy),
    childrensProduct: /^CHILD SEAT/i.test(row.Component) ? true : /^\d{2}V/.test(number) ? false : null,
    scope: { brands: row.Make === '' ? [] : [row.Make], productNouns: /^\d{2}V/.test(number) ? ['vehicle'] : [] },
  })
  return { isDocument: true, recallNumber: number, recall: ok(recall), tells: [] }
}
