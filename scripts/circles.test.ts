import { expect, it } from 'vitest'
import { circlesIn } from './circles.ts'

const graph = (links: Record<string, string[]>) => new Map(Object.entries(links))

it('finds no circle where everything points one way', () => {
  expect(circlesIn(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([])
})

it('finds two files that need each other, and longer ways round', () => {
  const links = graph({ a: ['b'], b: ['a'], c: ['d', 'a'], d: ['e'], e: ['c'] })
  expect(circlesIn(links)).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ])
})

it('tells a circle once, by whatever way it is come upon', () => {
  expect(circlesIn(graph({ in: ['a', 'b'], a: ['b'], b: ['c'], c: ['a'], out: ['c'] }))).toEqual([
    ['a', 'b', 'c'],
  ])
})
