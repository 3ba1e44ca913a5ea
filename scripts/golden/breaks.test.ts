import { JobEvent } from '@pdf-smaller/contracts'
import { openSchema } from '@pdf-smaller/contracts/published'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { breaks } from './breaks.ts'
import type { Role } from './values.ts'

const open = (schema: z.ZodType, role: Role) =>
  openSchema(schema, { io: role === 'gives' ? 'output' : 'input' })
const broken = (role: Role, before: z.ZodType, now: z.ZodType) =>
  breaks(open(before, role), open(now, role), role)

const page = { number: z.int(), text: z.string() }
const kinds = [
  z.object({ type: z.literal('a'), n: z.int() }),
  z.object({ type: z.literal('b'), s: z.string() }),
] as const
const [a, b] = kinds
const c = z.object({ type: z.literal('c') })
const union = z.discriminatedUnion('type', [...kinds])

type Change = [what: string, before: z.ZodType, now: z.ZodType, told: string]

const outputs: Change[] = [
  ['a member is gone', z.object(page), z.object({ number: page.number }), 'text is gone'],
  ['an optional member is gone', z.object({ n: z.int().optional() }), z.object({}), 'n is gone'],
  ['a member is renamed', z.object({ old: z.int() }), z.object({ new: z.int() }), 'old is gone'],
  [
    'a member may be missing',
    z.object(page),
    z.object(page).partial({ text: true }),
    'text is not always there',
  ],
  [
    'a member has another type',
    z.object({ n: z.int() }),
    z.object({ n: z.string() }),
    'n: string is not integer',
  ],
  [
    'a whole number may have a fraction',
    z.object({ n: z.int() }),
    z.object({ n: z.number() }),
    'n: number is not',
  ],
  [
    'a member may be null',
    z.object({ n: z.int() }),
    z.object({ n: z.int().nullable() }),
    'n: null is not integer',
  ],
  [
    'a member may be anything',
    z.object({ n: z.int() }),
    z.object({ n: z.unknown() }),
    'any type is not integer',
  ],
  ['a choice has one more', z.enum(['x', 'y']), z.enum(['x', 'y', 'z']), '"z" was not to be expected'],
  ['a choice is free', z.enum(['x', 'y']), z.string(), 'no longer one of'],
  ['a constant is another', z.literal(1), z.literal(2), '2 was not to be expected'],
  ['a lower bound falls', z.int().min(1), z.int().min(0), 'minimum 0 is not within 1'],
  ['an upper bound is gone', z.string().max(9), z.string(), 'maxLength unlimited is not within 9'],
  ['a pattern is another', z.string().regex(/^a/), z.string().regex(/^b/), 'pattern'],
  ['a format is gone', z.uuid(), z.string(), 'format'],
  ['items are others', z.array(z.int()), z.array(z.string()), '[]: string is not integer'],
  ['items may be missing', z.array(z.int()).min(1), z.array(z.int()), 'minItems'],
  ['items may be anything', z.array(z.int()), z.array(z.unknown()), '[]: any type is not integer'],
  [
    'values of a table are others',
    z.record(z.string(), z.int()),
    z.record(z.string(), z.string()),
    '*: string',
  ],
  [
    'it is deep inside',
    z.object({ p: z.array(z.object(page)) }),
    z.object({ p: z.array(z.object({})) }),
    'p[].number is gone',
  ],
  ['an alternative is new', union, z.discriminatedUnion('type', [a, b, c]), 'type: c is in no alternative'],
  [
    'an alternative is another',
    union,
    z.discriminatedUnion('type', [a, c.extend({ type: z.literal('b') })]),
    's is gone',
  ],
]

const inputs: Change[] = [
  [
    'an option is gone',
    z.strictObject({ n: z.int().optional() }),
    z.strictObject({}),
    'n is not taken any more',
  ],
  ['an option is needed', z.strictObject({}), z.strictObject({ n: z.int() }), 'n is needed now'],
  [
    'an option has no default any more',
    z.strictObject({ n: z.int().default(1) }),
    z.strictObject({ n: z.int() }),
    'n is needed now',
  ],
  [
    'an option has another type',
    z.strictObject({ n: z.int() }),
    z.strictObject({ n: z.string() }),
    'n: integer is not string',
  ],
  [
    'a number has to be whole',
    z.strictObject({ n: z.number() }),
    z.strictObject({ n: z.int() }),
    'n: number is not integer',
  ],
  ['a choice has one less', z.enum(['x', 'y']), z.enum(['x']), '"y" is not taken any more'],
  ['what was free is a choice', z.string(), z.enum(['x']), 'now one of'],
  ['a bound narrows', z.int().max(600), z.int().max(300), 'maximum 600 is not within 300'],
  ['a bound is new', z.string(), z.string().max(9), 'maxLength unlimited'],
  ['a pattern is new', z.string(), z.string().regex(/^a/), 'pattern'],
  ['null is refused', z.int().nullable(), z.int(), 'null is not integer'],
  ['an alternative is gone', z.union([z.int(), z.string()]), z.int(), 'string is not integer'],
]

