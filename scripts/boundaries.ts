import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { brokenByLoading, brokenRules } from './boundary-rules.ts'
import { circlesIn } from './circles.ts'
import { loadedWith, namedIn, pathsIn } from './loaded-files.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** What a member of the workspace lets others import, by the name that stands behind its own. */
const Manifest = z.object({ name: z.string(), exports: z.record(z.string(), z.string()).default({}) })
const members = new Map(
  globSync('{packages,services}/*/package.json', { cwd: root }).map((file) => {
    const { name, exports } = Manifest.parse(JSON.parse(read(file)))
    return [name, { folder: path.dirname(file), exports }]
  }),
)

/** `to` is the place that an import leads to, as rules name it; `file` the file that it loads there, if it loads one. */
type Link = { from: string; to: string; file?: string }

const files = globSync('{packages,services,scripts,test,bench}/**/*.{ts,tsx,mjs}', {
  cwd: root,
  exclude: ['**/node_modules/**'],
})
const links = new Map(files.map((file) => [file, linksOf(file)]))
const imports = [...links.values()].flat()
const violations = [
  ...imports.flatMap((link) => brokenRules(link).map((rule) => `${link.from} imports ${link.to}: ${rule}`)),
  ...files.flatMap((file) =>
    brokenByLoading(file, loadedWith(file, loadedBy)).map((rule) => `${file}: ${rule}`),
  ),
]
const circles = circlesIn(new Map(files.map((file) => [file, neededBy(file)])))
for (const circle of circles) console.error(`these files need each other: ${circle.join(', ')}`)
for (const violation of violations) console.error(violation)
console.log(
  `${imports.length} imports of ${files.length} files looked at, ` +
    `${violations.length} against the rules, ${circles.length} circles`,
)
// No file at all means that the check looks in the wrong place.
process.exit(violations.length + circles.length > 0 || files.length === 0 ? 1 : 0)

/** What a file imports, and the code that it names by a path, to start it or to have others load it. */
function linksOf(file: string): Link[] {
  const source = read(file)
  const paths = pathsIn(source).map((name): Link => {
    return { from: file, to: name.startsWith('.') ? path.join(path.dirname(file), name) : name }
  })
  return [...namedIn(source).map((named) => linkOf(file, named)), ...paths]
}

/** Files that a file imports something of, be it only a type, by whatever name. */
function neededBy(file: string): string[] {
  return namedIn(read(file)).flatMap(({ name }) => linkOf(file, { name, loads: true }).file ?? [])
}

function loadedBy(file: string): string[] {
  return (links.get(file) ?? []).flatMap((link) => link.file ?? [])
}

function linkOf(from: string, { name, loads }: ReturnType<typeof namedIn>[number]): Link {
  if (name.startsWith('.')) {
    const to = path.join(path.dirname(from), name)
    return { from, to, ...(loads ? { file: to } : {}) }
  }
  const [own = '', inside = ''] = /^(@pdf-smaller\/[^/]+)(.*)$/.exec(name)?.slice(1) ?? []
  const member = members.get(own)
  if (!member) return { from, to: name }
  const file = member.exports[`.${inside}`]
  const loaded = loads && file !== undefined ? { file: path.join(member.folder, file) } : {}
  return { from, to: member.folder + inside, ...loaded }
}
