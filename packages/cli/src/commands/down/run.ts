import type { Given } from '../../program/command.ts'
import { exitCodes, NoServiceError } from '../../program/exit.ts'
import type { Session } from '../../program/session.ts'
import { runningIn } from '../../server/running.ts'
import { dataFolder } from '../../server/find.ts'
import { endProcess } from '../../server/start.ts'

export async function run(
  { values: { dataDir } }: Given<{ dataDir: string | undefined }>,
  session: Session,
): Promise<number> {
  const data = dataFolder({ ...session.environment, ...(dataDir && { PDF_SMALLER_DATA_DIR: dataDir }) })
  const running = await runningIn(data)
  if (!running) throw new NoServiceError(`no system runs in ${data}`)
  await endProcess(running.pid, session.signal)
  session.tell({ json: running, lines: () => [`The system at ${running.url} has ended`] })
  return exitCodes.done
}
