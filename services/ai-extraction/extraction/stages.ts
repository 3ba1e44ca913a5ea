/** How an extraction goes: what takes longest is reading the words of scans, and asking a model. */
export const stages = [
  { name: 'document_analysis', weight: 20 },
  { name: 'ai_processing', weight: 60 },
  { name: 'validation', weight: 15 },
  { name: 'formatting', weight: 5 },
] as const
