import { describe, expect, it } from 'vitest'
import { describeContract } from '../../testing/contract.ts'
import { Counted, event, newStream } from '../../testing/subject.ts'
import { openInMemoryEventStore } from './index.ts'

const subjects = ['s.>', 'later.>']
const open = () => openInMemoryEventStore({ decode: (json) => Counted.parse(json), subjects })

describeContract(async () => {
  const store = open()
  const { now, advance: pass, fire } = store
  return { store, make: async () => {}, now, pass, fire, close: async () => store.close() }
})

describe('time in memory', () => {
  it('passes only when it is told to, and each thing happens at its own time', async () => {
    const [store, a, b] = [open(), newStream(), newStream()]
    const begun = store.now().getTime()
    const at = (ms: number) => new Date(begun + ms)
    await store.append([
      { schedule: 'later.b', when: at(2000), target: `${b}.due`, event: event(2) },
      { schedule: 'later.a', when: at(1000), target: `${a}.due`, event: event(1) },
    ])
    const due = async () => (await Array.fromAsync(store.scan(['s.>']))).map(({ event }) => event.n)
    store.advance(999)
    expect(await due()).toEqual([])
    store.advance(86_400_000)
    expect(await due()).toEqual([1, 2])
    expect(store.now()).toEqual(at(86_400_999))
  })
})
