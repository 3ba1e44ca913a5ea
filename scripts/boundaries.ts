import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brokenRules, type Import } from './boundary-rules.ts'

const root = path.resolve(import.meta.dirname, '..')
const members = new Map(
  globSync('{packages,services}/*/package.json', { cwd: root }).map((file) => {
    const folder = path.dirname(file)
    return [path.basename(folder), folder]
  }),
)

const files = globSync('{packages,services}/**/*.ts', { cwd: root, exclude: ['**/node_modules/**'] })
const imports = files.flatMap(importsOf)
const violations = imports.flatMap((link) =>
  brokenRules(link).map((rule) => `${link.from} imports ${link.to}: ${rule}`),
)
for (const violation of violations) console.error(violation)
console.log(
  `${imports.length} imports of ${files.length} files looked at, ${violations.length} against the rules`,
)
// No file at all means that the check looks in the wrong place.
process.exit(violations.length > 0 || files.length === 0 ? 1 : 0)

function importsOf(file: string): Import[] {
  const source = readFileSync(path.join(root, file), 'utf8')
  const names = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)
  return [...names].map(([, name = '']) => ({ from: file, to: resolve(file, name) }))
}

function resolve(file: string, name: string): string {
  if (name.startsWith('.')) return path.join(path.dirname(file), name)
  const [, member = ''] = /^@pdf-smaller\/([^/]+)/.exec(name) ?? []
  return members.get(member) ?? name
}
