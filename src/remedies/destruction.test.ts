import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { destructionSteps, destructionWay } from './destruction.ts'
import { CUPS } from '../../test/remedies-world.ts'

describe('how a product is destroyed safely', () => {
  it('never has a person cut what can burn or burst, nor what we know nothing of', () => {
    const bank = {
      ...CUPS,
      title: 'Baseus Power Banks Recalled',
      description: 'Magnetic wireless charging power banks',
      hazards: ['fire' as const],
    }
    const can = { ...CUPS, title: 'Hair spray recalled', description: 'Aerosol cans' }
    const burst = { ...CUPS, hazards: ['explosion' as const] }
    for (const recall of [bank, can, burst, null]) {
      assert.equal(destructionWay(recall), 'mark')
      const steps = destructionSteps(recall).join(' ')
      assert.match(steps, /Do not cut, break, open or charge/)
      assert.match(steps, /hazardous waste/)
      assert.doesNotMatch(steps, /household bin/)
    }
  })

  it('has small cells taken out first', () => {
    const lights = {
      ...CUPS,
      title: 'LED strip lights recalled',
      description: 'The remote holds a coin cell.',
      hazards: ['ingestion' as const],
    }
    assert.equal(destructionWay(lights), 'batteries')
    assert.match(destructionSteps(lights)[0]!, /Take the batteries out/)
  })

  it('has the plug pulled before a cord is cut', () => {
    const lamp = { ...CUPS, title: 'Table lamps recalled', description: 'Lamps with a power cord', hazards: ['electric_shock' as const] }
    assert.equal(destructionWay(lamp), 'cord')
    assert.match(destructionSteps(lamp)[0]!, /^Pull the plug/)
  })

  it('has cups with lead cut or broken, not ground or burnt', () => {
    assert.equal(destructionWay(CUPS), 'cut')
    assert.match(destructionSteps(CUPS).join(' '), /Do not sand, grind or burn/)
  })
})
