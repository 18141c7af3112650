/**
 * A row of FDA's other interface (iRES), the same recalls with keys in capitals. It says no codes, so beside openFDA its rows only tell
 * whether the recall is still open.
 */
import { z } from 'zod'
import type { ItemReading } from '../contract.ts'
import { monthFirstDay } from '../formats/dates.ts'
import { checkShape, text, textOrNumber } from '../formats/shape.ts'
import { enforcementNumber, readEnforcementRow } from './row.ts'

const shape = z.object({
  RECALLNUM: text,
  RECALLEVENTID: textOrNumber,
  FIRMLEGALNAM: text,
  PRODUCTDESCRIPTIONTXT: text,
  PRODUCTDISTRIBUTEDQUANTITY: text,
  PRODUCTSHORTREASONTXT: text,
  CENTERCLASSIFICATIONTYPETXT: text,
  PHASETXT: text,
  DISTRIBUTIONAREASUMMARYTXT: text,
  ENFORCEMENTREPORTDT: text,
  CENTERCLASSIFICATIONDT: text,
  RECALLINITIATIONDT: text,
})

const CLASSES: Record<string, string> = { '1': 'Class I', '2': 'Class II', '3': 'Class III', NC: 'Not Yet Classified' }

export function readIres(value: Record<string, unknown>): ItemReading {
  const checked = checkShape(shape, value)
  if (!checked.ok) return { isDocument: true, recallNumber: null, recall: checked }
  const row = checked.value
  const dates = [row.ENFORCEMENTREPORTDT, row.CENTERCLASSIFICATIONDT, row.RECALLINITIATIONDT]
  const read = readEnforcementRow({
    recallNumber: row.RECALLNUM,
    eventId: row.RECALLEVENTID,
    firm: row.FIRMLEGALNAM,
    product: row.PRODUCTDESCRIPTIONTXT,
    quantity: row.PRODUCTDISTRIBUTEDQUANTITY,
    reason: row.PRODUCTSHORTREASONTXT,
    classification: CLASSES[row.CENTERCLASSIFICATIONTYPETXT] ?? row.CENTERCLASSIFICATIONTYPETXT,
    status: row.PHASETXT,
    distribution: row.DISTRIBUTIONAREASUMMARYTXT,
    codeInfo: '',
    moreCodeInfo: '',
    brandNames: [],
    published: {
      field: 'ENFORCEMENTREPORTDT',
      said: row.ENFORCEMENTREPORTDT,
      day: dates.map(monthFirstDay).find((day) => day !== null) ?? null,
    },
  })
  const known = row.RECALLNUM !== '' || row.RECALLEVENTID !== ''
  const number = known
    ? enforcementNumber({ recallNumber: row.RECALLNUM, eventId: row.RECALLEVENTID, product: row.PRODUCTDESCRIPTIONTXT })
    : null
  return { isDocument: true, recallNumber: number, recall: read, tells: ['oversight'] }
}
