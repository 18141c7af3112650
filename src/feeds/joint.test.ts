import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readCpscJoint } from './cpsc/joint.ts'
import { declaredLink, readJointMarker } from './joint.ts'

const RANGES = path.join(import.meta.dirname, '../../test/fixtures/cpsc')

describe('a joint recall', () => {
  it('is none where nothing says so', () => {
    assert.deepEqual(readJointMarker('Contact Health Canada to report incidents. Use in conjunction with a stove.', 'CPSC'), [])
    assert.deepEqual(readJointMarker('The joint between the legs may break. CPSC received 3 reports.', 'CPSC'), [])
    assert.deepEqual(readCpscJoint({ Title: 'Lamps recalled', Inconjunctions: [] }), {})
    assert.deepEqual(readCpscJoint({ Title: 'Lamps recalled' }), {})
    assert.deepEqual(readCpscJoint(null), {})
    assert.equal(declaredLink(''), null)
    assert.equal(declaredLink('not an address'), null)
  })

  it('is declared by the address of the other notice', () => {
    const url = 'https://recalls-rappels.canada.ca/en/alert-recall/insigniar-gas-ranges-recalled-due-fire-hazard'
    assert.deepEqual(readCpscJoint({ Inconjunctions: [{ URL: url }] }), {
      jointWith: [{ agency: 'HC', url, number: null, how: 'declared' }],
    })
    for (const [address, agency] of [
      ['http://healthycanadians.gc.ca/recall-alert-rappel-avis/hc-sc/2014/1-eng.php', 'HC'],
      ['www.profeco.gob.mx/alertas', 'PROFECO'],
      ['https://www.gov.uk/product-safety-alerts-reports-recalls/x', 'OPSS'],
      ['https://recall.example.org/notice', 'recall.example.org'],
    ] as const)
      assert.equal(declaredLink(address)?.agency, agency, address)
    assert.equal(declaredLink('https://evil.example/recalls-rappels.canada.ca')?.agency, 'evil.example')
  })

  it('is marked by words, which a declared link makes superfluous', () => {
    const title = 'CPSC, Health Canada Announce Joint Recall of Lamps by Luxo with Health Canada and PROFECO'
    assert.deepEqual(readCpscJoint({ Title: title }).jointWith?.map((link) => [link.agency, link.how]), [['HC', 'marker'], ['PROFECO', 'marker']]) // prettier-ignore
    const both = readCpscJoint({ Title: title, Inconjunctions: [{ URL: 'https://recalls-rappels.canada.ca/en/x' }] })
    assert.deepEqual(both.jointWith?.map((link) => [link.agency, link.how]), [['HC', 'declared'], ['PROFECO', 'marker']]) // prettier-ignore
  })

  it('is found in CPSC’s own records', () => {
    const records = JSON.parse(readFileSync(path.join(RANGES, 'api-exact-2.json'), 'utf8')) as { RecallNumber: string }[]
    const joint = records.filter((record) => readCpscJoint(record).jointWith !== undefined)
    assert.deepEqual(joint.map((record) => record.RecallNumber), ['26606']) // prettier-ignore
  })
})
