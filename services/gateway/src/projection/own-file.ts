import path from 'node:path'
import { AlreadyRuns, LockHeld, takeLock } from '@pdf-smaller/platform'

/** Gateways on one data folder; more are a mistake. */
const mostGateways = 16

/**
 * The file of this gateway's projection: of gateways that share a data folder each has its own, and finds one again
 * when it is started again.
 * @throws AlreadyRuns
 */
export async function ownProjectionFile(
  folder: string,
): Promise<{ file: string; release: () => Promise<void> }> {
  for (let number = 1; number <= mostGateways; number++) {
    const name = number === 1 ? 'projection' : `projection-${number}`
    try {
      const { release } = await takeLock(folder, name)
      return { file: path.join(folder, `${name}.sqlite`), release }
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error
    }
  }
  throw new AlreadyRuns(
    `${mostGateways} gateways keep their projections in ${folder}. Give this one a PDF_SMALLER_DATA_DIR of its own.`,
  )
}
