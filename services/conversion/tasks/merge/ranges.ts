import { JobFailure } from '@pdf-smaller/contracts'
import { PageRanges } from '@pdf-smaller/pdf/page-ranges'

const separator = ';'

/**
 * The pages of each file as they were asked for: `1-3;;odd`.
 * @throws JobFailure invalid_options
 */
export function rangesOfFiles(pages: string | undefined, files: number): (string | undefined)[] {
  if (pages === undefined) return []
  const ranges = pages.split(separator).map((each) => each.trim())
  if (ranges.length > files)
    throw new JobFailure('invalid_options', `pages names ${ranges.length} files, and there are ${files}`)
  return ranges.map((range, index) => {
    if (range === '') return undefined
    if (PageRanges.safeParse(range).success) return range
    throw new JobFailure(
      'invalid_options',
      `the pages "${range}" of file ${index + 1} do not read as 1-3,5,8-`,
    )
  })
}