const grown: [string, Role, z.ZodType, z.ZodType][] = [
  ['a new member', 'gives', z.object({}), z.object({ n: z.int() })],
  [
    'a member that is always there now',
    'gives',
    z.object({ n: z.int().optional() }),
    z.object({ n: z.int() }),
  ],
  ['fewer values of a choice', 'gives', z.enum(['x', 'y']), z.enum(['x'])],
  ['a closer bound', 'gives', z.int().min(0), z.int().min(1)],
  ['an alternative less', 'gives', z.discriminatedUnion('type', [a, b, c]), union],
  ['a new option', 'takes', z.strictObject({}), z.strictObject({ n: z.int().default(3) })],
  [
    'an option that may be left out',
    'takes',
    z.strictObject({ n: z.int() }),
    z.strictObject({ n: z.int().optional() }),
  ],
  ['a choice with one more', 'takes', z.enum(['x']), z.enum(['x', 'y'])],
  ['a wider bound', 'takes', z.int().max(300), z.int().max(600)],
  ['another alternative', 'takes', z.int(), z.union([z.int(), z.string()])],
  ['another description', 'takes', z.int().describe('one'), z.int().describe('other')],
]

describe('what is given breaks when', () => {
  it.each(outputs)('%s', (_, before, now, told) => {
    expect(broken('gives', before, now).join('\n')).toContain(told)
    expect(broken('gives', before, before)).toEqual([])
  })
})

describe('what is taken breaks when', () => {
  it.each(inputs)('%s', (_, before, now, told) => {
    expect(broken('takes', before, now).join('\n')).toContain(told)
    expect(broken('takes', before, before)).toEqual([])
  })
})

it.each(grown)('nothing breaks by %s', (_, role, before, now) => {
  expect(broken(role, before, now)).toEqual([])
})

describe('what grows with each release', () => {
  const codes = (...codes: string[]) => ({ type: 'string', 'x-extensible-enum': codes })
  it('are codes of failures, which nobody takes for all that there are', () => {
    expect(breaks(codes('x'), codes('x', 'y'), 'gives')).toEqual([])
    expect(breaks({ type: 'string', enum: ['x'] }, codes('x', 'y'), 'gives')).toHaveLength(1)
  })

  it('are types of events, where events are told of', () => {
    const [first, second, ...others] = JobEvent.options
    const less = { ...open(z.discriminatedUnion('type', [first, second]), 'gives'), 'x-extensible': true }
    const all = open(JobEvent, 'gives')
    expect(breaks(less, all, 'gives')).toEqual([])
    expect(others.length).toBeGreaterThan(0)
    const without = open(z.discriminatedUnion('type', [first.omit({ time: true }), second]), 'gives')
    expect(breaks(all, without, 'gives').join()).toContain('time is gone')
  })
})

it('what refers to itself is compared to its end', () => {
  const tree = (leaf: z.ZodType) => {
    const Tree = z.object({
      leaf,
      get below() {
        return z.array(Tree).nullable()
      },
    })
    return Tree
  }
  for (const form of [
    tree,
    (leaf: z.ZodType) => z.object({ one: tree(leaf), other: tree(leaf).nullable() }),
  ]) {
    expect(broken('gives', form(z.int()), form(z.int()))).toEqual([])
    expect(broken('gives', form(z.int()), form(z.string())).join()).toContain('leaf: string is not integer')
  }
})

it('a keyword that nobody knows must stay as it is', () => {
  expect(breaks({ not: { const: 1 } }, {}, 'gives')).toHaveLength(1)
  expect(breaks({ not: { const: 1 } }, { not: { const: 1 } }, 'gives')).toEqual([])
})
