import type { HealthStatus, Judgement } from '@pdf-smaller/contracts'
import type { SystemHealth } from '@pdf-smaller/contracts/http'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import type { Paint } from '../../screen/paint.ts'
import { plainText } from '../../screen/plain-text.ts'
import { timeOf } from '../../jobs/rows.ts'

export async function run(_: Given<object>, session: Session): Promise<number> {
  const found = await (await session.connect()).health()
  const { paint, verbose } = session
  session.tell({ json: found, lines: () => healthLines(found, { paint, verbose }), word: found.status })
  return found.status === 'unhealthy' ? exitCodes.failed : exitCodes.done
}

const colours: Record<HealthStatus, 'green' | 'yellow' | 'red'> = {
  healthy: 'green',
  degraded: 'yellow',
  unhealthy: 'red',
}
const nameWidth = 10
const statusWidth = 9

/** The health of the system for people. @param verbose also how it was in the last day */
export function healthLines(
  { status, issues, report, history }: SystemHealth,
  { paint, verbose }: { paint: Paint; verbose: boolean },
): string[] {
  const shown = (state: HealthStatus) => paint(colours[state], state.padEnd(statusWidth))
  const line = (name: string, part: Judgement, about = '') => [
    `${name.padEnd(nameWidth)}  ${shown(part.status)}  ${about}`.trimEnd(),
    ...part.issues.map((issue) => `${' '.repeat(nameWidth + 2)}${plainText(issue)}`),
  ]
  if (!report) return [...line('system', { status, issues }), 'No check was made in the last day.']
  const { events, objects, engines, disk, llm, services } = report.components
  const versions = Object.entries(Object.assign({}, ...engines.services.map((each) => each.versions)))
  const free = disk.folders.map(
    ({ folder, freeBytes }) => `${folder} ${(freeBytes / 1e9).toFixed(1)} GB free`,
  )
  return [
    ...line('system', { status, issues: [] }, `at ${timeOf(report.at)} UTC`),
    ...line('events', events, `nats-server ${events.version}, ${events.ms} ms`),
    ...line('objects', objects, `${objects.ms} ms`),
    ...line('engines', engines, versions.map((each) => each.join(' ')).join(', ')),
    ...line('disk', disk, free.join(', ')),
    ...(llm ? line('model', llm, `${llm.url}, ${llm.ms} ms`) : []),
    ...line('services', services, services.instances.map(({ service }) => service).join(', ')),
    ...(verbose
      ? history.map((each) => `${timeOf(each.at)}  ${each.status}  ${each.issues.join('; ')}`.trimEnd())
      : []),
  ]
}
