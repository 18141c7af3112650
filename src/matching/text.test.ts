import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { BREAK, HYPHEN, SLASH, SPACE, STOP, TEXT_LENGTH_MAX, WORDS_MAX, stem, wordsOf } from './text.ts'
import { HARD, SOFT, codesOf, isSpec } from './codes.ts'
import { sameSize, sizesOf } from './sizes.ts'

function hardCodes(text: string): string[] {
  return codesOf(wordsOf(text))
    .filter((code) => (code.kind & HARD) !== 0)
    .map((code) => code.code)
}

describe('wordsOf', () => {
  it('reads nothing from nothing', () => {
    assert.deepEqual(wordsOf('').text, [])
    assert.deepEqual(wordsOf(' \u0000\u200b\u202e – 🔥 ').text, [])
  })

  it('folds case, accents, widths and invisible characters', () => {
    assert.deepEqual(wordsOf('Caf\u00e9 ＣＵＰ Stra\u00dfe cup\u200bkin').text, ['cafe', 'cup', 'strasse', 'cupkin'])
    assert.deepEqual(wordsOf("Carter's Children\u2019s").text, ['carters', 'childrens'])
  })

  it('says what stands between words', () => {
    assert.deepEqual(wordsOf('PC70-THD, black/red (new). Cup - lid').before, [STOP, HYPHEN, BREAK, SLASH, BREAK, STOP, BREAK])
    assert.equal(wordsOf('two words').before[1], SPACE)
  })

  it('keeps letters of every script', () => {
    assert.deepEqual(wordsOf('Чашка 杯子 كوب').text.length, 3)
  })

  it('stays inside its bounds whatever it is given', () => {
    const long = wordsOf('ab '.repeat(60_000))
    assert.ok(long.text.length <= WORDS_MAX)
    assert.equal(wordsOf('x'.repeat(200_000)).text[0]!.length, TEXT_LENGTH_MAX)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const words = wordsOf(text)
        assert.equal(words.text.length, words.before.length)
        assert.equal(words.text.length, words.capital.length)
        for (const word of words.text) assert.ok(word.length > 0 && !/\s/.test(word), JSON.stringify(word))
      }),
    )
  })

  it('reads its own words again as the same words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const words = wordsOf(text).text
        assert.deepEqual(wordsOf(words.join(' ')).text, words)
      }),
    )
  })
})

describe('stem', () => {
  it('joins plural and singular', () => {
    for (const [plural, singular] of [
      ['cups', 'cup'],
      ['batteries', 'battery'],
      ['dishes', 'dish'],
      ['boxes', 'box'],
      ['glass', 'glass'],
      ['bus', 'bus'],
    ] as const)
      assert.equal(stem(plural), singular)
  })
})

describe('codesOf', () => {
  it('takes no measure, standard or year for a model', () => {
    for (const word of ['12mp', '1080p', '40in', '18v', '64gb', 'usb3', '7500w', '2in1', '4k', '3d']) assert.ok(isSpec(word), word)
    assert.deepEqual(hardCodes('8-in-1 12-volt 1080p HDTV 40-inch 2019 model 3.5 in, 2-pack 64 GB'), [])
  })

  it('finds model numbers however they are written', () => {
    assert.ok(hardCodes('PORTER PC70-THD drill').includes('pc70thd'))
    assert.ok(hardCodes('Sandal F3053-726-826').includes('f3053726826'))
    assert.ok(hardCodes('iStore IST-09991/W05').includes('ist09991w05'))
    assert.ok(hardCodes('SKU 342922').includes('342922'))
    const soft = codesOf(wordsOf('Philips SCD 630')).filter((code) => code.kind === SOFT)
    assert.deepEqual(
      soft.map((code) => code.code),
      ['scd630'],
    )
  })
})

describe('sizesOf', () => {
  it('reads sizes in one unit per dimension', () => {
    assert.deepEqual(
      sizesOf(wordsOf('8 oz and 12-ounce cups, 64GB, 7.4V, 50-fluid-ounce')).map((size) => [
        size.dimension,
        Math.round(size.value * 10) / 10,
      ]),
      [
        ['content', 232],
        ['content', 348],
        ['storage', 64],
        ['voltage', 7.4],
        ['content', 1450],
      ],
    )
  })

  it('takes ounces of weight and of volume as the same within the tolerance', () => {
    assert.ok(sameSize(29, 28))
    assert.ok(!sameSize(232, 348))
  })

  it('knows no unit by accident of the object it is kept in', () => {
    assert.deepEqual(sizesOf(wordsOf('8 constructor 3 toString 4 valueof')), [])
  })
})
