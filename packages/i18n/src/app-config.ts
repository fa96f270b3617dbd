import type {} from 'use-intl'
import type { Messages as OurMessages } from './languages/types'

// Makes next-intl and use-intl refuse a key that no language file holds, wherever this package is imported.
declare module 'use-intl' {
  interface AppConfig {
    Messages: OurMessages
  }
}
