import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { complaints, inChunks, onlyRecall, readDocument, sample } from '../../../test/feed-samples.ts'
import { fail, type Result } from '../../platform/result.ts'
import { splitCampaigns } from './split-campaigns.ts'

const FIELDS = ['RECORD_ID', 'CAMPNO', 'MAKETXT', 'MODELTXT', 'YEARTXT', 'MFGCAMPNO', 'COMPNAME', 'MFGNAME', 'BGMAN', 'ENDMAN', 'RCLTYPECD', 'POTAFF', 'ODATE', 'INFLUENCED_BY', 'MFGTXT', 'RCDATE', 'DATEA', 'RPNO', 'FMVSS', 'DESC_DEFECT', 'CONEQUENCE_DEFECT', 'CORRECTIVE_ACTION', 'NOTES', 'RCL_CMPT_ID', 'MFR_COMP_NAME', 'MFR_COMP_DESC', 'MFR_COMP_PTNO', 'DO_NOT_DRIVE', 'PARK_OUTSIDE'] // prettier-ignore
const SEAT: Record<string, string> = {
  RECORD_ID: '1', CAMPNO: '24C001000', MAKETXT: 'TOTSAFE', MODELTXT: 'RIDER ONE', YEARTXT: '9999', COMPNAME: 'CHILD SEAT:BUCKLE', MFGNAME: 'Totsafe Inc.', BGMAN: '20220105',
  ENDMAN: '20231220', RCLTYPECD: 'C', POTAFF: '60000', MFGTXT: 'Totsafe Inc.', RCDATE: '20240110', DATEA: '20240111',
  DESC_DEFECT: 'The buckle may open. <A HREF=https://www.nhtsa.gov>More</A>', CONEQUENCE_DEFECT: 'The child may not be restrained in a crash.',
  CORRECTIVE_ACTION: 'Totsafe will send a replacement buckle free of charge.', MFR_COMP_PTNO: 'TS-1, TS-2', DO_NOT_DRIVE: 'No', PARK_OUTSIDE: 'No',
} // prettier-ignore

function row(change: Record<string, string> = {}): string {
  return `${FIELDS.map((name) => ({ ...SEAT, ...change })[name] ?? '').join('\t')}\r\n`
}

describe('a flat file that is refused', () => {
  it('names the row; a row that is not whole refuses its campaign and no other', async () => {
    const short = row({ MODELTXT: 'RIDER TWO' }).split('\t').slice(0, 12).join('\t')
    const { recalls, problems } = await readDocument('NHTSA', `${row()}${short}\r\n${row({ CAMPNO: '24C002000' })}`)
    assert.deepEqual(recalls.map((recall) => recall.recallNumber), ['24C002000']) // prettier-ignore
    assert.deepEqual(
      problems.map(({ line, field, problem }) => [line, field, problem]),
      [[1, 'ODATE', 'row 2 of the campaign has 12 fields, not 29']],
    )
  })

  it('has lines that belong to no campaign', async () => {
    assert.deepEqual(await complaints('NHTSA', `${row()}<html>\r\nnonsense\r\na\tb c d\te\r\n`), [
      '2 : this is a line of an HTML or XML page, not a row of the flat file',
      '3 : the row is not separated by tabs',
      '4 : the row has no campaign number in its second field (CAMPNO)',
    ])
    assert.deepEqual(await complaints('NHTSA', row({ RCDATE: '2024', DATEA: '' })), ['1 RCDATE: "2024" is not a date'])
  })

  it('breaks off: then no campaign of it is known to be whole', async () => {
    async function* cut(): AsyncGenerator<Result<Buffer>> {
      yield* inChunks(Buffer.from(row() + row({ MODELTXT: 'RIDER TWO' })), 50)
      yield fail('invalid', 'its gzip data ends too early, the file is cut off')
    }
    const parts = []
    for await (const part of splitCampaigns(cut())) parts.push(part)
    assert.deepEqual(parts.map((part) => part.kind), ['broken']) // prettier-ignore
  })
})

