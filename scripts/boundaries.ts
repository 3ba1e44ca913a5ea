import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brokenRules, type Import } from './boundary-rules.ts'
import { circlesIn } from './circles.ts'

const root = path.resolve(import.meta.dirname, '..')
const members = globSync('{packages,services}/*/package.json', { cwd: root }).map((file) =>
  path.dirname(file),
)
const folderOf = new Map(members.map((folder) => [path.basename(folder), folder]))

const files = globSync('{packages,services,scripts,test,bench}/**/*.ts', {
  cwd: root,
  exclude: ['**/node_modules/**'],
})
const imports = files.flatMap(importsOf)
const violations = imports.flatMap((link) =>
  brokenRules(link).map((rule) => `${link.from} imports ${link.to}: ${rule}`),
)
const known = new Set(files)
const links = Map.groupBy(imports, ({ from }) => from)
const targets = new Map(
  [...links].map(([from, own]) => [from, own.map(({ to }) => to).filter((to) => known.has(to))]),
)
const circles = circlesIn(targets).map((circle) => `these files need each other: ${circle.join(', ')}`)
for (const found of [...violations, ...circles]) console.error(found)
console.log(
  `${imports.length} imports of ${files.length} files looked at, ` +
    `${violations.length} against the rules, ${circles.length} circles`,
)
// No file at all means that the check looks in the wrong place.
process.exit(violations.length + circles.length > 0 || files.length === 0 ? 1 : 0)

/** What a file imports, types included, and the code that it names by a path, to start it or to load it later. */
function importsOf(file: string): Import[] {
  const source = readFileSync(path.join(root, file), 'utf8')
  const names = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)
  const paths = source.matchAll(/'((?:\.{1,2}\/|packages\/|services\/)[^'\n]*\.(?:ts|mjs))'/g)
  const imported = [...names].map(([, name = '']) => resolve(file, name))
  const named = [...paths].map(([, name = '']) => resolve(file, name))
  return [...new Set([...imported, ...named])].map((to) => ({ from: file, to }))
}

function resolve(file: string, name: string): string {
  if (name.startsWith('.')) return path.join(path.dirname(file), name)
  const [, member = '', rest] = /^@pdf-smaller\/([^/]+)(?:\/(.+))?$/.exec(name) ?? []
  const folder = folderOf.get(member)
  return folder ? subpathOf(folder, rest) : name
}

/** A folder's test code lies where its name says; other names are of the member as a whole. */
function subpathOf(folder: string, rest: string | undefined): string {
  return rest?.startsWith('testing/') ? `${folder}/${rest}.ts` : folder
}
