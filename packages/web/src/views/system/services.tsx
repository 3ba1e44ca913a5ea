import { formats, t } from '../../texts/index.ts'
import { Chip, Table } from '../../ui/index.ts'
import type { Instance } from './contracts.ts'
import { Panel } from './shown.tsx'

/** Who is not heard of for so long is silent, as the checks of health have it, ms. */
const silentMs = 60_000

/** The processes that make up the system, as they were at the newest check. */
export function Services({ instances }: { instances: readonly Instance[] }) {
  const { services: words } = t.value.system
  const running = instances.filter(({ ended }) => !ended)
  const newest = Math.max(...running.map(({ at }) => Date.parse(at)))
  const isSilent = ({ at }: Instance) => newest - Date.parse(at) > silentMs
  const silent = running.filter(isSilent).length
  const { number, time } = formats.value
  const says = silent > 0 ? words.silent(number(silent)) : words.says(number(running.length))
  return (
    <Panel title={words.title} says={says}>
      <Table
        caption={words.title}
        rows={running}
        keyOf={({ service, name }) => `${service} ${name}`}
        columns={[
          { title: words.service, cell: ({ service }) => service },
          { title: words.process, cell: ({ name }) => <span class="soft">{name}</span> },
          {
            title: words.heard,
            cell: (each) => <Chip tone={isSilent(each) ? 'bad' : 'good'}>{time(each.at)}</Chip>,
          },
        ]}
      />
    </Panel>
  )
}
