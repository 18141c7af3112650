import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { attributes, country, currency, decimalPrice, email, gtin, id, instant, integer, locale, minorUnits, oneOf, text, webAddress, type ReadCell } from './cells.ts' // prettier-ignore
import { currencyExponent } from './currency.ts'
import { gtinCheckDigit } from '../platform/gtin.ts'
import { gtinProblem } from './gtin.ts'

const LATEST = Date.UTC(2023, 6, 20)

/** What the reader made of the cell, or what it found wrong. */
function read(reader: ReadCell, cell: string, row: string[] = []): string {
  const value = reader(cell, row)
  return typeof value === 'string' ? value : `✖ ${value.problem}`
}

describe('a whole number', () => {
  it('outside its bounds or with anything but digits is refused in plain words', () => {
    const quantity = integer(1, 100_000)
    assert.equal(read(quantity, '-3'), '✖ -3 is below 1')
    assert.equal(read(quantity, '0'), '✖ 0 is below 1')
    assert.equal(read(quantity, '100001'), '✖ 100001 is above 100000')
    assert.match(read(quantity, '9'.repeat(400)), /^✖ 9{40}… is above 100000$/)
    for (const cell of ['1.5', '1e3', '١', '0x10', 'two', '1 000', '1,000', '+1', '--1', 'NaN'])
      assert.equal(read(quantity, cell), `✖ ${JSON.stringify(cell)} is not a whole number`)
  })

  it('is read as Number reads it, however it is written', () => {
    const any = integer(-1_000_000, 10_000_000_000)
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000_000 }), fc.integer({ min: 0, max: 12 }), (value, zeros) => {
        const written = `${value < 0 ? '-' : ''}${'0'.repeat(zeros)}${Math.abs(value)}`
        assert.equal(read(any, written), String(value))
      }),
    )
  })
})

describe('money', () => {
  it('with decimals in a column of minor units is refused and shown the other column', () => {
    assert.match(read(minorUnits('unit_price'), '19.99'), /"19\.99" has decimals; .* decimal prices go in unit_price/)
    assert.equal(read(minorUnits('unit_price'), '-1'), '✖ -1 is below 0')
    assert.equal(read(minorUnits('unit_price'), '1999'), '1999')
  })

  it('as a decimal is never rounded, and never guessed at', () => {
    const price = decimalPrice(0)
    assert.equal(read(price, '19.999', ['USD']), '✖ 19.999 has 3 decimals, USD has 2')
    assert.equal(read(price, '1500.5', ['JPY']), '✖ 1500.5 has 1 decimals, JPY has 0')
    assert.equal(read(price, '-19.99', ['USD']), '✖ -19.99 is below 0')
    for (const cell of ['$19.99', '1,299.00', '19,99', '.99', '19.', '1e2', 'free'])
      assert.match(read(price, cell, ['USD']), /is not a price like 19\.99/, cell)
    assert.equal(read(price, '19.99', ['']), '✖ cannot be read without a good currency')
    assert.match(read(price, '999999999999', ['USD']), /is above/)
  })

  it('as a decimal becomes exact minor units of its currency', () => {
    const price = decimalPrice(0)
    assert.equal(read(price, '19.99', ['USD']), '1999')
    assert.equal(read(price, '19.9', ['USD']), '1990')
    assert.equal(read(price, '19', ['USD']), '1900')
    assert.equal(read(price, '19.9900', ['USD']), '1999')
    assert.equal(read(price, '1500', ['JPY']), '1500')
    assert.equal(read(price, '1.234', ['KWD']), '1234')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), fc.constantFrom('USD', 'JPY', 'KWD', 'EUR'), (minor, code) => {
        const exponent = currencyExponent(code)!
        const digits = String(minor).padStart(exponent + 1, '0')
        const written = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
        assert.equal(read(price, written, [code]), String(minor))
      }),
    )
  })

  it('needs a currency of ISO 4217', () => {
    for (const cell of ['US$', 'USDX', 'XYZ', '$', 'us dollar']) assert.match(read(currency, cell), /is not a currency code of ISO 4217/)
    assert.equal(read(currency, 'usd'), 'USD')
    assert.equal(read(currency, 'EUR'), 'EUR')
  })
})

describe('an instant', () => {
  const reader = instant(LATEST)

  it('that is no date, no day of the calendar, too old or in the future is refused', () => {
    for (const cell of [
      '7/19/2023',
      '19.07.2023',
      'yesterday',
      '2023-7-19',
      '20230719',
      '2023-07-19T10',
      '1689762600',
      '2023-07-19T10:00:00 EST',
    ])
      assert.match(read(reader, cell), /is not a date and time like/, cell)
    for (const cell of [
      '2023-02-29',
      '2023-13-01',
      '2023-00-10',
      '2023-04-31T00:00:00Z',
      '2023-01-32T00:00:00Z',
      '2023-07-01T24:00:00Z',
      '2023-07-01T10:60Z',
    ])
      assert.match(read(reader, cell), /is no day and time of the calendar/, cell)
    assert.match(read(reader, '2203-07-19T10:00:00Z'), /lies in the future/)
    assert.match(read(reader, '0023-07-19'), /lies before 1990/)
    assert.match(read(reader, '2023-07-19T10:00:00+15:00'), /time zone beyond 14 hours/)
  })

  it('is written back in UTC; without a zone it is UTC', () => {
    assert.equal(read(reader, '2023-07-19'), '2023-07-19T00:00:00.000Z')
    assert.equal(read(reader, '2023-07-19 10:30'), '2023-07-19T10:30:00.000Z')
    assert.equal(read(reader, '2023-07-19T10:30:00Z'), '2023-07-19T10:30:00.000Z')
    assert.equal(read(reader, '2023-07-19T10:30:00.5+02:00'), '2023-07-19T08:30:00.500Z')
    assert.equal(read(reader, '2023-07-19 10:30:00-0700'), '2023-07-19T17:30:00.000Z')
    assert.equal(read(reader, '2023-07-19 10:30:00.123456+00'), '2023-07-19T10:30:00.123Z')
    assert.equal(read(reader, '2020-02-29T23:59:59Z'), '2020-02-29T23:59:59.000Z')
  })

  it('says what Date says of every instant written the usual ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990, 0, 1), max: LATEST }), fc.boolean(), (time, toTheSecond) => {
        const exact = toTheSecond ? time - (time % 1000) : time
        const iso = new Date(exact).toISOString()
        assert.equal(read(reader, toTheSecond ? iso.replace('.000Z', 'Z') : iso), iso)
      }),
    )
  })
})

