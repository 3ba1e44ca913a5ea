import type { Pixels } from '@pdf-smaller/pictures/pixels'

/** What pixels of a reduced picture are made from: the weighted sums of samples, and the weights, one row after the other. */
type Cells = { columns: number; rows: number; channels: 1 | 3; sums: Uint32Array; totals: Uint32Array }

export function cellsOf({ width, height, channels }: Pixels, scale: number): Cells {
  const [columns, rows] = [Math.ceil(width * scale), Math.ceil(height * scale)]
  const sums = new Uint32Array(columns * rows * channels)
  return { columns, rows, channels, sums, totals: new Uint32Array(columns * rows) }
}

/** The picture reduced to a part of its sides, each pixel the average of those below it by their weights; those without any are like those around. */
export function averages(page: Pixels, scale: number, weights: Uint8Array): Pixels {
  const { width, height, channels } = page
  const cells = cellsOf(page, scale)
  const { columns, rows, sums, totals } = cells
  /** Where each column begins, and the last ends. */
  const starts = Int32Array.from({ length: columns + 1 }, (_, column) =>
    Math.ceil((column * width) / columns),
  )
  const addRow = channels === 1 ? addGreyRow : addColourRow
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns
    addRow(page, weights, { y, row, starts }, sums, totals)
  }
  return filled(cells)
}

/** A row of pixels, and that of the averages which it is part of. */
type AveragedRow = { y: number; row: number; starts: Int32Array }

function addGreyRow(
  { width, samples }: Pixels,
  weights: Uint8Array,
  { y, row, starts }: AveragedRow,
  sums: Uint32Array,
  totals: Uint32Array,
): void {
  for (let column = 0; column + 1 < starts.length; column++) {
    const end = y * width + (starts[column + 1] ?? 0)
    let [total, sum] = [0, 0]
    for (let pixel = y * width + (starts[column] ?? 0); pixel < end; pixel++) {
      const weight = weights[pixel] ?? 0
      total += weight
      sum += weight * (samples[pixel] ?? 0)
    }
    const cell = row + column
    totals[cell] = (totals[cell] ?? 0) + total
    sums[cell] = (sums[cell] ?? 0) + sum
  }
}

function addColourRow(
  { width, samples }: Pixels,
  weights: Uint8Array,
  { y, row, starts }: AveragedRow,
  sums: Uint32Array,
  totals: Uint32Array,
): void {
  for (let column = 0; column + 1 < starts.length; column++) {
    const end = y * width + (starts[column + 1] ?? 0)
    let [total, red, green, blue] = [0, 0, 0, 0]
    for (let pixel = y * width + (starts[column] ?? 0), at = pixel * 3; pixel < end; pixel++, at += 3) {
      const weight = weights[pixel] ?? 0
      if (weight === 0) continue
      total += weight
      red += weight * (samples[at] ?? 0)
      green += weight * (samples[at + 1] ?? 0)
      blue += weight * (samples[at + 2] ?? 0)
    }
    const cell = row + column
    totals[cell] = (totals[cell] ?? 0) + total
    sums[cell * 3] = (sums[cell * 3] ?? 0) + red
    sums[cell * 3 + 1] = (sums[cell * 3 + 1] ?? 0) + green
    sums[cell * 3 + 2] = (sums[cell * 3 + 2] ?? 0) + blue
  }
}

/** The averages, those of nothing like those around. */
export function filled({ columns, rows, channels, sums, totals }: Cells): Pixels {
  const result = new Uint8Array(sums.length)
  for (let cell = 0; cell < totals.length; cell++) {
    const total = totals[cell] ?? 0
    if (total === 0) continue
    for (let at = cell * channels; at < (cell + 1) * channels; at++) result[at] = (sums[at] ?? 0) / total
  }
  const isKnown = (cell: number) => (totals[cell] ?? 0) > 0
  const fillFrom = (cell: number, near: number, above: number) => {
    if (isKnown(cell) || !(isKnown(near) || isKnown(above))) return
    const first = isKnown(near) ? near : above
    const second = isKnown(above) ? above : near
    for (let channel = 0; channel < channels; channel++) {
      const sum = (result[first * channels + channel] ?? 0) + (result[second * channels + channel] ?? 0)
      result[cell * channels + channel] = sum / 2
    }
    totals[cell] = 1
  }
  for (let cell = 0; cell < totals.length; cell++) fillFrom(cell, cell - 1, cell - columns)
  for (let cell = totals.length - 1; cell >= 0; cell--) fillFrom(cell, cell + 1, cell + columns)
  return { width: columns, height: rows, channels, samples: result }
}
