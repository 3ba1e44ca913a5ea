import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Test files that take more than ten seconds, those that take longest first, whatever their project. One that began late
 * would be all that runs at the end; a fresh checkout has no times of earlier runs to go by.
 */
export const longFiles = [
  'packages/compress/src/corpus.test.ts',
  'packages/worker/src/task-hosts.test.ts',
  'packages/compress/src/compress.test.ts',
  'test/web/accessibility.test.ts',
  'test/web/tasks.test.ts',
  'test/e2e/system.test.ts',
  'packages/judge/src/planted.test.ts',
  'test/e2e/cli.test.ts',
  'services/ocr/tasks/ocr/ocr.test.ts',
  'test/web/interruptions.test.ts',
  'packages/worker/src/crash.test.ts',
  'services/conversion/tasks/split/split.test.ts',
  'test/e2e/upload-crash.test.ts',
  'test/web/key.test.ts',
  'packages/compress/src/surgical/images/reading/readable.test.ts',
  'test/e2e/services.test.ts',
  'packages/recognition/src/clean/clean.test.ts',
  'test/e2e/janitor.test.ts',
  'packages/recognition/src/engines-agree.test.ts',
  'test/e2e/conversion.test.ts',
  'test/e2e/client-package.test.ts',
  'packages/worker/src/worker.test.ts',
  'packages/object-store/src/s3-minio.test.ts',
  'packages/compress/src/surgical/images/reader/table.test.ts',
  'packages/object-store/src/s3-rgw.test.ts',
  'test/e2e/event-store.test.ts',
  'packages/object-store/src/s3-crash.test.ts',
  'services/ocr/tasks/ocr/deskew.test.ts',
  'packages/worker/src/earlier-results.test.ts',
  'services/conversion/tasks/merge/merge.test.ts',
  'services/gateway/src/intake/room.test.ts',
  'packages/eventstore/src/store.test.ts',
  'packages/compress/src/surgical/images/kinds.test.ts',
  'packages/page-views/src/page-views.test.ts',
  'packages/compress/src/surgical/images/layers/layers.test.ts',
  'test/e2e/commands.test.ts',
  'packages/pdf/src/file/fuzz.test.ts',
  'test/e2e/integrators.test.ts',
  'services/gateway/src/intake/store-faults.test.ts',
  'services/conversion/tasks/convert-to-images/convert-to-images.test.ts',
  'test/e2e/start-twice.test.ts',
]

const placeOf = new Map(
  longFiles.map((file, place) => [path.resolve(import.meta.dirname, '..', file), place]),
)

/** Runs long test files before all others. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification) => placeOf.get(moduleId) ?? longFiles.length
    return sorted.toSorted((one, other) => place(one) - place(other))
  }
}
