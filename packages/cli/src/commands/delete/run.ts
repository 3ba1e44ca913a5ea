import type { Given } from '../../program/command.ts'
import type { Session } from '../../program/session.ts'
import { forEachOne } from '../../jobs/each.ts'
import { size } from '../../tasks/size.ts'

export async function run(
  { values: { record }, words }: Given<{ record: boolean }>,
  session: Session,
): Promise<number> {
  const client = await session.connect()
  return forEachOne(words, session, async (id) => {
    const done = await client.delete(id, { record })
    const { jobId, erased, files, bytes } = done
    const what = `${files} file${files === 1 ? '' : 's'}, ${size(bytes)}`
    const lines = () => [`${jobId}  deleted ${what}${erased === 'files' ? '' : ', and the record'}`]
    session.tell({ json: done, lines, word: jobId })
  })
}
