import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readHazards } from './hazards.ts'

describe('hazards', () => {
  it('are none where a text states no danger, and other where it states none precisely', () => {
    assert.deepEqual(readHazards(['']), [])
    assert.deepEqual(readHazards(['The manual is missing.']), [])
    assert.deepEqual(readHazards(['The kit lacks its manual, posing an injury hazard.']), ['other'])
  })

  it('are those the text states', () => {
    const cases: [string, string[]][] = [
      ['The battery can overheat, posing fire and burn hazards.', ['fire', 'burn']],
      ['The cups contain levels of lead that exceed the federal lead content ban. Lead is toxic if ingested by young children.', ['lead']],
      ['Small parts can come loose, posing a choking hazard.', ['choking']],
      ['The boiler can leak carbon monoxide, posing a fire and carbon monoxide hazard.', ['fire', 'carbon_monoxide']],
      ['The packaging is not child-resistant, posing a risk of poisoning if swallowed.', ['poisoning']],
      ['The dressers are unstable if they are not anchored, posing serious tip-over and entrapment hazards.', ['entrapment', 'tip_over']],
      ['The brakes can fail, and the rider can lose control and crash.', ['crash']],
      ['Wheel rims can crack and send pieces flying, posing a laceration hazard.', ['laceration', 'projectile']],
      ['The blower can collide with a consumer, posing an injury hazard.', ['impact']],
      ['Pajamas fail to meet flammability standards, posing a risk of burn injuries to children.', ['burn']],
      ['The seat can break, posing a fall hazard.', ['fall']],
      ['Drawstrings can become entangled, posing a strangulation hazard.', ['strangulation', 'entrapment']],
      ['Magnets that are swallowed attract each other and perforate the intestines.', ['magnet']],
    ]
    for (const [text, hazards] of cases) assert.deepEqual(readHazards([text]), hazards, text)
  })

  it('are not seen in names of things', () => {
    assert.deepEqual(readHazards(['Fire pits and fireplaces with shock absorbers can lead to a laceration hazard.']), ['laceration'])
  })

  it('are the categories of the agency where it writes nothing else', () => {
    assert.deepEqual(readHazards(['Fire & Fire-Related Burn']), ['fire'])
    assert.deepEqual(readHazards(['Burn - Not Fire-Related']), ['burn'])
    assert.deepEqual(readHazards(['Electrocution/Electric Shock']), ['electric_shock'])
    assert.deepEqual(readHazards(['Explosion/Projectiles']), ['explosion', 'projectile'])
  })
})
