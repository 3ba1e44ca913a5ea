import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { type Finding, findings } from './findings.ts'

const signs = { ok: ['green', '✓'], missing: ['red', '✗'], optional: ['yellow', '–'] } as const
const nameWidth = 14

export async function run(_: Given<object>, session: Session): Promise<number> {
  const { paint, tell } = session
  const lines = ({ what, state, about, get }: Finding) => {
    const [colour, sign] = signs[state]
    return [
      `${paint(colour, sign)} ${what.padEnd(nameWidth)} ${about}`.trimEnd(),
      ...(get ? [`  ${' '.repeat(nameWidth)} get it: ${get}`] : []),
    ]
  }
  let missing = 0
  for (const finding of await findings(session)) {
    if (finding.state === 'missing') missing += 1
    tell({
      json: finding,
      lines: () => lines(finding),
      word: finding.state === 'missing' ? finding.what : undefined,
    })
  }
  return missing > 0 ? exitCodes.failed : exitCodes.done
}
