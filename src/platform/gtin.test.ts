import { it } from 'node:test'
import assert from 'node:assert/strict'
import { gtinCheckDigit, isGtin } from './gtin.ts'

it('refuses what is no GTIN', () => {
  for (const text of ['', '0', '820633985357', '82063398535', '000000000000', '82063398535 8', 'BCD25042500206593', '١٢٣٤٥٦٧٨']) {
    assert.equal(isGtin(text), false, text)
  }
})

it('knows GTIN-8, -12, -13 and -14 by their check digit', () => {
  for (const gtin of ['96385074', '820633985358', '4006381333931', '10614141000415']) {
    assert.equal(isGtin(gtin), true, gtin)
    assert.equal(gtinCheckDigit(gtin.slice(0, -1)), Number(gtin.at(-1)))
  }
})
