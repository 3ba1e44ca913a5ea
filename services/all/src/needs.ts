import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { JobFailure } from '@pdf-smaller/contracts'
import { engines, installedLanguages, probeEngine } from '@pdf-smaller/engines'
import type { EngineContext } from '@pdf-smaller/engines/context'
import { findProgram } from '../../../scripts/provision/find-program.ts'
import { findNatsServer, oldestNatsServer } from '../../../scripts/provision/nats-server.ts'

/** Something that the system needs of the machine, or would make use of. */
type Need = { what: string; state: 'ok' | 'missing' | 'optional'; about: string; get?: string }

const patienceMs = 30_000
const memoryBytes = 2 ** 30
const context: EngineContext = {
  cwd: tmpdir(),
  signal: AbortSignal.timeout(patienceMs),
  memoryBytes,
  cores: 1,
  core: (work) => work(),
}

/** What the embedded system finds on this machine, as JSON: `pdf-smaller doctor` asks. */
process.stdout.write(
  `${JSON.stringify([natsServer(), ...(await Promise.all(engines.map(engine))), await languages(), sandbox(), endings()])}\n`,
)

function natsServer(): Need {
  const named = process.env['PDF_SMALLER_NATS_SERVER']
  const found = named || findNatsServer()
  const what = 'nats-server'
  if (found && existsSync(found)) return { what, state: 'ok', about: `${versionOf(found)} (${found})` }
  const about = named ? `${named} is not there` : `none of version ${oldestNatsServer} or newer is here`
  return {
    what,
    state: 'missing',
    about,
    get: 'npm start builds or fetches it; or from nats.io onto the search path',
  }
}

function versionOf(program: string): string {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).replace('nats-server:', '').trim()
  } catch {
    return 'it does not tell its version'
  }
}

async function engine(what: (typeof engines)[number]): Promise<Need> {
  try {
    return { what, state: 'ok', about: await probeEngine(what, context) }
  } catch (error) {
    const why = error instanceof JobFailure ? error.why : String(error)
    const [, about = why, get] = /^(.*) \((.*)\)$/.exec(why) ?? []
    return {
      what,
      state: 'missing',
      about: `${about} is missing or too old`,
      ...(get && { get: `${get}; or npm start` }),
    }
  }
}

async function languages(): Promise<Need> {
  const found = await installedLanguages(context)
  const get = 'apt-get install tesseract-ocr-<language>'
  return found.length > 0
    ? { what: 'languages', state: 'ok', about: `${found.join(', ')}; more with ${get}` }
    : { what: 'languages', state: 'optional', about: 'none for text recognition with Tesseract', get }
}

function sandbox(): Need {
  return findProgram('bwrap')
    ? { what: 'bubblewrap', state: 'ok', about: 'shuts in the processes that work on files' }
    : {
        what: 'bubblewrap',
        state: 'optional',
        about: 'not there: files are worked on with limits alone',
        get: 'apt-get install bubblewrap',
      }
}

function endings(): Need {
  return existsSync('/usr/bin/setpriv')
    ? { what: 'setpriv', state: 'ok', about: 'ends what a command has started, even when that is killed' }
    : { what: 'setpriv', state: 'optional', about: 'not there', get: 'apt-get install util-linux' }
}
