import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { buildEngine, narrowEngine, type ScreenedMatch } from './engine.ts'
import { CANDIDATES_MAX, candidatesOf } from './candidates.ts'
import { readListing } from './listing-features.ts'
import { CUPS, POWER_BANKS, RANGES, STEAMERS, sampleListing, sampleRecall } from './samples.ts'

const engine = buildEngine([CUPS, POWER_BANKS, RANGES, STEAMERS])

function answer(title: string, change: Parameters<typeof sampleListing>[2] = {}, recall = 'CPSC-23774'): string {
  return engine.screenListing(sampleListing('x', title, change)).find((match) => match.recallId === recall)?.answer ?? 'no'
}

function match(title: string, change: Parameters<typeof sampleListing>[2], recall: string): ScreenedMatch | undefined {
  return engine.screenListing(sampleListing('x', title, change)).find((found) => found.recallId === recall)
}

describe('what is not the recalled product', () => {
  it('is not a spare part or accessory of it', () => {
    for (const title of [
      'Replacement lid for CUPKIN stainless steel cups', 'CUPKIN Replacement Straws, 8 pack', 'CUPKIN Silicone Sleeve for 8 oz cups', 'Straws for CUPKIN cups',
      'Cup lids compatible with CUPKIN 12 oz', 'CUPKIN Spare Lids 4 Pack', 'Carrying case for CUPKIN kids cup',
    ]) assert.notEqual(answer(title, { brand: 'CUPKIN' }), 'affected', title) // prettier-ignore
  })

  it('is not another brand’s', () => {
    assert.equal(answer('Yeti Rambler Jr Kids Stainless Steel Cup 12 oz with straw', { brand: 'YETI' }), 'no')
    assert.equal(answer('Stainless steel children’s cups, set of 2, 8 oz', { brand: 'Housavvy' }), 'no')
  })

  it('is not affected in a size that the recall does not name', () => {
    assert.notEqual(answer('CUPKIN Stainless Steel Tumbler Cup 20 oz', { brand: 'CUPKIN' }), 'affected')
  })

  it('is not another model, nor one the recall leaves out, nor the same number of another brand', () => {
    assert.equal(answer('Baseus 20000mAh 65W power bank PPDGL-01', { brand: 'Baseus', model: 'PPDGL01' }, 'CPSC-25248'), 'no')
    assert.equal(answer('LG Electric Range LRE99999', { brand: 'LG', model: 'LRE99999' }, 'CPSC-13031'), 'no')
    assert.equal(answer('Makita garment label printer HGS011', { brand: 'Makita', model: 'HGS011' }, 'CPSC-23034'), 'no')
  })
})

describe('what is the recalled product', () => {
  it('is found by its name and stopped', () => {
    const found = match('CUPKIN Stainless Steel Kids Cups, 8 oz, Set of 2 with Straws, Blue and Green', { brand: 'CUPKIN' }, 'CPSC-23774')
    assert.equal(found?.answer, 'affected')
    assert.equal(found?.tier, 'auto')
  })

  it('is found by its model number in any spelling, in a colour, and by its barcode', () => {
    assert.equal(answer('BASEUS power bank 65W BS30KP365', { brand: 'Baseus', model: 'BS 30KP365' }, 'CPSC-25248'), 'affected')
    assert.equal(answer('LG Freestanding Electric Range - LRE30453SS', {}, 'CPSC-13031'), 'affected')
    assert.equal(answer('Black and Decker easy steamer', { brand: 'Black & Decker', gtin: '050875828407' }, 'CPSC-23034'), 'affected')
  })

  it('is possibly affected while the listing does not state the model that decides', () => {
    const found = match('Baseus 65W power bank 30000mAh white', { brand: 'Baseus' }, 'CPSC-25248')
    assert.equal(found?.answer, 'possibly')
    assert.ok(found.reasons.some((reason) => reason.text.includes('model number')))
  })
})

