import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { printedCodes } from './codes.ts'
import { lineAnswer, saleWindow, type LineScope, type ScopeLine } from './scope.ts'

const ANY: LineScope = { soldFrom: null, soldTo: null, lots: [], serials: [] }
const IN_2020: ScopeLine = { orderedAt: new Date('2020-06-15T12:00:00Z'), lot: null, serial: null }

function atLot(lots: string[], lot: string | null): string {
  return lineAnswer({ ...ANY, lots }, 'affected', { ...IN_2020, lot })
}

describe('the sale window', () => {
  it('is half-open: from the first of the first month to the first after the last', () => {
    assert.deepEqual(saleWindow({ soldFrom: '2018-01', soldTo: '2023-03' }), {
      from: new Date('2018-01-01T00:00:00Z'),
      before: new Date('2023-04-01T00:00:00Z'),
    })
    assert.deepEqual(saleWindow({ soldFrom: null, soldTo: '2023-12' }), { from: null, before: new Date('2024-01-01T00:00:00Z') })
  })

  it('is unbounded where the agency states nothing, nonsense or the impossible', () => {
    for (const [soldFrom, soldTo] of [
      [null, null],
      ['2018', '2023-13'],
      ['', 'present'],
      ['2023-03', '2018-01'],
    ] as const) {
      assert.deepEqual(saleWindow({ soldFrom, soldTo }), { from: null, before: null })
    }
  })

  it('takes in its first and last instant and nothing beyond', () => {
    const scope: LineScope = { ...ANY, soldFrom: '2018-01', soldTo: '2023-03' }
    const answers = ['2017-12-31T23:59:59.999Z', '2018-01-01T00:00:00Z', '2023-03-31T23:59:59.999Z', '2023-04-01T00:00:00Z'].map((at) =>
      lineAnswer(scope, 'affected', { ...IN_2020, orderedAt: new Date(at) }),
    )
    assert.deepEqual(answers, ['no', 'affected', 'affected', 'no'])
  })
})

describe('a line', () => {
  it('is never more than its listing', () => {
    assert.equal(lineAnswer(ANY, 'no', IN_2020), 'no')
    assert.equal(lineAnswer(ANY, 'possibly', IN_2020), 'possibly')
    assert.equal(lineAnswer({ ...ANY, lots: ['A1'] }, 'possibly', { ...IN_2020, lot: 'A1' }), 'possibly')
    assert.equal(lineAnswer({ ...ANY, lots: ['A1'] }, 'no', { ...IN_2020, lot: 'A1' }), 'no')
  })

  it('with another lot is outside, without one is possible, with a listed one is inside', () => {
    assert.equal(atLot(['B4322', 'B4329'], 'B4323'), 'no')
    assert.equal(atLot(['B4322', 'B4329'], null), 'possibly')
    assert.equal(atLot(['B4322', 'B4329'], 'B4329'), 'affected')
  })

  it('is compared by letters and digits, without the label', () => {
    for (const lot of [' b4322 ', 'B-4322', 'Lot B4322', 'LOT NO. b 4322', 'batch code: B4322'])
      assert.equal(atLot(['B4322'], lot), 'affected', lot)
    for (const lot of ['', ' – ', 'N/A', 'none', 'unknown', 'Lot', 'лот']) assert.equal(atLot(['B4322'], lot), 'possibly', lot)
  })

  it('is excluded by lots and serials together only if both exclude it', () => {
    const scope: LineScope = { ...ANY, lots: ['A1'], serials: ['S1'] }
    const answer = (lot: string | null, serial: string | null) => lineAnswer(scope, 'affected', { ...IN_2020, lot, serial })
    assert.equal(answer('A2', 'S2'), 'no')
    assert.equal(answer('A1', 'S1'), 'affected')
    for (const [lot, serial] of [
      ['A1', null],
      [null, 'S1'],
      ['A1', 'S2'],
      ['A2', 'S1'],
      ['A2', null],
      [null, null],
    ] as const) {
      assert.equal(answer(lot, serial), 'possibly', `${lot} ${serial}`)
    }
  })
})

describe('a printed list', () => {
  it('holds ranges between two codes that differ in one number', () => {
    for (const range of [
      'A100-A200',
      'A100 - A200',
      'A100 to A200',
      'A100 through A200',
      'between A100 to A200',
      'A100–A200',
      'A100- A200',
    ]) {
      assert.deepEqual(['A099', 'A100', 'A0150', 'a-200', 'A201', 'B150', '150'].map((lot) => atLot([range], lot)), [
        'no', 'affected', 'affected', 'affected', 'no', 'no', 'no',
      ], range) // prettier-ignore
    }
    assert.deepEqual(
      ['0', '1', '0042', '500', '501', 'X42'].map((lot) => atLot(['1 to 500'], lot)),
      ['no', 'affected', 'affected', 'affected', 'no', 'no'],
    )
    assert.equal(atLot(['FT730VA00107-FT730VA00593'], 'FT730VA00300'), 'affected')
    assert.equal(atLot(['CB0100BJ - CB0200BJ'], 'CB0150BJ'), 'affected')
    assert.equal(atLot(['CB0100BJ - CB0200BJ'], 'CB0150BK'), 'no')
    assert.equal(atLot(['FD 8801 - FD 9312'], 'FD9000'), 'affected')
    assert.equal(atLot(['7554703501001105 to 7554703501369106'], '7554703501100000'), 'affected')
  })

  it('excludes nothing by a range that it cannot evaluate', () => {
    for (const entry of [
      '061522D000001 to 111522DXXXXXX',
      '01/15/23 to 12/31/23',
      'A to F',
      'B200 to B100',
      'letter F in the 10th position',
      'August 15, 2019',
      'all',
      '*',
      '1 to 2 to 3',
    ]) {
      assert.equal(atLot([entry], 'C77'), 'possibly', entry)
    }
  })

  it('does not take a code with a dash for a range, nor a range for a code', () => {
    assert.equal(atLot(['12-34'], '12-34'), 'affected')
    assert.equal(atLot(['12-34'], '20'), 'possibly')
    assert.equal(atLot(['12-34'], '50'), 'no')
    assert.equal(atLot(['A100-200'], 'A150'), 'possibly')
    assert.equal(atLot(['14-10-29'], '141029'), 'affected')
    assert.equal(atLot(['14-10-29'], '141030'), 'no')
  })

  it('holds prefixes, marked by a star', () => {
    assert.equal(atLot(['R15563P3S*'], 'R15563P3S000012'), 'affected')
    assert.equal(atLot(['R15563P3S*'], 'R15563P4S000012'), 'no')
    assert.equal(atLot(['S*'], 'Serial 77'), 'possibly')
  })

  it('is shown to people without its stars', () => {
    assert.deepEqual(printedCodes(['A100-A200', 'R15563P3S*', '*']), ['A100-A200', 'R15563P3S…', '…'])
  })
})
