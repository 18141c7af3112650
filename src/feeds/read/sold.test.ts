import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { monthsIn, windowIn } from './months.ts'
import { readMade } from './made.ts'
import { readSold, readSoldFromProse } from './sold.ts'

describe('months in a text', () => {
  it('are those with a year of their own or of the next one', () => {
    for (const [text, months] of [
      ['may be sold in 2012', []],
      ['in May', []],
      ['March 2018, Sept. 2019 and December of 2020', ['2018-03', '2019-09', '2020-12']],
      ['June 30, 1990', ['1990-06']],
      ['from September to November 2012', ['2012-09', '2012-11']],
      ['from November to January 2013', ['2012-11', '2013-01']],
      ['10/2002 to 6/2016', ['2002-10', '2016-06']],
      ['13/2002', []],
    ] as const) {
      assert.deepEqual(
        monthsIn(text).map((mention) => mention.month),
        months,
        text,
      )
    }
  })

  it('bound a window on the side that the words say', () => {
    for (const [text, from, to] of [
      ['from January 2018 through March 2023', '2018-01', '2023-03'],
      ['between January 2014 and March 2014', '2014-01', '2014-03'],
      ['throughout September 1999', '1999-09', '1999-09'],
      ['prior to Sept. 1973', null, '1973-08'],
      ['before January 2001', null, '2000-12'],
      ['through April 2012', null, '2012-04'],
      ['since May 2010', '2010-05', null],
      ['from January 1987 to the present', '1987-01', null],
      ['from 1995 through May 2009', null, '2009-05'],
      ['from Spring 2008 through May 2009', null, '2009-05'],
      ['from 1995 to 2013', null, null],
      ['from August 2011 to November 2011 and from August 2012 to November 2012', '2011-08', '2012-11'],
    ] as const) {
      assert.deepEqual(windowIn(text), { from, to }, text)
    }
  })
})

describe('the sold window', () => {
  it('is the earliest and latest month over all sellers', () => {
    const text =
      'Walmart from January 2005 through April 2010, and Target from January 2000 through March 2009. Amazon.com sold both through April 2012.'
    assert.deepEqual(readSold(text), { from: '2000-01', to: '2012-04' })
  })

  it('takes free distribution, and no free replacements of an earlier recall', () => {
    assert.deepEqual(readSold('The stools were distributed free by various companies between March 2012 and May 2012.'), {
      from: '2012-03',
      to: '2012-05',
    })
    const replaced =
      'Home Depot from September 2015 through May 2016 for about $23. This includes lamps received as free replacements from June 2014 through July 2016.'
    assert.deepEqual(readSold(replaced), { from: '2015-09', to: '2016-05' })
  })

  it('is found in a press release behind the words of a sale', () => {
    const release =
      'Ovens manufactured between March 1980 and May 1981 are recalled. About 400 were sold through Sears during December 1984 and January 1985 for $65. Hair dryers sold after April 1993 are not involved.'
    assert.deepEqual(readSoldFromProse(release), { from: '1984-12', to: '1985-01' })
    assert.deepEqual(readSoldFromProse('About 400 were recalled on May 3, 1985.'), { from: null, to: null })
  })
})

describe('the window of manufacture', () => {
  it('stands behind words of making', () => {
    assert.deepEqual(readMade('Cribs made in China and manufactured from May 2012 through December 2012 are recalled.'), {
      from: '2012-05',
      to: '2012-12',
    })
    assert.deepEqual(readMade('Pans - manufactured prior to Sept. 1973 - may shock.'), { from: null, to: '1973-08' })
    assert.deepEqual(readMade('The dates of manufacture are between October 1, 2014 and July 1, 2015.'), { from: '2014-10', to: '2015-07' })
  })

  it('is not what is not involved, and not when it was sold', () => {
    assert.deepEqual(readMade('Dryers manufactured after August 7, 1993 are not involved in this recall.'), { from: null, to: null })
    assert.deepEqual(readMade('They were made in China and sold from May 2012 through June 2013.'), { from: null, to: null })
  })
})
