// Copies what one service runs on from a checkout with installed packages: the members of the workspace that it depends on,
// without their tests, and the packages of these; `main.ts` leads to its main file. Arguments: the service, and the folder to copy to.
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'

const [service = '', target = ''] = process.argv.slice(2)
const members = new Map(
  ['packages', 'services'].flatMap((folder) =>
    readdirSync(folder).map((name) => {
      const { name: member, dependencies = {} } = JSON.parse(
        readFileSync(path.join(folder, name, 'package.json'), 'utf8'),
      )
      return [member, { folder: path.join(folder, name), needs: Object.keys(dependencies) }] as const
    }),
  ),
)

const folders = new Set<string>()
const waiting = [`@pdf-smaller/${service}`]
for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
  const member = members.get(next)
  if (!member || folders.has(member.folder)) continue
  folders.add(member.folder)
  waiting.push(...member.needs)
}
if (!folders.has(`services/${service}`)) throw new Error(`there is no service "${service}"`)
// The embedded system finds its nats-server as the set-up of a checkout does.
if (service === 'all') folders.add('scripts/provision')

const isTest = (file: string) => /(?:\.test\.ts|\/testing)$/.test(file)
for (const place of ['package.json', 'node_modules', ...folders])
  if (existsSync(place))
    cpSync(place, path.join(target, place), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !isTest(file),
    })
symlinkSync(`services/${service}/src/main.ts`, path.join(target, 'main.ts'))
