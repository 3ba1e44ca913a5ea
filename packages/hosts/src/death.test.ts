import { expect, it } from 'vitest'
import { type Death, failureOfDeath } from './death.ts'

const death = (over: Partial<Death>): Death => ({
  exitCode: null,
  signal: null,
  lastWords: '',
  memoryWasShort: false,
  ...over,
})
const heap =
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n'

it.each<[string, Partial<Death>, string, string]>([
  ['a signal', { signal: 'SIGSEGV' }, 'host_died', 'it was ended by SIGSEGV'],
  ['a signal that a sandbox tells of', { exitCode: 139 }, 'host_died', 'it was ended by SIGSEGV'],
  [
    'an error',
    { exitCode: 1, lastWords: 'node:x\n\nTypeError: x is no y\n    at z' },
    'host_died',
    'it exited with code 1: TypeError: x is no y',
  ],
  ['its heap', { signal: 'SIGABRT', lastWords: heap }, 'out_of_memory', 'heap out of memory'],
  [
    'a system that is short of memory',
    { signal: 'SIGKILL', memoryWasShort: true },
    'out_of_memory',
    'SIGKILL',
  ],
  ['somebody else', { signal: 'SIGKILL' }, 'host_died', 'it was ended by SIGKILL'],
])('a host that died of %s', (_, over, code, says) => {
  const failure = failureOfDeath(death(over))
  expect(failure.code).toBe(code)
  expect(failure.why).toContain(says)
})
