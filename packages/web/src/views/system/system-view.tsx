import { t } from '../../texts/index.ts'
import { Heading } from '../../ui/index.ts'

/** How the whole system is. @param part what of it is shown, as the address names it; empty for the first */
export function SystemView({ part }: { part: string }) {
  return (
    <div class="stack-wide">
      <Heading title={t.value.system.title} />
      <p class="soft">{part}</p>
    </div>
  )
}
