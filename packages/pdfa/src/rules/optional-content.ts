import {
  type Dictionary,
  isDictionary,
  isReference,
  textStringOf,
  textValue,
  walk,
  without,
} from '@pdf-smaller/pdf'
import type { Facts } from '../facts.ts'
import type { Broken } from '../finding.ts'

/** Layers: each configuration has a name of its own, lists all of them if any, and depends on nothing (6.9). */
export function* optionalContent(catalogue: Dictionary, { objects }: Facts): Iterable<Broken> {
  const properties = objects.resolve(catalogue['/OCProperties'])
  if (!isDictionary(properties)) return
  const groups = objects.array(properties['/OCGs']).filter(isReference)
  const configurations = [properties['/D'], ...objects.array(properties['/Configs'])].map(objects.dictionary)
  const names = new Set<string>()
  const mended = configurations.map((each) => mendedConfiguration(each, groups, names, objects))
  if (mended.every((each, index) => each === configurations[index])) return
  const [first, ...others] = mended
  const changed = { ...properties, '/D': first, ...(others.length > 0 ? { '/Configs': others } : {}) }
  const isDependent = configurations.some((each) => each['/AS'] !== undefined)
  yield {
    clause: '6.9',
    says: 'a configuration of layers has no name, leaves layers out or changes by itself',
    mend: () => ({ '/OCProperties': changed }),
    ...(isDependent ? { removed: 'changes of layers when printed or zoomed' } : {}),
  }
}

function mendedConfiguration(
  configuration: Dictionary,
  groups: readonly string[],
  names: Set<string>,
  objects: Facts['objects'],
): Dictionary {
  const given = textStringOf(objects.resolve(configuration['/Name'])) ?? ''
  let name = given
  for (let number = 1; name === '' || names.has(name); number++) name = `Layers ${number}`
  names.add(name)
  const order = objects.array(configuration['/Order'])
  const listed = new Set(mentioned(order, objects))
  const missing = order.length > 0 ? groups.filter((group) => !listed.has(group)) : []
  if (name === given && missing.length === 0 && configuration['/AS'] === undefined) return configuration
  return {
    ...without(configuration, '/AS'),
    '/Name': textValue(name),
    ...(missing.length > 0 ? { '/Order': [...order, ...missing] } : {}),
  }
}

function mentioned(order: readonly unknown[], objects: Facts['objects']): string[] {
  const nested = (each: unknown) => objects.array(each)
  return [...walk(order, nested, { of: 'layers' })].filter(isReference)
}
