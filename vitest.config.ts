import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/longest-first.ts'

/** A bound on what hangs, as those of tests and hooks are: what is asked again comes later on a busy machine. */
const expecting = { poll: { timeout: 60_000 } }

/** Where the systems that tests start find their code compiled, as those of `npm start` do. */
const env = { NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/node') }

/** Unit tests share a process; tests against real servers and engines get one of their own. */
export default defineConfig({
  test: {
    // Only where it is asked for: `npm run unit -- --watch`.
    watch: false,
    // Many tests wait for processes and servers: three keep two cores at work.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/{contracts,domain,cli,endpoints,estimate,extraction,pdf,platform,task,text,web}/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          isolate: false,
          expect: expecting,
          env,
          // Counts of work bound the tests, not time; a busy machine may take its own.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: [
            'packages/{archive,compress,eventstore,hosts,image-pages,judge,object-store,engines,page-views,pdfa,pdfium,pictures,recognition,worker,client}/**/*.test.ts',
            'services/**/*.test.ts',
            'test/{chart,fixtures}/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          expect: expecting,
          env,
          // A bound on what hangs: a busy machine takes several times as long as a quiet one.
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,web}/**/*.test.ts'],
          expect: expecting,
          env,
          // Bounds on what hangs, as above.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // On a real control plane of Kubernetes: `npm run test:cluster`.
        test: {
          name: 'cluster',
          include: ['test/kubernetes/**/*.test.ts'],
          globalSetup: 'test/kubernetes/set-up.ts',
          expect: expecting,
          env,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
