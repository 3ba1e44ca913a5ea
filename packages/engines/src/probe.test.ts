import { expect, it } from 'vitest'
import { engineContext } from '../testing/context.ts'
import { isOlder, probeEngine } from './probe.ts'

it.each(['qpdf', 'poppler', 'ghostscript'] as const)('finds the version of %s', async (engine) => {
  await using test = await engineContext()
  await expect(probeEngine(engine, test.context)).resolves.toMatch(/^\d+\.\d+/)
})

it.each([
  ['11.3.0', '11', false],
  ['10.6.3', '11', true],
  ['9', '10.1', true],
  ['10', '10.1', true],
  ['10.1', '10.1', false],
  ['22.12.0', '22.2', false],
])('version %s, where %s is needed: older is %s', (version, least, expected) => {
  expect(isOlder(version, least)).toBe(expected)
})
