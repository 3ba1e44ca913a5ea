import { apiKey, keyIsMissing } from '../api/key.ts'
import type { Route } from '../route-of.ts'
import { addressOf, route } from '../routing.ts'
import { t } from '../texts/index.ts'
import { Empty, Heading, LinkButton } from '../ui/index.ts'
import { lazily } from '../ui/lazily.tsx'
import { DropAnywhere } from '../views/files/drop.tsx'
import { FilesView } from '../views/files/files-view.tsx'
import { JobsView } from '../views/jobs/jobs-view.tsx'
import { KeyView } from './key-view.tsx'
import { TopBar } from './top-bar.tsx'

const JobView = lazily(async () => (await import('../views/job/job-view.tsx')).JobView)
const SystemView = lazily(async () => (await import('../views/system/system-view.tsx')).SystemView)

/** What stands around every view. */
export function Shell() {
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        {t.value.shell.skip}
      </a>
      <DropAnywhere />
      <TopBar />
      <main class="main" id="main" tabIndex={-1} key={apiKey.value}>
        {keyIsMissing.value ? <KeyView /> : <View route={route.value} />}
      </main>
    </>
  )
}

/** The address is the route's, so that the way to the content is not one of the browser's. */
function skip(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case 'files':
      return <FilesView />
    case 'jobs':
      return <JobsView query={route.query} />
    case 'job':
      return <JobView key={route.id} id={route.id} />
    case 'system':
      return <SystemView part={route.part} />
    case 'unknown':
      return <NothingHere />
    default:
      return route satisfies never
  }
}

function NothingHere() {
  const { unknown, toFiles } = t.value.shell
  return (
    <Empty>
      <Heading title={unknown} />
      <LinkButton look="primary" href={addressOf.files()}>
        {toFiles}
      </LinkButton>
    </Empty>
  )
}
