import type { Estimate, EstimateWarning } from '@pdf-smaller/contracts'
import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { endOf } from '../../program/told.ts'
import { plainText } from '../../screen/plain-text.ts'
import { checkInputs, openInputs } from '../../tasks/inputs.ts'
import { size } from '../../tasks/size.ts'

export async function run({ words }: Given<object>, session: Session): Promise<number> {
  const { signal, tell, complain, json, verbose } = session
  checkInputs(words, session)
  const client = await session.connectOrStart()
  const inputs = await openInputs(words, session)
  let worst: number = exitCodes.done
  try {
    for (const { path, name } of inputs.files) {
      try {
        const found = await client.estimate(path, { signal })
        tell({
          json: { file: name, ...found },
          lines: () => estimateLines(name, found),
          word: bestOf(name, found),
        })
      } catch (error) {
        signal.throwIfAborted()
        if (inputs.files.length === 1) throw error
        const { code, message, exitCode } = endOf(error, verbose)
        complain(`${plainText(name)}: ${message}`)
        if (json) tell({ json: { file: name, error: { code, message } }, lines: () => [] })
        worst = Math.max(worst, exitCode)
      }
    }
  } finally {
    await inputs.close()
  }
  return worst
}

/** The bytes that the usual level would come to. */
const bestOf = (name: string, { levels }: Estimate) => `${name} ${levels.medium.bytes}`

const said: Record<EstimateWarning, string> = {
  encrypted: 'it is encrypted: compress takes it only if it opens without a password',
  signed: 'it is signed: compress refuses it, since any change would break the signature',
  no_pages_found: 'no pages were found: it may be damaged',
}

/** An estimate for people. */
export function estimateLines(name: string, { bytes, pages, levels, warnings }: Estimate): string[] {
  const about = pages === undefined ? size(bytes) : `${size(bytes)}, ${pages} page${pages === 1 ? '' : 's'}`
  const rows = Object.entries(levels).map(([level, { bytes, least, most, ratio }]) => {
    const percent = Math.round((1 - ratio) * 100)
    const gain = percent > 0 ? `${percent} % smaller` : 'no smaller'
    const range = `${size(least)} to ${size(most)}`
    return `  ${level.padEnd(9)} about ${size(bytes).padStart(9)}   ${range.padStart(21)}   ${gain}`
  })
  return [`${plainText(name)}: ${about}`, ...rows, ...warnings.map((warning) => `  ${said[warning]}`)]
}
