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
    ['The firm has received 65 reports of broken or shattered lids. No injuries have been reported.', 65, 0, null],
    ['The Store has not received any reports of injuries or incidents involving these dolls.', 0, 0, null],
    ['To date, no injuries have been reported.', null, 0, null],
    ['There are no reports of injuries.', null, 0, null],
    ['The firm received an incident report involving two arrows.', 1, null, null],
    ['The firm has received one report of a rider who fractured their collar bone after falling.', 1, 1, null],
    ['The firm has received one report of a garment catching fire and causing severe burns to both legs of a boy.', 1, 1, null],
    ['The firm has received nine reports of consumers falling, including six resulting in injuries.', 9, 6, null],
    [
      'Seven reports of fans smoking, including two reports of injuries. Injuries include one report of smoke inhalation and one blister.',
      7,
      2,
      null,
    ],
    [
      'Four reports of strangulations. In addition, five reports of infants entrapped, resulting in cuts, and one report of choking.',
      10,
      null,
      null,
    ],
    [
      'The firm has received 2,966 reports since the last recall, in addition to the 2,197 reported incidents in the September 2023 recall, including 38 reports of minor injuries.',
      2966,
      38,
      null,
    ],
  ]
  for (const [text, incidents, injuries, deaths] of cases) assert.deepEqual(readIncidents(text), { incidents, injuries, deaths }, text)
})