describe('what stops a listing at once', () => {
  const banks = sampleRecall({
    recallNumber: '90001',
    title: 'Voltero Recalls PowerPal 10000 Power Banks Due to Fire Hazard',
    description:
      'This recall involves Voltero PowerPal 10000 power banks with model number V1263. The model number is printed on the bottom.',
    products: [{ name: 'Voltero PowerPal 10000 power banks (model V1263 only)', model: null, unitsText: null }],
    scope: { ...CUPS.scope, brands: ['Voltero'], productNouns: ['power banks'], models: ['PowerPal 10000', 'V1263'] },
  })
  const one = buildEngine([banks, CUPS])
  function tier(title: string, change: Parameters<typeof sampleListing>[2]): string {
    return one.screenListing(sampleListing('x', title, { brand: 'Voltero', ...change }))[0]?.tier ?? 'dismiss'
  }

  it('is not the name of a line beside another model number', () => {
    assert.equal(tier('Voltero PowerPal 10000 power bank V1263 black', { model: 'V1263' }), 'auto')
    assert.notEqual(tier('Voltero PowerPal Slim 10000 power bank V1231 black', { model: 'V1231' }), 'auto')
  })

  it('waits for a person where the seller says that it was put right', () => {
    assert.equal(tier('Voltero PowerPal 10000 power bank V1263, repaired', { model: 'V1263' }), 'review')
    assert.equal(tier('Voltero PowerPal 10000 power bank V1263', { description: 'Recall work has been completed.' }), 'review')
  })
})

