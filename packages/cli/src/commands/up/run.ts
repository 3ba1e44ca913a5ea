import type { Given } from '../../program/command.ts'
import { exitCodes } from '../../program/exit.ts'
import { refuse } from '../../program/options.ts'
import type { Session } from '../../program/session.ts'
import { runningIn } from '../../server/running.ts'
import { dataFolder } from '../../server/find.ts'
import { setUp } from '../../server/set-up.ts'
import { startInBackground, startInForeground } from '../../server/start.ts'

type Values = { port: string | undefined; dataDir: string | undefined; detach: boolean }

export async function run({ values }: Given<Values>, session: Session): Promise<number> {
  const { port, dataDir, detach } = values
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536)) refuse('port', 'a port', port)
  const environment = {
    ...session.environment,
    ...(port === undefined ? {} : { PDF_SMALLER_PORT: port }),
    ...(dataDir === undefined ? {} : { PDF_SMALLER_DATA_DIR: dataDir }),
  }
  const data = dataFolder(environment)
  const there = await runningIn(data)
  if (there) {
    session.tell({ json: there, lines: () => [`It runs already, at ${there.url}`], word: there.url })
    return exitCodes.done
  }
  await setUp(environment, session.signal)
  if (!detach) return startInForeground({ ...environment, PDF_SMALLER_DATA_DIR: data }, session.signal)
  const started = await startInBackground(data, environment, session.signal)
  const { url, log } = started
  const lines = () => [`PDF Smaller is ready at ${url}`, `Its log: ${log}. End it with: pdf-smaller down`]
  session.tell({ json: started, lines, word: url })
  return exitCodes.done
}
