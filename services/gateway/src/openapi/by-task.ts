import { JobAnswer, RequestedJob } from '@pdf-smaller/contracts/http'
import type { Task } from '@pdf-smaller/task'
import { z } from 'zod'
import { type JsonSchema, openSchemas, refTo } from './schemas.ts'

/**
 * The components that are other ones for each task of the catalogue: its options, a job of it as it is asked for, and
 * one as it is told of, with its result.
 */
export function componentsOf(tasks: readonly Task[]): Map<string, JsonSchema> {
  const schemas = openSchemas(
    new Map<string, JsonSchema>([
      ['TaskName', { type: 'string', enum: tasks.map(({ name }) => name) }],
      ['Options', anyOf(tasks, 'Options')],
    ]),
  )
  const { components, contentOf } = schemas
  components.set('AnyJob', contentOf(JobAnswer, 'output'))
  components.set('AnyRequestedJob', withoutClosing(contentOf(RequestedJob, 'input')))
  for (const task of tasks) {
    const name = pascal(task.name)
    components.set(`${name}Options`, contentOf(task.options, 'input'))
    components.set(`${name}Choices`, contentOf(task.options, 'output'))
    components.set(`${name}Result`, contentOf(task.result, 'output'))
    components.set(`${name}Job`, jobOf(task, name))
    components.set(`${name}Request`, requestOf(task, name))
  }
  components.set('Job', oneOf(tasks, 'Job'))
  components.set('RequestedJob', oneOf(tasks, 'Request'))
  return components
}

function jobOf({ name, title }: Task, prefix: string): JsonSchema {
  return {
    description: `A job of the task ${name}: ${title}`,
    allOf: [
      refTo('AnyJob'),
      {
        type: 'object',
        properties: {
          task: { const: name },
          options: refTo(`${prefix}Choices`),
          result: refTo(`${prefix}Result`),
        },
      },
    ],
  }
}

function requestOf({ name, options }: Task, prefix: string): JsonSchema {
  const needed = options.safeParse({}).success ? [] : ['options']
  return {
    allOf: [
      refTo('AnyRequestedJob'),
      {
        type: 'object',
        properties: { task: { const: name }, options: refTo(`${prefix}Options`) },
        required: ['task', ...needed],
      },
    ],
    unevaluatedProperties: false,
  }
}

/** Which of the schemas it is the name of the task tells. */
function oneOf(tasks: readonly Task[], kind: string): JsonSchema {
  const refs = tasks.map(({ name }) => [name, refTo(pascal(name) + kind)] as const)
  return {
    oneOf: refs.map(([, ref]) => ref),
    discriminator: {
      propertyName: 'task',
      mapping: Object.fromEntries(refs.map(([name, { $ref }]) => [name, $ref])),
    },
  }
}

function anyOf(tasks: readonly Task[], kind: string): JsonSchema {
  return {
    description: 'The options of the task that is named; those that are left out have their defaults',
    anyOf: tasks.map(({ name }) => refTo(pascal(name) + kind)),
  }
}

const Closed = z.looseObject({ additionalProperties: z.unknown() })

/** What is said besides may name more. */
function withoutClosing(schema: JsonSchema): JsonSchema {
  const { additionalProperties: _, ...open } = Closed.parse(schema)
  return open
}

/** `extract-text` as `ExtractText`. */
const pascal = (name: string) =>
  name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
