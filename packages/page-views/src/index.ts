export { type Asker, openPageViews, type PageViews, type ShownFile } from './page-views.ts'
export { Form, type Look } from './host/protocol.ts'
