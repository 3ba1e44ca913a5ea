/** An import that stands in a file, and whether it loads what it names: those of types alone do not. */
export type Named = { name: string; loads: boolean }

const statement = /\b(?:import|export)\s+(type\s+)?([^'"();]*?)\bfrom\s*['"]([^'"\n]+)['"]/g
const others = /\bimport(?:\.meta\.resolve)?\s*(\()?\s*['"`]([^'"`\n]+)['"`]/g
const joined = /\bpath\.(?:join|resolve)\(\s*import\.meta\.dirname\s*,([^)]*)\)/g

/** The modules that a file names. One that is imported where it is needed, or for its types, is not loaded with it. */
export function namedIn(source: string): Named[] {
  const bound = [...source.matchAll(statement)].map(([, type, what = '', name = '']): Named => {
    return { name, loads: type === undefined && !bindsOnlyTypes(what) }
  })
  const unbound = [...source.matchAll(others)].map(([, later, name = '']): Named => {
    return { name, loads: later === undefined }
  })
  return [...bound, ...unbound]
}

/**
 * The code that a file names by a path beside its imports, as it is given to a thread or a process: from where the file is
 * (`./thread.ts`), or from the root of the repository (`services/all/src/main.ts`).
 */
export function pathsIn(source: string): string[] {
  const named = new Set(namedIn(source).map(({ name }) => name))
  const whole = [...source.matchAll(/['"`]((?:\.{1,2}|packages|services)\/[^'"`\n]*\.(?:ts|mjs))['"`]/g)]
  const parts = [...source.matchAll(joined)].map(([, list = '']) =>
    ['.', ...[...list.matchAll(/['"`]([^'"`\n]+)['"`]/g)].map(([, part]) => part)].join('/'),
  )
  return [
    ...whole.map(([, name = '']) => name),
    ...parts.filter((each) => /\.(?:ts|mjs)$/.test(each)),
  ].filter((name) => !named.has(name))
}

/** `{ type A, type B }` */
function bindsOnlyTypes(what: string): boolean {
  const [, inside] = /^\s*\{([^}]*)\}\s*$/.exec(what) ?? []
  const names = inside?.split(',').filter((each) => each.trim() !== '') ?? []
  return names.length > 0 && names.every((each) => each.trim().startsWith('type '))
}

/** All files that are loaded with one, by way of whatever others. @param loads those that a file loads itself */
export function loadedWith(file: string, loads: (file: string) => readonly string[]): string[] {
  const found = new Set<string>()
  const waiting = [file]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const each of loads(next)) {
      if (found.has(each)) continue
      found.add(each)
      waiting.push(each)
    }
  }
  return [...found]
}
