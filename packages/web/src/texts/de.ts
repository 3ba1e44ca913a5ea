import type { Texts } from './words.ts'

/** Every word of the page in German. */
export const de: Texts = {
  language: 'Deutsch',
  shell: {
    skip: 'Zum Inhalt',
    home: 'PDF Smaller, zu den Dateien',
    ways: 'Ansichten',
    files: 'Dateien',
    jobs: 'Aufträge',
    system: 'System',
    switchLanguage: 'Sprache',
    scheme: 'Farben',
    schemes: { auto: 'wie das System', light: 'hell', dark: 'dunkel' },
    unknown: 'Unter dieser Adresse gibt es nichts',
    toFiles: 'Zu den Dateien',
    loading: 'Wird geladen …',
    close: 'Schließen',
  },
  key: {
    title: 'Dieser Server verlangt einen Schlüssel',
    why: 'Sie erhalten ihn von dem, der den Server betreibt. Er bleibt in diesem Tab und wird vergessen, wenn Sie ihn schließen.',
    label: 'API-Schlüssel',
    use: 'Schlüssel verwenden',
    refused: 'Der Server nimmt diesen Schlüssel nicht an.',
    forget: 'Schlüssel vergessen',
  },
  trouble: {
    unreachable: 'Der Server antwortet nicht',
    unreachableWhy:
      'Vielleicht startet er gerade, oder das Netz ist weg. Von dem, was gesendet wurde, ist nichts verloren.',
    strange: 'Die Antwort kommt nicht von PDF Smaller',
    strangeWhy: (status) => `Etwas zwischen dieser Seite und dem Server hat geantwortet (${status}).`,
    again: 'Noch einmal versuchen',
    reload: 'Seite neu laden',
    bug: 'Diese Seite hat einen Fehler',
    trace: (id) => `Für den, der den Server betreibt: ${id}`,
  },
  states: {
    scheduled: 'geplant',
    queued: 'wartet',
    running: 'in Arbeit',
    retrying: 'versucht es wieder',
    completed: 'fertig',
    failed: 'gescheitert',
    cancelled: 'abgebrochen',
  },
  files: {
    title: 'Dateien',
    comes: 'Hier werden Dateien abgelegt.',
  },
  jobs: {
    title: 'Aufträge',
    none: 'Es gibt noch keine Aufträge.',
  },
  job: {
    title: 'Auftrag',
  },
  system: {
    title: 'System',
  },
}
