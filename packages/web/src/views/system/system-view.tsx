import { addressOf } from '../../routing.ts'
import { t } from '../../texts/index.ts'
import { Heading, Tabs } from '../../ui/index.ts'
import { Integrators } from './integrators.tsx'
import { KeyList } from './key-list.tsx'
import { Overview } from './overview.tsx'
import { RunAgain } from './run-again.tsx'
import { WebhookList } from './webhooks.tsx'
import './system.css'

const parts = ['overview', 'again', 'webhooks', 'integrators', 'keys'] as const
type Part = (typeof parts)[number]

const isPart = (name: string): name is Part => parts.some((part) => part === name)

/** How the whole system is. @param part what of it is shown, as the address names it; empty for the first */
export function SystemView({ part }: { part: string }) {
  const { system } = t.value
  const shown = isPart(part) ? part : 'overview'
  return (
    <div class="stack-wide">
      <Heading title={system.title} />
      <Tabs
        label={system.title}
        tabs={parts.map((each) => [each, system.parts[each]] as const)}
        shown={shown}
        onShow={(name) => location.replace(addressOf.system(name === 'overview' ? '' : name))}
      >
        <PartView part={shown} />
      </Tabs>
    </div>
  )
}

function PartView({ part }: { part: Part }) {
  switch (part) {
    case 'overview':
      return <Overview />
    case 'again':
      return <RunAgain />
    case 'webhooks':
      return <WebhookList />
    case 'integrators':
      return <Integrators />
    case 'keys':
      return <KeyList />
    default:
      return part satisfies never
  }
}
