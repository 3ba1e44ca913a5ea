import type { Job } from '../../api/job.ts'
import type { Place } from '../../api/pages.ts'
import { t } from '../../texts/index.ts'
import { Compare } from './compare/compare.tsx'
import { Report } from './report/report.tsx'
import { FieldsView } from './fields/fields-view.tsx'
import { type LeafOf, Pages, Strip } from './strip.tsx'
import { WordsView } from './words/words-view.tsx'

/** What there is to see of a job: it depends on what was done. */
export function Shown({ job }: { job: Job }) {
  if (job.expired) return null
  if (job.status !== 'completed') return <Inputs job={job} />
  switch (job.task) {
    case 'compress':
      return (
        <>
          <Compare job={job} />
          <Report job={job} />
        </>
      )
    case 'ocr':
      return <WordsView job={job} />
    case 'extract-invoice':
    case 'extract-bank-statement':
      return job.links.extraction === undefined ? <Inputs job={job} /> : <FieldsView job={job} />
    case 'convert-to-images':
      return <Images job={job} />
    case 'merge':
      return <Strip job={job.id} place="output-1" label={t.value.job.resultPages} />
    default:
      return <Inputs job={job} />
  }
}

const shownTypes = /^(?:application\/pdf|image\/(?:png|jpeg|webp|tiff))$/

/** The pages of what was sent; of many files the first. */
function Inputs({ job: { id, inputs } }: { job: Job }) {
  const index = inputs.findIndex(({ contentType }) => shownTypes.test(contentType))
  if (index < 0) return null
  return <Strip job={id} place={`input-${index + 1}`} label={t.value.job.inputPages} />
}

/** Each picture by itself, or those in the archive where there are too many to be stored twice. */
function Images({ job }: { job: Job }) {
  const { width, height } = sizeIn(job)
  const pages = job.outputs.flatMap(({ contentType, name }, index): LeafOf[] => {
    const place: Place = `output-${index + 1}`
    return contentType.startsWith('image/') ? [{ place, page: 1, size: [width, height], name }] : []
  })
  if (pages.length > 0) return <Pages job={job.id} label={t.value.job.resultPages} pages={pages} />
  return <Strip job={job.id} place="output-1" label={t.value.job.resultPages} />
}

/** How large the first picture is, as the result tells it. */
function sizeIn({ result }: Job): { width: number; height: number } {
  const { width, height } = result ?? {}
  const isSize = typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
  return isSize ? { width, height } : { width: 210, height: 297 }
}
