import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { gtinCheckDigit } from '../platform/gtin.ts'
import { gtinsIn, normaliseAsin, normaliseCode, normaliseGtin } from './identifiers.ts'

describe('normaliseGtin', () => {
  it('refuses what is no GTIN', () => {
    for (const text of ['', '123', '036000291453', '03600029145O', '00000000', '1234567890', '0'.repeat(14), '036000291452 '.repeat(9)])
      assert.equal(normaliseGtin(text), null, text)
  })

  it('brings every length to fourteen digits', () => {
    assert.equal(normaliseGtin('036000291452'), '00036000291452')
    assert.equal(normaliseGtin('0036000291452'), '00036000291452')
    assert.equal(normaliseGtin('0-36000-29145-2'), '00036000291452')
    assert.equal(normaliseGtin('96385074'), '00000096385074')
  })

  it('takes exactly one last digit for any body', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (body) => {
        const digits = String(body).padStart(11, '0')
        const valid = Array.from({ length: 10 }, (_, last) => `${digits}${last}`).filter((text) => normaliseGtin(text) !== null)
        assert.deepEqual(valid, [`${digits}${gtinCheckDigit(digits)}`])
      }),
    )
  })
})

describe('gtinsIn', () => {
  it('finds GTINs as agencies print them', () => {
    assert.deepEqual(gtinsIn('HGS011F 102ZJ - 210ZJ 0 50875 82840 7 and UPC 079346627035 on the back'), [
      '00050875828407',
      '00079346627035',
    ])
    assert.deepEqual(gtinsIn('PRMC2285AF French Door 0-12505-64714-7 1K90974428'), ['00012505647147'])
  })

  it('finds none in prices, dates and telephone numbers', () => {
    assert.deepEqual(gtinsIn('sold from 2018 to 2023 for $20; call 800-555-0100 or 2018-01-31'), [])
  })
})

describe('normaliseCode and normaliseAsin', () => {
  it('makes one code of all spellings', () => {
    for (const text of ['PC70-THD', 'pc70 thd', 'PC70THD', 'PC70\u00adTHD']) assert.equal(normaliseCode(text), 'pc70thd')
    assert.equal(normaliseCode('-- '), null)
    assert.equal(normaliseCode('x'.repeat(10_000)), null)
  })

  it('knows an ASIN', () => {
    assert.equal(normaliseAsin(' b07xyz1234 '), 'B07XYZ1234')
    assert.equal(normaliseAsin('A07XYZ1234'), null)
  })
})
