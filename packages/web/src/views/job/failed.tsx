import type { Job } from '../../api/job.ts'
import { addressOf } from '../../routing.ts'
import { t } from '../../texts/index.ts'
import { failureLanguage } from '../../texts/failure-words.ts'
import { Button, LinkButton } from '../../ui/index.ts'

/** Why a job has failed and what to do, with a button that does it. */
export function Failed({ job, onAgain }: { job: Job; onAgain: () => void }) {
  const { failed: words } = t.value.job
  const { failure } = job
  if (!failure) return null
  const { why, ...told } = partsOf(failure.message)
  const { what, todo } = t.value.job.failures[failure.code] ?? told
  const isTriedAgain = job.status === 'retrying'
  return (
    <div class="failure" role={isTriedAgain ? 'status' : 'alert'}>
      <strong lang={failureLanguage(failure)}>{what}</strong>
      {why && <p lang="en">{why}</p>}
      {todo && !isTriedAgain && (
        <p class="soft" lang={failureLanguage(failure)}>
          {todo}
        </p>
      )}
      {!isTriedAgain && (
        <div class="row">
          {failure.retryable ? (
            <Button look="primary" onClick={onAgain}>
              {words.again}
            </Button>
          ) : (
            <LinkButton look="primary" href={addressOf.files()}>
              {words.otherFile}
            </LinkButton>
          )}
        </div>
      )}
    </div>
  )
}

/** `What failed: why. What to do.` taken apart; a part that is not there is empty. */
function partsOf(message: string): { what: string; why: string; todo: string } {
  const end = /\.\s+(?=[A-Z])/.exec(message)
  const [told, todo] = end
    ? [message.slice(0, end.index), message.slice(end.index + end[0].length)]
    : [message, '']
  const colon = told.indexOf(': ')
  if (colon < 0) return { what: told, why: '', todo }
  return { what: told.slice(0, colon), why: told.slice(colon + 2), todo }
}
