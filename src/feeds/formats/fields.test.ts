import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { compactDay, dayFirstDay, isoDay, mailDay, monthFirstDay } from './dates.ts'
import { htmlText, sectionsOf, tableRows } from './html.ts'
import { numberOfAddress, readPressItem } from './press.ts'
import { isPlaceholder, severityOf } from './recall-of.ts'
import { numberOf } from './shape.ts'

describe('a date', () => {
  it('that is no day of the calendar is none', () => {
    for (const text of ['', '20260231', '2026-07-22', '0', '202607221']) assert.equal(compactDay(text), null, text)
    for (const text of ['', '2026-02-30', '2026-13-01', '22/07/2026', '2026-07-22x']) assert.equal(isoDay(text), null, text)
    assert.equal(monthFirstDay('20/12/2023'), null)
    assert.equal(dayFirstDay('12/20/2023'), null)
    for (const text of ['', 'yesterday', 'Wed, 32 Nov 2025', 'Wed, 12 Nix 2025 09:14:00 EST']) assert.equal(mailDay(text), null, text)
  })

  it('is read as its agency writes it', () => {
    assert.equal(compactDay('20260722'), '2026-07-22')
    assert.equal(isoDay('2026-10-02T14:24:26+01:00'), '2026-10-02')
    assert.equal(monthFirstDay('04/11/2020'), '2020-04-11')
    assert.equal(dayFirstDay('04/11/2020'), '2020-11-04')
    assert.equal(mailDay('Tue, 04 Nov 2025 23:59:00 EST'), '2025-11-04')
  })
})

describe('a text', () => {
  it('that says there is nothing is a placeholder, in the languages of those who notify', () => {
    for (const text of [
      '',
      ' – ',
      'N/A',
      'unknown',
      'Unknown.',
      'nincs',
      'Nincs',
      'sans marque',
      'Sans Marque',
      'inconnu',
      'ohne',
      'brak',
      'no brand',
      'onbekend',
    ])
      assert.ok(isPlaceholder(text), text)
    for (const text of ['Nincso', 'No Name Brands', 'Other World', 'NA-KD', 'Brakes', 'All Clad']) assert.ok(!isPlaceholder(text), text)
  })

  it('in HTML is what a person reads of it', () => {
    assert.equal(
      htmlText('<p>One&nbsp;&amp; <b>two</b></p><p>three &frac12; &quot;&#8220;x&rdquo;</p><script>alert(1)</script>'),
      'One & two\nthree ½ "“x”',
    )
    assert.equal(htmlText('less < more, 5<6 <A HREF="http://x">here</A>'), 'less < more, 5<6 here')
    assert.deepEqual(tableRows('<table><tr><th>A</th><td> 1<br>2 </td></tr><tr></tr></table>'), [['A', '1 2'], []])
    assert.deepEqual([...sectionsOf('x<h2 id="a">Hazard</h2><p>y</p><h3>More</h3>z')], [['', 'x'], ['hazard', '<p>y</p>'], ['more', 'z']]) // prettier-ignore
  })
})

describe('a number', () => {
  it('can stand in an address whatever the agency prints', () => {
    assert.equal(numberOf(' 034-2024 '), '034-2024')
    assert.equal(numberOf('SR/01950/26'), 'SR-01950-26')
    assert.equal(numberOf('032-2020(Original) '), '032-2020-ORIGINAL')
    assert.equal(numberOf('–'), '')
  })

  it('is made from the address where there is none, and stays while the title is corrected', () => {
    const url = 'https://www.productsafety.gov.au/recalls/neon-wall-lamp/?a=b'
    assert.equal(numberOfAddress('', { url, title: 'x' }), 'neon-wall-lamp')
    const long = `http://www.fda.gov/safety/${'very-long-name-'.repeat(8)}end`
    assert.match(numberOfAddress('press-', { url: long, title: 'x' }), /^press-very-long-name-very-[a-z-]+-[0-9a-f]{8}$/)
    assert.equal(numberOfAddress('press-', { url: long, title: 'x' }), numberOfAddress('press-', { url: `${long}/`, title: 'corrected' }))
    assert.notEqual(numberOfAddress('', { url: `${long}-1`, title: '' }), numberOfAddress('', { url: `${long}-2`, title: '' }))
    assert.equal(numberOfAddress('', { url: null, title: 'Lamp & shade' }), 'lamp-shade')
  })
})

describe('a level of danger', () => {
  it('is the highest of those named', () => {
    assert.deepEqual(severityOf(''), {})
    assert.deepEqual(severityOf('Not Yet Classified'), { riskLevel: 'Not Yet Classified' })
    assert.deepEqual(severityOf('Class I'), { riskLevel: 'Class I', severity: 'serious' })
    assert.equal(severityOf('Type II').severity, 'medium')
    assert.equal(severityOf('Low - Class II').severity, 'medium')
    assert.equal(severityOf('Class 3 to Class 1').severity, 'serious')
    assert.equal(severityOf('Serious risk').severity, 'serious')
    assert.equal(severityOf('medium').severity, 'medium')
  })
})

describe('an item of RSS', () => {
  it('names the element that is missing or wrong', () => {
    const read = (text: string) => {
      const item = readPressItem(Buffer.from(text))
      return item.ok ? 'read' : `${item.problem.field ?? ''}: ${item.problem.message}`
    }
    assert.equal(read('<item><pubDate>Fri, 02 Oct 2026</pubDate></item>'), 'title: the title is missing')
    assert.equal(read('<item><title>a</title></item>'), 'pubDate: the date is missing')
    assert.equal(read('<item><title>a</title><pubDate>soon</pubDate></item>'), 'pubDate: "soon" is not a date')
    assert.equal(read('<entry/>'), ': the item is no <item> of RSS')
    assert.match(read('<item><title>a</item>'), /closes nothing/)
    assert.equal(read('<item><title>a</title><pubDate>Fri, 02 Oct 2026</pubDate><link>javascript:alert(1)</link></item>'), 'read')
  })
})
