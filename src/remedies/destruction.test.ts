import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { CUPKIN } from '../../test/world.ts'
import type { Hazard, Recall } from '../recalls/index.ts'
import { destructionSteps, destructionWay, type DestructionWay } from './destruction.ts'

function recall(title: string, hazards: Hazard[], description = ''): Recall {
  return { ...CUPKIN, title, description, hazardText: '', remedyText: '', products: [], hazards }
}

const WAYS: [Recall | null, DestructionWay][] = [
  [null, 'burns'],
  [recall('Baseus Recalls Power Banks', ['fire']), 'burns'],
  [recall('Hair spray recalled', ['other'], 'Aerosol cans'), 'burns'],
  [recall('Pressure cookers recalled', ['burn', 'explosion']), 'burns'],
  [recall('Drain cleaner recalled', ['chemical']), 'leaks'],
  [recall('Glucosamine bottles recalled', ['poisoning']), 'leaks'],
  [recall('Glass jars recalled', ['laceration']), 'mark'],
  [recall('Magnetic balls recalled', ['ingestion', 'magnet']), 'mark'],
  [recall('Mugs recalled', ['burn']), 'mark'],
  [recall('Something recalled', []), 'mark'],
  [recall('LED strip lights recalled', ['ingestion'], 'The remote holds a coin cell.'), 'batteries'],
  [recall('Hover balls with batteries recalled', ['burn']), 'burns'],
  [recall('Ceiling fans recalled', ['impact'], 'Electric fans'), 'cord'],
  [recall('Glass baby bottles recalled', ['lead']), 'mark'],
  [recall('Table lamps recalled', ['electric_shock'], 'Lamps with a power cord'), 'cord'],
  [recall('Pajamas recalled', ['choking']), 'cut'],
  [recall('Cups recalled', ['lead', 'poisoning']), 'cut'],
]

describe('how a product is destroyed safely', () => {
  for (const [given, way] of WAYS) {
    it(`is ${way} for ${given === null ? 'what we know nothing of' : `${given.title} (${given.hazards.join(', ')})`}`, () => {
      assert.equal(destructionWay(given), way)
    })
  }

  it('never has a person break what can burn, burst or leak, nor put it in the bin', () => {
    for (const [given, way] of WAYS) {
      const steps = destructionSteps(given).join(' ')
      const dangerous = way === 'burns' || way === 'leaks'
      assert.equal(/Do not (cut|open)/.test(steps), dangerous)
      assert.equal(/household hazardous waste site/.test(steps), dangerous || way === 'batteries')
      assert.equal(/household trash/.test(steps), !dangerous)
      assert.match(steps, /Take one photo/)
    }
  })

  it('speaks of one product as one', () => {
    for (const [given] of WAYS.filter(([, way]) => way !== 'batteries'))
      assert.doesNotMatch(destructionSteps(given, true).join(' '), /\b(them|they)\b/i)
  })

  it('has cups with lead cut or broken, not ground or burnt', () => {
    assert.match(destructionSteps(CUPKIN).join(' '), /Do not sand, grind or burn/)
  })
})
