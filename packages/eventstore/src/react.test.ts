import { describe, expect, it } from 'vitest'
import type { Delivery } from './delivery.ts'
import { reactTo } from './react.ts'
import type { Reading } from './recorded.ts'

type Event = { id: string }
const event: Reading<Event> = { ok: true, recorded: { sequence: 7, subject: 's.a', event: { id: 'e' } } }
const poison: Reading<Event> = {
  ok: false,
  poison: { sequence: 7, subject: 's.a', error: new Error('no event'), payload: '?' },
}

/** What becomes of a message. */
async function outcomeOf(reading: Reading<Event>, handle: () => Promise<void | 'again'>): Promise<string[]> {
  const told: string[] = []
  const tell = (word: string) => () => void told.push(word)
  const delivery: Delivery<Event> = {
    reading,
    subject: 's.a',
    sequence: 7,
    deliveries: 1,
    storedAtMs: 0,
    ack: tell('done'),
    working: tell('working'),
    nak: tell('given back'),
  }
  const react = reactTo<Event>({ handle, onPoison: tell('poison'), onError: tell('error') })
  await react(delivery)
  return told
}

describe('a message', () => {
  it.each<[string, Reading<Event>, () => Promise<void | 'again'>, string[]]>([
    ['that is handled is done with', event, async () => {}, ['done']],
    ['that is left stays out', event, async () => 'again', []],
    ['that cannot be handled is told and stays out', event, () => Promise.reject(new Error('no')), ['error']],
    [
      'that is no event is told and done with',
      poison,
      () => Promise.reject(new Error('no')),
      ['poison', 'done'],
    ],
  ])('%s', async (_, reading, handle, told) => {
    expect(await outcomeOf(reading, handle)).toEqual(told)
  })
})
