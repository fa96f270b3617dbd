import type { mk } from './mk'

/** All messages by area. Macedonian is written first, so its files say which keys exist. */
export type Messages = typeof mk

/** One file of messages: `messages/<locale>/<area>.json`. */
export type MessageArea = keyof Messages
