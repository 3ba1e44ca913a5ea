import { useState } from 'preact/hooks'
import { asTrouble, type Trouble } from '../../api/trouble.ts'
import { t } from '../../texts/index.ts'
import { Button, Dialog, Failure } from '../../ui/index.ts'

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
  const [trouble, setTrouble] = useState<Trouble>()
  const [isActing, setActing] = useState(false)
  const carryOut = () => {
    setActing(true)
    void act()
      .then(onClose, (error: unknown) => setTrouble(asTrouble(error)))
      .finally(() => setActing(false))
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{says}</p>
      {trouble && <Failure trouble={trouble} />}
      <div class="row">
        <Button look="danger" disabled={isActing} onClick={carryOut}>
          {words}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t.value.system.sure.leave}
        </Button>
      </div>
    </Dialog>
  )
}
