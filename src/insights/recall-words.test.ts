import { test } from 'node:test'
import assert from 'node:assert/strict'
import { exampleRecall } from '../../test/example-recall.ts'
import type { Recall } from '../recalls/index.ts'
import { scriptJson } from './recall-markup.ts'
import { attribution, monthSpan, publishedElsewhere, recallWords } from './recall-words.ts'

/** The example without what only some agencies state. */
function recallOf(fields: Partial<Recall>): Recall {
  const { authority: _authority, severity: _severity, riskLevel: _riskLevel, ...plain } = exampleRecall()
  return { ...plain, ...fields }
}

test('nobody is told to stop a medicine or a device on their own', () => {
  for (const recall of [
    recallOf({ agency: 'FDA', recallNumber: 'D-0123-2026' }),
    recallOf({ agency: 'FDA', recallNumber: 'Z-0123-2026' }),
    recallOf({ agency: 'HC', authority: 'Health Canada', remedyText: 'Consult your health care provider before you stop taking it.' }),
  ]) {
    assert.match(recallWords(recall).signal, /^Check whether you have this product\. Ask a doctor/)
  }
})

test('what to do this minute fits what the thing is', () => {
  assert.equal(recallWords(recallOf({})).signal, 'Stop using these cups now.')
  assert.equal(recallWords(recallOf({ agency: 'FSIS' })).signal, 'Do not eat or drink this product.')
  assert.equal(recallWords(recallOf({ agency: 'HC', authority: 'CFIA' })).signal, 'Do not eat or drink this product.')
  assert.match(recallWords(recallOf({ agency: 'NHTSA' })).signal, /have it put right/)
  assert.doesNotMatch(recallWords(recallOf({ kind: 'market_withdrawal' })).signal, /stop|danger/i)
})

test('red is kept for injury and death', () => {
  assert.deepEqual(
    (['serious', 'high', 'medium', 'low'] as const).map((severity) => recallWords(recallOf({ severity })).urgency),
    ['stop', 'stop', 'check', 'caution'],
  )
  assert.equal(recallWords(recallOf({})).urgency, 'stop')
})

test('what the agency does not say is left out, not made none', () => {
  const { scope } = recallOf({})
  const silent = recallOf({
    incidents: null,
    injuries: null,
    deaths: null,
    scope: { ...scope, lots: [], soldFrom: null, soldTo: null, units: null, unitsElsewhere: {}, priceMinMinor: null, priceMaxMinor: null },
  })
  const terms = recallWords(silent).facts.map((fact) => fact.term)
  for (const term of ['Lot numbers', 'Sold', 'Number of units', 'Price', 'Incidents']) assert.ok(!terms.includes(term), term)
})

test('the same recall elsewhere is named once, with the best place for it', () => {
  const links = [
    { recallId: 'HC-RA-1', agency: 'HC', url: 'https://recalls-rappels.canada.ca/x', title: 'Cups' },
    { recallId: 'HC-RA-1', agency: 'HC', url: null, title: 'Cups' },
    { recallId: null, agency: 'HC', url: null, title: null },
    { recallId: null, agency: 'PROFECO', url: 'javascript:alert(1)', title: null },
  ]
  assert.deepEqual(publishedElsewhere(links), [
    { name: 'Government of Canada (Health Canada, CFIA, Transport Canada)', href: '/recalls/HC-RA-1' },
    { name: 'PROFECO', href: null },
  ])
  assert.deepEqual(publishedElsewhere([]), [])
})

test('months are said in words, and what is no month as it stands', () => {
  assert.equal(monthSpan('2018-01', '2023-03'), 'from January 2018 to March 2023')
  assert.equal(monthSpan('2018-01', '2018-01'), 'in January 2018')
  assert.equal(monthSpan(null, '2018-13'), 'to 2018-13')
  assert.equal(monthSpan(null, null), '')
})

test('the licences that ask for it are named', () => {
  assert.match(attribution({ agency: 'HC' })!.text, /Open Government Licence – Canada/)
  assert.match(attribution({ agency: 'OPSS' })!.text, /Open Government Licence v3\.0/)
  assert.match(attribution({ agency: 'EUSG' })!.text, /© European Union/)
  assert.equal(attribution({ agency: 'CPSC' }), null)
})

test('JSON between script tags cannot end them, and is the same JSON', () => {
  const value = { text: '</script><!-- & \u2028\u2029' }
  assert.doesNotMatch(scriptJson(value), /[<>&\u2028\u2029]/)
  assert.deepEqual(JSON.parse(scriptJson(value)), value)
})
