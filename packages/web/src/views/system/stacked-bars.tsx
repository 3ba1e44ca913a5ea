import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { scheme, language } from '../../wishes.ts'

/** `name` is that of its colour in the style sheet. */
export type Series = { name: string; words: string; values: readonly number[] }

/** Shares of a whole over time, one on top of the other; the words beside it say the same. @param times s since 1970 */
export function StackedBars({
  label,
  times,
  series,
}: {
  label: string
  times: readonly number[]
  series: readonly Series[]
}) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const data = stacked(times, series)
  const lasting = [scheme.value, language.value, ...series.map(({ words }) => words)].join()

  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    const drawn = new uPlot(optionsOf(element, series), data, element)
    plot.current = drawn
    const resized = new ResizeObserver(() =>
      drawn.setSize({ width: element.clientWidth, height: heightOf(element) }),
    )
    resized.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    // Its bars are kept with their colours.
    const redraw = () => drawn.redraw(true, true)
    dark.addEventListener('change', redraw)
    return () => {
      dark.removeEventListener('change', redraw)
      resized.disconnect()
      drawn.destroy()
      plot.current = undefined
    }
  }, [lasting])
  useEffect(() => plot.current?.setData(data), [JSON.stringify(data)])

  return (
    <figure class="stack">
      <div ref={place} class="plot" role="img" aria-label={label} />
      <figcaption class="row small">
        {series.map(({ name, words }) => (
          <span key={name} class={`legend legend-${name}`}>
            {words}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

const heightOf = (element: HTMLElement) => 13 * emOf(element)
/** Sizes of letters follow the screen's; a canvas has to be told, px. */
const emOf = (element: HTMLElement) => Number.parseFloat(getComputedStyle(element).fontSize)

/** The sums from the last up to each, so that the first is drawn highest and the others over it. */
function stacked(times: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  const sums = series.map((_, index) =>
    times.map((_, at) => series.slice(0, index + 1).reduce((sum, { values }) => sum + (values[at] ?? 0), 0)),
  )
  return [[...times], ...sums.toReversed()]
}

function optionsOf(element: HTMLElement, series: readonly Series[]): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.72, 40], radius: 0.1 })
  const ink = () => colourOf(element)
  const axis = { stroke: ink, ticks: { show: false }, font: `${0.8 * emOf(element)}px system-ui, sans-serif` }
  return {
    width: Math.max(200, element.clientWidth),
    height: heightOf(element),
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
    axes: [
      {
        ...axis,
        size: 2 * emOf(element),
        space: 5 * emOf(element),
        grid: { show: false },
        values: (_, ticks) => ticks.map((tick) => hourOf(tick)),
      },
      {
        ...axis,
        size: 3 * emOf(element),
        grid: { stroke: () => colourOf(element, 'grid'), width: 1 },
        // No step is less than a job.
        incrs: Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat(),
      },
    ],
    series: [
      {},
      ...series.toReversed().map(({ name, words }) => ({
        label: words,
        fill: () => colourOf(element, name),
        width: 0,
        points: { show: false },
        ...(bars ? { paths: bars } : {}),
      })),
    ],
  }
}

const hourOf = (seconds: number) =>
  new Intl.DateTimeFormat(language.value, { hour: 'numeric' }).format(seconds * 1000)

/** Style sheets know both schemes; a canvas has to be told. */
function colourOf(element: HTMLElement, name?: string): string {
  const probe = document.createElement('i')
  probe.className = name ? `legend-${name}` : 'legend-ink'
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
