import type { ComponentChildren } from 'preact'

/** One column of a table; `figure` is set to the right. */
export type Column<Row> = { title: string; figure?: true; cell: (row: Row) => ComponentChildren }

/** Figures side by side; on narrow screens it scrolls by itself, and the page does not. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
}) {
  return (
    <div class="table-room" tabIndex={0} role="region" aria-label={caption}>
      <table class="table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, figure }) => (
              <th key={title} scope="col" class={figure && 'figure'}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, figure, cell }) => (
                <td key={title} class={figure && 'figure'}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
