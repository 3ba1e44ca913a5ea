// Makes a fresh clone ready to start and, with --test, to be tested; with --packages only to run the command line. It runs on the machine's own Node, hence plain
// JavaScript: first the packages, among them the Node that runs everything else, then scripts/provision/main.ts on it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const stamp = path.join(root, 'node_modules/.install-stamp')
const pinnedNode = path.join(root, 'node_modules/.bin/node')

const wanted = fingerprint()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('Installing the packages (once; some 15 s) …')
  await run('npx', ['-y', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--prefer-offline'], {
    HOME: home(),
    npm_config_update_notifier: 'false',
  })
  writeFileSync(stamp, wanted)
} else touch(stamp)
if (!existsSync(pinnedNode) && Number.parseInt(process.versions.node) < 24) {
  console.error(
    `There is no packaged Node for ${process.platform} ${process.arch}, and the machine's own is ${process.version}: ` +
      'install Node 24 or newer.',
  )
  process.exit(1)
}
const node = existsSync(pinnedNode) ? pinnedNode : process.execPath
if (!process.argv.includes('--packages'))
  await run(node, [path.join(root, 'scripts/provision/main.ts'), ...process.argv.slice(2)])

/** Tells the command line, which looks at times alone, that nothing is older than this. */
function touch(file) {
  try {
    const now = new Date()
    utimesSync(file, now, now)
  } catch {
    // A checkout of somebody else stays as it is; it is looked at anew each time.
  }
}

/** npm and pnpm need a home for what they download; a user without one gets a folder of the checkout. */
function home() {
  const own = process.env.HOME
  if (own && existsSync(own)) return own
  const folder = path.join(root, '.cache/home')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Changes with whatever decides what is installed. */
function fingerprint() {
  const members = ['packages', 'services'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .sort((one, other) => (one < other ? -1 : 1))
      .map((name) => `${folder}/${name}/package.json`),
  )
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...members])
    if (existsSync(path.join(root, file)))
      hash.update(`\n${file}\n`).update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

/** Runs a program to its end and ends with it when it fails; a signal meant for this process is handed on. */
async function run(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const forward = (signal) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward)
  const [code, signal] = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${program} could not be run: ${error.message}`)
      resolve([1, null])
    })
    child.once('exit', (...end) => resolve(end))
  })
  for (const each of ['SIGINT', 'SIGTERM']) process.off(each, forward)
  if (signal || code !== 0) process.exit(code ?? 130)
}
