import { t } from '../../texts/index.ts'
import { Button, Dialog, Failure, useAct } from '../../ui/index.ts'

/** Asks before something that cannot be taken back. @param act may throw */
export function SureDialog({
  title,
  says,
  words,
  act,
  onClose,
}: {
  title: string
  says: string
  words: string
  act: () => Promise<void>
  onClose: () => void
}) {
  const { isUnderWay, trouble, carryOut } = useAct()
  return (
    <Dialog title={title} onClose={onClose} stays={isUnderWay}>
      <p>{says}</p>
      {trouble && <Failure trouble={trouble} />}
      <div class="row">
        <Button look="danger" busy={isUnderWay} onClick={() => carryOut(() => act().then(onClose))}>
          {words}
        </Button>
        <Button look="quiet" disabled={isUnderWay} onClick={onClose}>
          {t.value.system.sure.leave}
        </Button>
      </div>
    </Dialog>
  )
}
