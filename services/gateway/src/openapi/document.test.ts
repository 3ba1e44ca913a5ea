import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Harness, openHarness } from '../../testing/harness.ts'

let gateway: Harness
beforeAll(async () => {
  gateway = await openHarness()
})
afterAll(() => gateway.close())

const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  summary: z.string(),
  parameters: z.array(z.object({ in: z.string(), name: z.string() })).optional(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string().min(3), content: z.record(z.string(), z.unknown()).optional() }),
  ),
  security: z.array(z.unknown()).optional(),
})
const Document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

const text = async () => (await fetch(`${gateway.url}/openapi.json`)).text()
const read = async () => Document.parse(JSON.parse(await text()))

describe('the description of the API', () => {
  it('names every route, what it takes, what it gives and how it fails', async () => {
    const { paths } = await read()
    const described = Object.entries(paths).flatMap(([url, operations]) =>
      Object.keys(operations).map((method) => `${method} ${url}`),
    )
    const own = gateway.gateway.routes.filter(({ method, route }) => method !== 'HEAD' || route)
    const routes = own.flatMap(({ method, url }) =>
      [method].flat().map((each) => `${each.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`),
    )
    const hidden = /openapi|asyncapi|schemas|docs|assets|^get \/$|^post \/api\/jobs\/{task}/
    expect(described.sort()).toEqual(routes.filter((route) => !hidden.test(route)).sort())
    const submit = paths['/api/tasks/{task}/jobs']?.['post']
    expect(Object.keys(submit?.requestBody?.content ?? {})).toEqual([
      'application/json',
      'multipart/form-data',
    ])
    expect(submit?.parameters?.map(({ name }) => name).sort()).toEqual(['idempotency-key', 'prefer', 'task'])
    expect(Object.keys(submit?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '202', '400', '401', '413', '415', '422', '503', '507']),
    )
    expect(submit?.responses['507']?.content).toEqual({
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    })
    expect(submit?.security).toHaveLength(1)
    expect(paths['/livez']?.['get']?.security).toEqual([])
  })

  it('has a name for each operation, and no two paths that are the same to a parser', async () => {
    const { paths } = await read()
    const operations = Object.values(paths).flatMap((path) => Object.values(path))
    const names = operations.map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
    const shapes = Object.keys(paths).map((path) => path.replaceAll(/{\w+}/g, '{}'))
    expect(new Set(shapes).size).toBe(shapes.length)
  })

  it('types options and results by task, as the catalogue has them', async () => {
    const { components, paths } = await read()
    const tasks = gateway.options.catalogue.map(({ name }) => name)
    expect(components.schemas['TaskName']).toEqual({ type: 'string', enum: tasks })
    expect(components.schemas['Job']).toMatchObject({
      oneOf: expect.arrayContaining([{ $ref: '#/components/schemas/EchoJob' }]),
      discriminator: { propertyName: 'task', mapping: { gather: '#/components/schemas/GatherJob' } },
    })
    expect(components.schemas['EchoJob']).toMatchObject({
      allOf: [
        { $ref: '#/components/schemas/AnyJob' },
        {
          properties: {
            task: { const: 'echo' },
            options: { $ref: '#/components/schemas/EchoChoices' },
            result: { $ref: '#/components/schemas/EchoResult' },
          },
        },
      ],
    })
    // What is sent may leave out what has a default; what is told has it.
    expect(components.schemas['EchoOptions']).not.toHaveProperty('required')
    expect(components.schemas['EchoChoices']).toHaveProperty('required', ['dpi', 'level'])
    const [task] = paths['/api/tasks/{task}/batch']?.['post']?.parameters ?? []
    expect(task).toMatchObject({ name: 'task', in: 'path' })
  })

  it('refers to nothing that is not there', async () => {
    const { components } = await read()
    const names = [...(await text()).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref)
    expect(names.length).toBeGreaterThan(10)
    for (const name of new Set(names)) {
      const schema = /^#\/components\/schemas\/(\w+)$/.exec(name ?? '')?.[1]
      expect([name, schema !== undefined && schema in components.schemas]).toEqual([name, true])
    }
  })

  it('has a page to read it on', async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text()
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(assets).toHaveLength(3)
    for (const address of assets) {
      const answer = await fetch(`${gateway.url}${address}`)
      expect([address, answer.status, (await answer.text()).length > 50]).toEqual([address, 200, true])
    }
  })

  it('lists the tasks with the schemas of their options and results', async () => {
    const { tasks } = z
      .object({ tasks: z.array(z.looseObject({ name: z.string(), options: z.unknown() })) })
      .parse(await (await fetch(`${gateway.url}/api/tasks`)).json())
    expect(tasks.map(({ name }) => name)).toEqual(['noop', 'echo', 'gather', 'sort'])
    expect(tasks[1]?.options).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { dpi: { minimum: 10, maximum: 600, default: 150 } },
    })
  })
})
