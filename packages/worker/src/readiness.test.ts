import { expect, it } from 'vitest'
import { readinessOf } from './readiness.ts'

const never = () => new Promise<never>(() => {})
const answers = async () => {}

it('has no problem where both stores answer', async () => {
  const parts = { store: { room: answers }, objects: { probe: answers } }
  expect(await readinessOf(parts)()).toEqual({})
})

it('names the stores that fail or do not answer, and waits for none of them for good', async () => {
  const refused = async () => Promise.reject(new Error('no such bucket'))
  const ask = (room: () => Promise<void>, probe: () => Promise<void>) =>
    readinessOf({ store: { room }, objects: { probe } }, 10)()
  expect(await ask(answers, never)).toEqual({ objects: 'it does not answer within 0.01 s' })
  expect(await ask(never, refused)).toEqual({
    events: 'it does not answer within 0.01 s',
    objects: 'no such bucket',
  })
})