describe('a campaign', () => {
  it('is put together from its rows wherever they stand', async () => {
    const other = row({ CAMPNO: '24E009000', RCLTYPECD: 'E', MAKETXT: 'LUXO', MODELTXT: 'LAMP 9' })
    const text = `${row()}${other}${row({ MODELTXT: 'RIDER TWO', YEARTXT: '2023', BGMAN: '20210301' })}\r\n${other}`
    for (const size of [1, 64, 100_000]) {
      const { recalls, lines } = await readDocument('NHTSA', text, size)
      assert.deepEqual(lines, [1, 2])
      assert.deepEqual(recalls.map((recall) => [recall.recallNumber, recall.scope.models]), [['24C001000', ['RIDER ONE', 'RIDER TWO', 'TS-1', 'TS-2']], ['24E009000', ['LAMP 9', 'TS-1', 'TS-2']]]) // prettier-ignore
      const [seat] = recalls
      assert.deepEqual([seat?.scope.manufacturedFrom, seat?.scope.manufacturedTo, seat?.scope.units], ['2021-03', '2023-12', 60_000])
      assert.deepEqual(seat?.products.map((product) => product.name), ['TOTSAFE RIDER ONE', 'TOTSAFE RIDER TWO 2023']) // prettier-ignore
      assert.deepEqual([seat?.childrensProduct, seat?.description, seat?.remedies], [true, 'The buckle may open. More', ['replace']])
    }
  })

  it('is read in UTF-8 and in Latin-1, row by row', async () => {
    const bytes = Buffer.concat([
      Buffer.from(row({ MAKETXT: 'CITROËN' }), 'latin1'),
      Buffer.from(row({ MAKETXT: 'CITROËN', MODELTXT: 'C1 É' }), 'utf8'),
    ])
    const recall = await onlyRecall('NHTSA', bytes)
    assert.deepEqual([recall.scope.brands, recall.scope.models.slice(0, 2)], [['CITROËN'], ['RIDER ONE', 'C1 É']])
  })

  it('leaves a month open that some row leaves open, and units that rows disagree on unsaid', async () => {
    const recall = await onlyRecall('NHTSA', row() + row({ MODELTXT: 'RIDER TWO', ENDMAN: '', POTAFF: '5' }))
    assert.deepEqual([recall.scope.manufacturedFrom, recall.scope.manufacturedTo, recall.scope.units], ['2022-01', null, null])
  })

  it('of vehicles has no part numbers among its models, and says what NHTSA advises', async () => {
    const recall = await onlyRecall('NHTSA', row({ RCLTYPECD: 'V', PARK_OUTSIDE: 'Yes' }))
    assert.deepEqual([recall.scope.models, recall.scope.productNouns, recall.childrensProduct], [['RIDER ONE'], ['vehicle'], false])
    assert.match(recall.hazardText, /NHTSA advises: park outside\.$/)
  })

  it('of the samples is read', async () => {
    const { recalls } = await readDocument('NHTSA', sample('nhtsa/flat.tsv'))
    const [mercedes, ram] = recalls
    assert.deepEqual([mercedes?.scope.units, mercedes?.publishedOn, mercedes?.remedies], [310_667, '2026-07-24', ['repair']])
    assert.deepEqual([ram?.recallNumber, ram?.scope.brands, ram?.scope.manufacturedFrom], ['26V421000', ['RAM'], '2025-10'])
  })
})

describe('an answer for one vehicle', () => {
  it('has the day first, and the model asked for does not limit the scope', async () => {
    const { recalls } = await readDocument('NHTSA', sample('nhtsa/recalls-by-vehicle.json'))
    assert.deepEqual(recalls.map((recall) => recall.publishedOn), ['2020-11-04', '2020-02-06', '2023-12-20']) // prettier-ignore
    assert.deepEqual([recalls[0]?.scope.models, recalls[0]?.products[0]?.name], [[], 'TOYOTA CAMRY 2020'])
    assert.deepEqual(await complaints('NHTSA', '{"Message":"Internal error"}'), [
      '1 Message: this is no recall but an error of the agency: Internal error',
    ])
    assert.deepEqual(await complaints('NHTSA', '{"Count":1,"results":[{"NHTSACampaignNumber":"1","ReportReceivedDate":"12/20/2023"}]}'), [
      '1 ReportReceivedDate: "12/20/2023" is not a date with the day first',
    ])
  })
})
