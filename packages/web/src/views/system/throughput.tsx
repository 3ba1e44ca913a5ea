import { formats, t } from '../../texts/index.ts'
import { Disclosure, Table } from '../../ui/index.ts'
import { type Series, StackedBars } from './stacked-bars.tsx'
import type { Hour } from './contracts.ts'
import { Panel } from './shown.tsx'

const kinds = ['completed', 'failed', 'cancelled', 'open'] as const

/** Jobs by the hour of their request, and what became of them. */
export function Throughput({ hours }: { hours: readonly Hour[] }) {
  const { throughput } = t.value.system
  const { number, percent, time } = formats.value
  const sum = (kind: (typeof kinds)[number]) => hours.reduce((all, hour) => all + hour[kind], 0)
  const [done, failed] = [sum('completed'), sum('failed')]
  const says =
    done + failed === 0
      ? throughput.none
      : throughput.says(number(done), number(failed), percent(failed / (done + failed)))
  const series = kinds.map((kind): Series => ({
    name: kind,
    words: throughput.kinds[kind],
    values: hours.map((hour) => hour[kind]),
  }))
  return (
    <Panel title={throughput.title} says={says} wide>
      <StackedBars label={says} times={hours.map(({ at }) => Date.parse(at) / 1000)} series={series} />
      <Disclosure summary={throughput.figures}>
        <Table
          caption={throughput.title}
          rows={hours.toReversed()}
          keyOf={({ at }) => at}
          columns={[
            { title: throughput.hour, cell: ({ at }) => time(at) },
            ...kinds.map((kind) => ({
              title: throughput.kinds[kind],
              figure: true as const,
              cell: (hour: Hour) => number(hour[kind]),
            })),
          ]}
        />
      </Disclosure>
    </Panel>
  )
}
