import { eventData } from '@pdf-smaller/contracts'
import { messageTypes } from '@pdf-smaller/contracts/published'
import { describe, expect, it } from 'vitest'
import { contracts } from './contracts.ts'
import { compare, readGolden, remedy } from './golden.ts'

const now = contracts()

describe('events, options, results, files and answers', () => {
  it('break nobody who relies on them, and are written down; `npm run golden` accepts what breaks nobody', async () => {
    const { broken, changed } = compare(await readGolden(), now)
    expect(broken, remedy).toEqual([])
    expect(changed, 'run `npm run golden`').toEqual([])
  })

  it('are told of when one is gone', async () => {
    const [first = ''] = now.keys()
    const { broken } = compare(await readGolden(), new Map([...now].filter(([name]) => name !== first)))
    expect(broken).toEqual([`${first} is gone`])
  })

  it('break when any of them has less to give, or needs more', () => {
    const tried = [...now].flatMap(([name, { role, schema }]) => {
      const changed = spoilt(schema, role === 'gives')
      if (!changed) return []
      const { broken } = compare(new Map([[name, schema]]), new Map([[name, { role, schema: changed }]]))
      return [[name, broken.length]]
    })
    expect(tried.filter(([, breaks]) => breaks === 0)).toEqual([])
    expect(tried.length).toBeGreaterThan(40)
  })

  it('let an event go for a newer version of it, where the one before is raised', async () => {
    const type = 'pdfsmaller.job.started.v1'
    const name = `events/${type}`
    const steps = { [type]: { to: 'pdfsmaller.job.started.v2', was: eventData[type], data: Object } }
    const schema = messageTypes(steps).find(
      (each) => each.name === type && each.subject === undefined,
    )?.message
    expect(schema).toBeDefined()
    const golden = new Map([[name, (await readGolden()).get(name)]])
    expect(compare(golden, new Map([[name, { role: 'gives', schema }]])).broken).toEqual([])
  })

  it('are accepted when they are new', () => {
    expect(compare(new Map(), now)).toEqual({ broken: [], changed: [...now.keys()] })
  })
})

/** With one member less that was always there, or one more that is needed; undefined where that cannot be. */
function spoilt(schema: unknown, gives: boolean): object | undefined {
  const { properties, required = [] } = Object(schema) as { properties?: object; required?: string[] }
  if (!properties) return undefined
  if (!gives)
    return { ...Object(schema), properties: { ...properties, more: {} }, required: [...required, 'more'] }
  const { [required[0] ?? '']: gone, ...rest } = properties as Record<string, unknown>
  return gone === undefined ? undefined : { ...Object(schema), properties: rest }
}