describe('recalls that come in one after the other', () => {
  const words = fc.array(
    fc.constantFrom('CUPKIN', 'Cup', 'Kin', 'Zorvex', 'zorvex', 'steel', 'range', 'LRE30453SS', 'BS-30KP365', 'cups'),
    { maxLength: 6 },
  )
  const recall = fc
    .record({ of: fc.constantFrom(CUPS, POWER_BANKS, RANGES, STEAMERS), words, copy: fc.nat(3) })
    .map(({ of, words: said, copy }) =>
      sampleRecall({
        ...of,
        recallNumber: `${of.recallNumber}${copy}`,
        description: `${of.description} Also ${said.join(' ')}.`,
        scope: { ...of.scope, brands: said.slice(0, 1) },
      }),
    )
  const title = fc.array(
    fc.constantFrom(
      'CUPKIN',
      'Stainless Steel',
      'Kids Cups',
      '8 oz',
      'Zorvex',
      'LG',
      'Range',
      'LRE30453SS',
      'Baseus',
      'power bank',
      'BS-30KP365',
    ),
    { minLength: 2, maxLength: 8 },
  )

  it('leave the engine as if it were built with all of them at once', () => {
    fc.assert(
      fc.property(
        fc.array(recall, { maxLength: 12 }),
        fc.array(recall, { maxLength: 12 }),
        fc.array(title, { maxLength: 6 }),
        (first, then, titles) => {
          const grown = buildEngine(first)
          for (const each of then) grown.addRecalls([each])
          const anew = buildEngine([...first, ...then])
          const narrow = narrowEngine(grown, new Set(then.map((each) => `CPSC-${each.recallNumber}`)))
          for (const said of titles) {
            const listing = sampleListing('x', said.join(' '))
            const found = anew.screenListing(listing)
            assert.deepEqual(grown.screenListing(listing), found)
            assert.deepEqual(
              narrow.screenListing(listing),
              found.filter((each) => then.some(({ recallNumber }) => each.recallId === `CPSC-${recallNumber}`)),
            )
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('are listed together when many have come', () => {
    const many = Array.from({ length: 700 }, (_, i) =>
      sampleRecall({ ...CUPS, recallNumber: String(10_000 + i), scope: { ...CUPS.scope, brands: [`Brand${i}`] } }),
    )
    const grown = buildEngine(many.slice(0, 10))
    grown.addRecalls(many.slice(10))
    assert.ok(grown.index.listed > 250)
    const listing = sampleListing('x', 'CUPKIN Stainless Steel Kids Cups 8 oz', { brand: 'CUPKIN' })
    assert.deepEqual(grown.screenListing(listing), buildEngine(many).screenListing(listing))
  })
})

describe('reasons', () => {
  it('sum exactly to the weight, whatever is compared', () => {
    const word = fc.constantFrom(
      'CUPKIN',
      'cup',
      'lid',
      'for',
      'BS-30KP365',
      'LG',
      'LRE30453SS',
      'range',
      '8 oz',
      'replacement',
      'Black+Decker',
      'steamer',
      ',',
      '🔥',
      'compatible',
      'x',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), fc.option(word, { nil: null }), (words, brand) => {
        for (const found of engine.screenListing(sampleListing('x', words.join(' '), { brand }))) {
          assert.equal(
            found.reasons.reduce((sum, reason) => sum + reason.weight, 0),
            found.weight,
          )
        }
      }),
    )
  })

  it('point at the words they rest on', () => {
    const title = 'LG Freestanding Range - LRE30453SS'
    const reason = match(title, { brand: 'LG' }, 'CPSC-13031')?.reasons.find((each) => each.field === 'model_same')
    assert.equal(title.slice(reason?.listingSpan?.start, reason?.listingSpan?.end), 'LRE30453SS')
  })
})

describe('hostile listings', () => {
  it('are answered without fault', () => {
    for (const title of [
      '',
      ' ',
      '\u0000',
      '🔥'.repeat(30_000),
      'CUPKIN '.repeat(20_000),
      'a-1-'.repeat(25_000),
      '\u202e\u0627\u0644\u0643\u0648\u0628',
      'ﬁ\u0301'.repeat(9_999),
    ])
      assert.ok(
        Array.isArray(
          engine.screenListing(sampleListing('x', title, { brand: title, model: title, description: title, attributes: { a: title } })),
        ),
      )
  })

  it('cost a bounded number of comparisons', () => {
    const many = buildEngine(Array.from({ length: 300 }, (_, i) => sampleRecall({ ...CUPS, recallNumber: String(90_000 + i) })))
    const listing = readListing(sampleListing('x', 'CUPKIN stainless steel cups '.repeat(4_000)), many.vocabulary)
    assert.ok(candidatesOf(listing, many.index).length <= CANDIDATES_MAX)
    assert.ok(listing.ids.length < 50 && listing.main.length < 1_000)
  })

  it('read and compare a bounded number, counted', () => {
    const titles = fc.array(fc.constantFrom('CUPKIN', 'steel', '🔥', '\u0000', '\u202e', 'LRE30453', 'a-1-b', 'zz', 'range', '8 oz', ','), {
      maxLength: 2_000,
    })
    fc.assert(
      fc.property(titles, (words) => {
        const title = words.join(' ')
        const before = { ...engine.index.work }
        engine.screenListing(sampleListing('x', title, { description: title }))
        // Each recall's list is read once for each distinct word, however often the listing says it.
        assert.ok(engine.index.work.postings - before.postings <= engine.recalls.length * 40)
        assert.ok(engine.index.work.bounded - before.bounded <= engine.recalls.length)
      }),
      { numRuns: 50 },
    )
  })

  it('cost no more because others are the same', () => {
    const listing = sampleListing('x', 'CUPKIN Stainless Steel Kids Cups 8 oz', { brand: 'CUPKIN' })
    const spent = Array.from({ length: 2_000 }, () => {
      const before = engine.index.work.postings
      engine.screenListing(listing)
      return engine.index.work.postings - before
    })
    assert.deepEqual([...new Set(spent)], [spent[0]])
  })

  it('are compared once with a recall of 57 products, in the time of one', () => {
    const products = Array.from({ length: 57 }, (_, i) => ({
      name: `CUPKIN Stainless Steel Cups CK${1000 + i}`,
      model: `CK${1000 + i}`,
      unitsText: null,
    }))
    const large = buildEngine([sampleRecall({ ...CUPS, recallNumber: '90057', products })])
    const found = large.screenListing(sampleListing('x', 'CUPKIN Stainless Steel Cups CK1033', { brand: 'CUPKIN' }))
    assert.deepEqual(
      found.map((each) => each.recallId),
      ['CPSC-90057'],
    )
    assert.equal(large.index.work.bounded, 1)
  })

  it('leave nothing behind for the next one', () => {
    const good = sampleListing('x', 'CUPKIN Stainless Steel Kids Cups 8 oz', { brand: 'CUPKIN' })
    const before = engine.screenListing(good)
    engine.screenListing(sampleListing('y', 'CUPKIN '.repeat(1_000)))
    assert.deepEqual(engine.screenListing(good), before)
  })
})
