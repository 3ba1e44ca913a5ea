import { describe, expect, it } from 'vitest'
import { sameDate, sameDecimal, sameDescription, sameIdentifier, sameName } from './same-value.ts'

describe('values that are the same', () => {
  it('are numbers of the same worth', () => {
    expect(sameDecimal('3', '3.0000')).toBe(true)
    expect(sameDecimal('-0', '0.00')).toBe(true)
    expect(sameDecimal('12345678901234567890.10', '12345678901234567890.1')).toBe(true)
    expect(sameDecimal('12345678901234567890.1', '12345678901234567890.2')).toBe(false)
    expect(sameDecimal('-3', '3')).toBe(false)
  })

  it('are dates, of which one may have no year', () => {
    expect(sameDate('--05-01', '2025-05-01')).toBe(true)
    expect(sameDate('2025-05-01', '2024-05-01')).toBe(false)
  })

  it('are identifiers with other blanks, and none with another digit', () => {
    expect(sameIdentifier('GB 593 0557 24', 'GB593055724')).toBe(true)
    expect(sameIdentifier('GB593055724', 'GB593055725')).toBe(false)
  })

  it('are names and descriptions that hardly differ', () => {
    expect(sameName('Boulangerie Le Guen', 'BOULANGERIE LE GUÉN')).toBe(true)
    expect(sameName('Atelier Vasseur SARL', 'Atelier Pelletier SARL')).toBe(false)
    expect(sameDescription('Étagère chêne', 'Etagere  chene')).toBe(true)
    expect(sameDescription('Pose sur site', 'Pose sur site fixations comprises, lot 0417')).toBe(true)
    expect(sameDescription('Pose sur site fixations comprises, lot 0417', 'Pose')).toBe(false)
    expect(sameDescription('Pose sur site', 'Audit de gestion')).toBe(false)
  })
})
