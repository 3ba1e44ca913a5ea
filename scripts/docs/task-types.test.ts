import { expect, it } from 'vitest'
import { TaskSchema, taskTypes, typeOf } from './task-types.ts'

const of = (schema: unknown) => typeOf(TaskSchema.parse(schema))

it.each([
  [{ type: 'integer', minimum: 1 }, 'number'],
  [{ enum: ['low', "it's", 3, true] }, "'low' | 'it\\'s' | 3 | true"],
  [{ type: 'string', const: 'PDF/A-2b' }, "'PDF/A-2b'"],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ type: ['integer', 'null'] }, 'number | null'],
  [{ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] } }, 'Array<string | number>'],
  [
    { type: 'object', propertyNames: {}, additionalProperties: { type: 'boolean' } },
    'Record<string, boolean>',
  ],
  [{ type: 'object', properties: {}, additionalProperties: false }, 'Record<string, never>'],
  [{ type: 'object' }, 'Record<string, unknown>'],
])('makes of %j the type %s', (schema, type) => expect(of(schema)).toBe(type))

const mixed = {
  type: 'object',
  properties: { a: { type: 'string' } },
  additionalProperties: { type: 'null' },
}

it.each([{ $ref: '#' }, { type: 'array', prefixItems: [] }, { allOf: [] }, {}, mixed])(
  'refuses what it cannot tell as a type: %j',
  (schema) => expect(() => of(schema)).toThrow(),
)

it('writes names, what may be left out, descriptions and defaults', () => {
  const options = TaskSchema.parse({
    type: 'object',
    properties: {
      level: { type: 'integer', default: 3, description: 'How much */ of it' },
      'a-b': { type: 'object', properties: { c: { type: 'string' } }, required: ['c'] },
    },
    required: ['a-b'],
  })
  const result = TaskSchema.parse({ type: 'object' })
  expect(taskTypes([{ name: 'my-task', title: 'Does it', options, result }]))
    .toContain(`export type TaskOptions = {
  /** Does it */
  'my-task': {
    /**
     * How much *\\/ of it
     * @default 3
     */
    level?: number | undefined
    'a-b': {
      c: string
    }
  }
}

/** What completed jobs of these tasks have as result. */
export type TaskResults = {
  /** Does it */
  'my-task': Record<string, unknown>
}
`)
})
