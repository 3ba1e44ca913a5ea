import { actions } from './actions.ts'
import { annotations, annotationsOfPages } from './annotations.ts'
import { catalogue } from './catalogue.ts'
import { cidFonts, descriptors, fonts } from './fonts.ts'
import { graphicsStates, groups, resources } from './graphics.ts'
import { images } from './images.ts'
import {
  embeddedFiles,
  forms,
  interactiveForm,
  pages,
  partMetadata,
  postScript,
  signatures,
  streams,
} from './objects.ts'
import type { Rule } from './rule.ts'

/** All rules for dictionaries, in the order in which what they mend is told. */
export const rules: readonly Rule[] = [
  catalogue,
  pages,
  annotationsOfPages,
  annotations,
  interactiveForm,
  actions,
  signatures,
  embeddedFiles,
  partMetadata,
  streams,
  images,
  forms,
  postScript,
  graphicsStates,
  groups,
  resources,
  fonts,
  descriptors,
  cidFonts,
]
