import * as fc from '@pdf-smaller/testing/properties'
import { describe, expect, it } from 'vitest'
import { operationsIn } from './operations.ts'

const read = (content: string | Uint8Array) => [
  ...operationsIn(typeof content === 'string' ? Buffer.from(content, 'latin1') : content),
]
const operatorsOf = (content: string) =>
  read(content).map((each) => (each.kind === 'operator' ? each.operator : each.kind))

/** Content as programs write it, joined to anything else that may stand in a stream. */
const piece = fc.oneof(
  fc.constantFrom(
    'q ',
    'Q\n',
    '/F1 12 Tf ',
    '[(a) -20.5 <6263>] TJ',
    '<</MCID 0/A[1 /B]>> BDC',
    '% note\r',
    ')',
  ),
  fc.constantFrom(
    'BI /W 2 /H 2 ID \0EI\xff EI Q',
    '(open',
    '(a\\)b(c))Tj ',
    '>>',
    'true null d1 ',
    '.5 -1 +2. l',
  ),
  fc.string({ unit: 'binary-ascii' }),
)
const content = fc.oneof(
  fc.array(piece).map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
)

describe('operations of a content stream', () => {
  it('cover every byte once, whatever it holds', () => {
    fc.assert(
      fc.property(content, (bytes) => {
        const stretches = read(bytes).map(({ start, end }) => bytes.subarray(start, end))
        expect(Buffer.concat(stretches).equals(bytes)).toBe(true)
      }),
    )
  })

  it('have their operands, names as they are meant', () => {
    expect(read('/F#31 12 Tf\n[/A [1]] (x) << /B true >> foo')).toEqual([
      {
        kind: 'operator',
        operator: 'Tf',
        operands: [
          { kind: 'name', name: '/F1' },
          { kind: 'number', value: 12 },
        ],
        start: 0,
        end: 11,
      },
      expect.objectContaining({
        operator: 'foo',
        operands: [
          {
            kind: 'items',
            items: [
              { kind: 'name', name: '/A' },
              { kind: 'items', items: [{ kind: 'number', value: 1 }] },
            ],
          },
          { kind: 'string', start: 21, end: 24 },
          { kind: 'items', items: [{ kind: 'name', name: '/B' }, { kind: 'other' }] },
        ],
      }),
    ])
  })

  it('take an inline image as one, whatever its samples look like', () => {
    expect(operatorsOf('q BI /W 9 /CS/G ID (EI EI \xfe( EI x EI\nQ')).toEqual(['q', 'BI', 'Q'])
    expect(operatorsOf('BI /W 1 ID \0 EI')).toEqual(['BI'])
    expect(operatorsOf(`BI ID a EI ${'1 0 0 rg '.repeat(100)}`).slice(0, 2)).toEqual(['BI', 'rg'])
  })

  it('end where the content cannot be read', () => {
    expect(operatorsOf('q (open Q')).toEqual(['q', 'unknown'])
    expect(operatorsOf('q ] Q')).toEqual(['q', 'unknown'])
    expect(operatorsOf('q BI /W 1 ID abc')).toEqual(['q', 'unknown'])
    expect(operatorsOf('q 1 2 ')).toEqual(['q', 'unknown'])
    expect(operatorsOf('q % note')).toEqual(['q', 'space'])
  })
})