describe('texts and ids', () => {
  it('with control characters, half characters or too many of them are refused', () => {
    assert.match(read(id, 'A\u0000B'), /control character/)
    assert.match(read(id, 'A\nB'), /line break/)
    assert.match(read(id, 'x'.repeat(129)), /has 129 characters; an id has at most 128/)
    assert.match(read(id, '\ud800'), /half a character/)
    assert.match(read(text(10), 'a\u0007'), /control character/)
    assert.match(read(text(10), '\udc00'), /half a character/)
    assert.match(read(text(3), 'four'), /has 4 characters; at most 3/)
  })

  it('stay as they are otherwise', () => {
    assert.equal(read(id, 'SKU 7/ä-\\x'), 'SKU 7/ä-\\x')
    assert.equal(read(text(50), 'two\nlines\tand “ä”'), 'two\nlines\tand “ä”')
  })

  it('of an address never forge a mail header, and never stand in the problem', () => {
    for (const cell of [
      'not an address',
      'a@b@c',
      'a@b.example\r\nBcc: x@y.example',
      'Ann <ann@mail.example>',
      'a@',
      '@b',
      'a,b@c.example',
      'a@b\u0000.example',
    ]) {
      const problem = read(email, cell)
      assert.equal(problem, '✖ is not an e-mail address')
    }
    assert.equal(read(email, 'Ann.O+cups@mail.example'), 'Ann.O+cups@mail.example')
  })

  it('of places, languages, pictures and states are checked', () => {
    assert.match(read(country, 'USA'), /two letters/)
    assert.equal(read(country, 'us'), 'US')
    assert.match(read(locale, 'english please'), /is not a language tag/)
    assert.equal(read(locale, 'en_us'), 'en-US')
    assert.match(read(webAddress, 'javascript:alert(1)'), /is not a web address/)
    assert.match(read(webAddress, 'https://'), /is not a web address/)
    assert.equal(read(webAddress, 'https://shop.example/1.png'), 'https://shop.example/1.png')
    assert.match(read(oneOf(['open', 'shipped']), 'lost'), /"lost" is not one of open, shipped/)
    assert.equal(read(oneOf(['open', 'shipped']), 'Shipped'), 'shipped')
  })
})

describe('attributes', () => {
  it('that are not one flat object of text are refused', () => {
    for (const cell of ['blue', '{"a":', '[1]', 'null', '"a"', '7']) assert.match(read(attributes, cell), /is not a JSON object/, cell)
    assert.match(read(attributes, '{"a":{"b":1}}'), /the attribute "a" is a list or an object/)
    assert.match(read(attributes, '{"a":"\\u0000"}'), /control character/)
    assert.match(read(attributes, `{"a":"${'x'.repeat(3_000)}"}`), /is too long/)
  })

  it('are written in one order, so that order is no difference', () => {
    assert.equal(read(attributes, '{"b": 2, "a": true, "none": null}'), '{"a":"true","b":"2"}')
    assert.equal(read(attributes, '{"a":"true","b":"2"}'), '{"a":"true","b":"2"}')
  })
})

describe('a GTIN', () => {
  it('of another length, with letters, with a wrong check digit or of zeros is refused', () => {
    assert.equal(gtinProblem('4006381333932'), '4006381333932 has the check digit 2, it should be 1')
    assert.match(gtinProblem('12345')!, /has 5 digits; a GTIN has 8, 12, 13 or 14/)
    assert.match(gtinProblem('40063813339X1')!, /has digits only/)
    assert.match(gtinProblem('0000000000000')!, /is a placeholder/)
  })

  it('is good where its check digit is', () => {
    for (const good of ['4006381333931', '036000291452', '96385074', '10614141000415']) assert.equal(gtinProblem(good), null)
    assert.equal(read(gtin, '0 36000 29145 2'), '036000291452')
    assert.equal(read(gtin, '4006381-333931'), '4006381333931')
  })

  it('is broken by any one wrong digit', () => {
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 })
      .filter((all) => all.some((digit) => digit > 0))
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (all, at, by) => {
        const body = all.join('')
        const good = body + String(gtinCheckDigit(body))
        assert.equal(gtinProblem(good), null)
        const wrong = good.slice(0, at) + String((Number(good[at]) + by) % 10) + good.slice(at + 1)
        assert.notEqual(gtinProblem(wrong), null)
      }),
    )
  })
})
