import './app-config'

export * from './formats'
export type { MessageArea, Messages } from './languages/types'
export * from './locales'
export * from './messages'
export * from './translator'
