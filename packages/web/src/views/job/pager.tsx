import { t } from '../../texts/index.ts'
import { Button } from '../../ui/index.ts'

/** Leads from page to page; nothing where there is one alone. */
export function Pager({
  page,
  pages,
  onPage,
}: {
  page: number
  pages: number
  onPage: (page: number) => void
}) {
  const { job } = t.value
  if (pages < 2) return null
  return (
    <div class="row pager">
      <Button
        small
        look="quiet"
        label={job.previousPage}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      >
        <span aria-hidden="true">‹</span>
      </Button>
      <span class="small soft" role="status">
        {job.pageOf(page, pages)}
      </span>
      <Button
        small
        look="quiet"
        label={job.nextPage}
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      >
        <span aria-hidden="true">›</span>
      </Button>
    </div>
  )
}
