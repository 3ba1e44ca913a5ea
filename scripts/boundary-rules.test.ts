import { expect, it } from 'vitest'
import { brokenByLoading, brokenRules } from './boundary-rules.ts'

it.each([
  ['packages/domain/src/decide.ts', 'packages/worker', 'a package imports only the layers below it'],
  ['packages/eventstore/src/store.ts', 'packages/contracts', 'a package imports only the layers below it'],
  ['packages/worker/src/handle.ts', 'services/ocr/tasks', 'a package imports only the layers below it'],
  [
    'packages/pdf/src/objects/walk.ts',
    'packages/pdf/src/file/inspect.ts',
    'a room of the package pdf imports only the rooms below it',
  ],
  ['packages/compress/src/run.ts', 'packages/worker', 'a package imports only the layers below it'],
  ['packages/task/src/task.ts', 'packages/platform', 'a package imports only the layers below it'],
  [
    'packages/task/src/context.ts',
    'packages/engines/run',
    'a task is a contract: of engines it knows what they are given, and no more',
  ],
  ['services/gateway/src/context.ts', 'packages/worker', 'the gateway runs no jobs'],
  ['packages/contracts/src/ids.ts', 'node:crypto', 'contracts, domain and extraction do no I/O'],
  ['packages/domain/src/decide.ts', 'fs', 'contracts, domain and extraction do no I/O'],
  ['scripts/setup.mjs', 'packages/worker', 'set-up runs before any package is there'],
  ['services/ocr/src/main.ts', 'execa', 'only packages/engines/src/run.ts runs processes through execa'],
  ['packages/engines/src/qpdf.ts', 'execa', 'only packages/engines/src/run.ts runs processes through execa'],
  [
    'services/gateway/src/main.ts',
    'undici',
    'only services/webhooks/src/post.ts connects to addresses that tenants name',
  ],
  [
    'services/gateway/src/main.ts',
    'services/ocr',
    'services meet only in the whole system and in the catalogue of tasks',
  ],
  ['services/ocr/src/main.ts', 'test/fixtures/nats/server.ts', 'production code does not import test code'],
  [
    'packages/worker/src/pool.ts',
    'packages/worker/testing/harness.ts',
    'production code does not import test code',
  ],
  ['scripts/provision/main.ts', 'packages/platform/src/index.ts', 'set-up runs before any package is there'],
  [
    'packages/cli/src/run.ts',
    'scripts/provision/main.ts',
    'of production code only the embedded start imports scripts: it finds the server that set-up brought',
  ],
  [
    'packages/cli/src/task-options.test.ts',
    'services/gateway/src/catalogue.ts',
    'another member of the workspace is imported by its name, not by a path into it',
  ],
  ['packages/cli/src/run.ts', 'services/all', 'a package imports only the layers below it'],
])('%s may not import %s', (from, to, rule) => {
  expect(brokenRules({ from, to })).toEqual([rule])
})

it.each([
  ['packages/domain/src/decide.ts', 'packages/contracts'],
  ['packages/domain/src/decide.ts', 'packages/domain/src/evolve.ts'],
  ['packages/pdf/src/contents/owners.ts', 'packages/pdf/src/pages/page-tree.ts'],
  ['packages/cli/src/main.ts', 'packages/client'],
  ['packages/cli/src/server/programs.ts', 'services/all/src/main.ts'],
  ['scripts/docs/settings.ts', 'packages/platform'],
  ['packages/task/src/context.ts', 'packages/engines/context'],
  ['services/gateway/src/catalogue.ts', 'packages/task'],
  ['services/ocr/tasks/ocr/run.ts', 'packages/engines'],
  ['packages/engines/src/run.ts', 'execa'],
  ['packages/eventstore/src/store.test.ts', 'test/fixtures/nats/server.ts'],
  ['services/gateway/src/catalogue.ts', 'services/ocr'],
  ['services/all/src/services.ts', 'services/ocr'],
  ['services/ocr/src/main.ts', 'packages/worker'],
  ['packages/contracts/src/ids.ts', 'zod'],
])('%s may import %s', (from, to) => {
  expect(brokenRules({ from, to })).toEqual([])
})

it('lets neither a list of tasks nor the gateway load what runs them', () => {
  const loaded = ['packages/task/src/index.ts', 'packages/engines/src/run.ts']
  expect(brokenByLoading('services/ocr/tasks.ts', loaded)).toEqual([
    'a list of tasks is data, which the gateway reads, and loads packages/engines/src/run.ts',
  ])
  expect(brokenByLoading('services/gateway/src/main.ts', loaded)).toHaveLength(1)
  expect(brokenByLoading('services/gateway/src/main.ts', ['packages/platform/src/log.ts'])).toEqual([])
  expect(brokenByLoading('services/ocr/src/main.ts', loaded)).toEqual([])
})
