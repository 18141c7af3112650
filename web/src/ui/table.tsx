/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role, jsx-a11y/no-noninteractive-tabindex --
   Rows that stack on a phone lose the meaning of a table with its display; the roles give it back.
   A region that scrolls must be reachable by keyboard. */
/** Tables of rows: dense and calm, numbers right, units in the head, a focusable region that scrolls or rows that stack on a phone. */
import type { ReactNode } from 'react'
import styles from './table.module.css'

export type Column<Row> = {
  head: string
  /** What the numbers of the column count, said once here. */
  unit?: string
  numeric?: boolean
  /** A column of running text: it gets the room. */
  wide?: boolean
  cell: (row: Row) => ReactNode
}

/** The first column names the row. `phone` says what happens where the table is wider than the screen. */
export function Table<Row>(props: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  phone?: 'scrolls' | 'stacks'
  /** A table that other things follow on the page keeps to a window with a scroll of its own. */
  inWindow?: boolean
}) {
  const { label, columns, rows, rowKey, phone = 'scrolls', inWindow = false } = props
  const stacks = phone === 'stacks'
  return (
    <section
      aria-label={`${label} (table)`}
      tabIndex={0}
      className={`edges ${styles['region']} ${styles[stacks ? 'stacked' : 'scrolling']} ${inWindow ? styles['window'] : ''}`}
    >
      <table role="table" aria-label={label} className={styles['table']}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={columnKey(column)} role="columnheader" scope="col" className={cellClass(column)}>
                {column.head}
                {column.unit !== undefined && <span className={styles['unit']}>{column.unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={columnKey(column)} role="rowheader" scope="row" className={cellClass(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={columnKey(column)}
                    role="cell"
                    className={cellClass(column)}
                    data-label={column.unit === undefined ? column.head : `${column.head}, ${column.unit}`}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function columnKey<Row>(column: Column<Row>): string {
  return `${column.head}, ${column.unit ?? ''}`
}

function cellClass<Row>(column: Column<Row>): string | undefined {
  if (column.numeric === true) return styles['numeric']
  return column.wide === true ? styles['wide'] : undefined
}
