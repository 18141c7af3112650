import { describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { acceptedNames, columnsOf, headerName, IMPORT_KINDS } from './columns.ts'
import { planRows, readRow, type LineProblem } from './rows.ts'

const AT = new Date('2023-07-20T12:00:00Z')

describe('the columns of an import', () => {
  it('stand in the README as they are', () => {
    const readme = readFileSync(path.join(import.meta.dirname, 'README.md'), 'utf8')
    for (const kind of IMPORT_KINDS) {
      const [required, optional] = new RegExp(`^\\| ${kind} \\| (.*) \\| (.*) \\|$`, 'm').exec(readme)!.slice(1, 3)
      const { columns } = columnsOf(kind, AT)
      function written(of: typeof columns): string {
        return of.map((column) => `\`${column.name}\`${column.instead === undefined ? '' : ` or \`${column.instead.name}\``}`).join(' ')
      }
      assert.equal(required, written(columns.filter((column) => column.need === 'required')))
      assert.equal(optional, written(columns.filter((column) => column.need !== 'required')))
    }
  })

  it('have keys that are required columns, but for the lot of stock', () => {
    for (const kind of IMPORT_KINDS) {
      const { columns, key } = columnsOf(kind, AT)
      const optional = key.filter((at) => columns[at]!.need !== 'required').map((at) => columns[at]!.name)
      assert.deepEqual(optional, kind === 'stock' ? ['lot'] : [])
    }
  })

  it('are found whatever the spelling', () => {
    for (const written of ['listing_id', 'Listing ID', 'listing-id', 'listingId', ' LISTING_ID ', 'Listing.Id'])
      assert.equal(headerName(written), 'listing_id')
  })
})

describe('a decimal price', () => {
  it('is read with the currency of its own row, wherever the columns stand', () => {
    for (const kind of ['orders', 'listings'] as const) {
      const columns = columnsOf(kind, AT)
      const price = columns.columns.find((column) => column.instead !== undefined)!
      const plan = planRows(columns, acceptedNames(columns).toReversed())
      assert.ok(plan.ok)
      const good: Record<string, string> = { buyer_id: 'B', order_id: 'O', line_no: '1', listing_id: 'L', seller_id: 'S', title: 'T', ordered_at: '2022-01-01', quantity: '1', state: 'open', pack_units: '1' } // prettier-ignore
      for (const [currency, written, minor] of [
        ['USD', '15.5', '1550'],
        ['JPY', '1550', '1550'],
        ['KWD', '1.55', '1550'],
      ] as const) {
        const problems: LineProblem[] = []
        const cells = acceptedNames(columns).toReversed().map((name) => ({ ...good, currency, [price.instead!.name]: written })[name] ?? '') // prettier-ignore
        const row = readRow(plan.value, cells, 1, problems)
        assert.deepEqual(problems, [])
        assert.equal(row!.copy.split('\t')[columns.columns.indexOf(price)], minor)
      }
    }
  })
})
