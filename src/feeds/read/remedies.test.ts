import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readProofOfDestruction, readRemedies } from './remedies.ts'

describe('remedies', () => {
  it('are none where nothing is offered', () => {
    assert.deepEqual(readRemedies([], ''), [])
    assert.deepEqual(readRemedies([], 'Consumers should stop using the cups.'), [])
    assert.deepEqual(readRemedies([], 'The firm is out of business and a remedy is no longer available. Discard the product.'), [
      'dispose',
      'none',
    ])
    assert.deepEqual(readRemedies(['No Remedy Available'], ''), ['none'])
  })

  it('are the options of the agency and what the prose adds', () => {
    const cases: [string[], string, string[]][] = [
      [['Refund'], 'Contact Soojimus for a full refund.', ['refund']],
      [[], 'Return them to any store for a store credit.', ['refund']],
      [['Replace'], 'Contact Ganz for a free replacement product or a full refund.', ['refund', 'replace']],
      [['Repair'], 'Contact Bexco for a free replacement mattress support.', ['replace', 'repair']],
      [[], 'Contact your dealer to schedule an appointment to replace the steering shaft.', ['repair']],
      [['Refund'], 'Remove the drawstrings from the jackets or return them for a full refund.', ['refund', 'repair']],
      [
        ['Refund'],
        'Contact us to receive free updated user instructions and new adhesive warning labels.',
        ['refund', 'new_instructions', 'label'],
      ],
      [['Refund'], 'Contact us for instructions on how to dispose of the pajamas for a full refund.', ['refund', 'dispose']],
      [['Refund'], 'Consumers receive a pre-paid shipping label to return the sets.', ['refund']],
      [['R'], 'Contact us for a full refund.', ['refund']],
    ]
    for (const [options, text, remedies] of cases) assert.deepEqual(readRemedies(options, text), remedies, text)
  })

  it('ask for proof of destruction where they ask for a picture of the destroyed product', () => {
    assert.equal(readProofOfDestruction('Cut the cord and send a photograph of the destroyed heater for a full refund.'), true)
    assert.equal(readProofOfDestruction('Contact Soojimus for a full refund.'), false)
    assert.equal(readProofOfDestruction('Send a photo of the serial number for a free repair.'), false)
  })
})
