import { it } from 'node:test'
import assert from 'node:assert/strict'
import { readIncidents } from './incidents.ts'

it('incidents are counted over the groups that the agency lists', () => {
  const cases: [string, number | null, number | null, number | null][] = [
    ['', null, null, null],
    ['None reported', 0, 0, null],
    ['No incidents or injuries have been reported.', 0, 0, null],
    ['Target has received 137 reports of the jar breaking. Six injuries were reported, including lacerations.', 137, 6, null],
    ['There have been 2 reports of the shaft failing. No injuries have been reported.', 2, 0, null],
    ['IKEA has received 18 reports of these vases breaking, resulting in seven reports of injury.', 18, 7, null],
    ['Polaris has received 14 reports of fire and one report of smoke and two reports of melting.', 17, null, null],
    ['The firm has received six reports of eyes detaching, including two reports of choking. No injuries have been reported.', 6, 0, null],
    ['A 90-year-old man died as a result of a fire. Vornado has received a total of 19 reports of fires.', 19, null, 1],
    ['None reported. CPSC estimates 2,400 magnet ingestions were treated in hospital emergency departments.', 0, 0, null],
    ['The firm has received one additional report. In the two previous recalls it received a total of 31 reports.', 1, null, null],
  ]
  for (const [text, incidents, injuries, deaths] of cases) assert.deepEqual(readIncidents(text), { incidents, injuries, deaths }, text)
})
