import { formats, t } from '../../texts/index.ts'
import { wordFor } from '../../texts/word-for.ts'
import { Chip, Empty, Table } from '../../ui/index.ts'
import { useAsked } from './asked.ts'
import { type Key, Keys } from './contracts.ts'
import { Shown } from './shown.tsx'

const isOver = ({ expiresAt }: Key) => expiresAt !== undefined && Date.parse(expiresAt) < Date.now()

/** Who may ask for what. Keys are made and ended in the server's file of keys. */
export function KeyList() {
  const { keys: words } = t.value.system
  const answered = useAsked('/api/keys?tenant=*', Keys)
  return (
    <div class="stack">
      <p class="soft">{words.why}</p>
      <Shown of={answered}>
        {({ keys }) =>
          keys.length === 0 ? (
            <Empty>
              <p>{words.none}</p>
            </Empty>
          ) : (
            <Table
              caption={words.title}
              rows={keys}
              keyOf={({ id }) => id}
              columns={[
                { title: words.id, cell: ({ id }) => id },
                { title: words.tenant, cell: ({ tenant }) => tenant },
                {
                  title: words.may,
                  cell: ({ scopes }) => scopes.map((scope) => wordFor(words.scopes, scope)).join(', '),
                },
                {
                  title: words.until,
                  cell: (key) => (
                    <Chip tone={isOver(key) ? 'bad' : 'good'}>
                      {key.expiresAt ? formats.value.time(key.expiresAt) : words.forGood}
                    </Chip>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
    </div>
  )
}
